//! What S3 keeps: plain data. Maps are persistent, so that a copy of it all is cheap.

mod class;
mod object;
mod upload;
mod versions;

use std::sync::Arc;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::access::model::BucketAccess;
use crate::config::Config;
use crate::notify::Pending;
use crate::sweep::Swept;
pub use class::StorageClass;
pub use object::{
    Body, Encryption, Etag, Extra, KmsEncryption, LockMode, Metadata, Object, Restore, RestoreTier,
    Retention,
};
pub use upload::{Aborted, Completed, Part, Upload, UploadPlace};
pub use versions::{Content, Difference, NULL, Version, Versions};

/// All that S3 keeps. Bucket names are global: one map for all accounts and Regions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By name.
    pub buckets: OrdMap<String, Bucket>,
    /// Notifications that wait for the answers of those they name, by the request that waits.
    pub pending: OrdMap<Ticket, Pending>,
    /// Counts what happened, so that events of one key can be put in order.
    pub sequencer: u64,
}

/// A bucket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// The account that owns it.
    pub owner: String,
    /// Where it is.
    pub region: String,
    /// What `GetBucketLocation` shows; `None` in us-east-1.
    pub location_constraint: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// `None`: it was never asked for, and can then be taken back no more.
    pub versioning: Option<Versioning>,
    /// What it holds, in the order of the keys' UTF-8 bytes.
    pub keys: OrdMap<Arc<str>, Versions>,
    /// Whether versions can be kept from being deleted; then they can for ever.
    pub object_lock: Option<ObjectLock>,
    /// Multipart uploads that go on, in the order in which they are listed.
    pub uploads: OrdMap<UploadPlace, Upload>,
    /// How uploads ended that were completed a short while ago.
    pub completed: OrdMap<UploadPlace, Completed>,
    /// What it is configured with.
    pub config: Arc<Config>,
    /// When its lifecycle rules are applied next.
    pub lifecycle_timer: Option<TimerId>,
    /// What they were last applied to. Not saved: it only spares looking again.
    #[serde(skip)]
    pub swept: Swept,
    /// Who may do what in it.
    pub access: Arc<BucketAccess>,
    /// Uploads that were aborted a short while ago.
    #[serde(default)]
    pub aborted: OrdMap<UploadPlace, Aborted>,
    /// What it holds, counted. Not saved: it follows from the keys and uploads.
    #[serde(skip)]
    pub sums: Sums,
}

/// Whether a bucket keeps older versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Versioning {
    /// Every write makes a version.
    Enabled,
    /// Writes replace the null version; the other versions stay.
    Suspended,
}

/// Object lock of a bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectLock {
    /// What new versions are retained by that do not say.
    pub default: Option<DefaultRetention>,
}

/// How new versions are retained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultRetention {
    /// Who may shorten it.
    pub mode: LockMode,
    /// How long.
    pub period: Period,
}

/// A span of time as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// So many days.
    Days(u32),
    /// So many years.
    Years(u32),
}

/// What a bucket holds, counted as it comes and goes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    /// Keys whose current version is an object.
    pub objects: usize,
    /// Versions of all keys, delete markers among them.
    pub versions: usize,
    /// Bytes of all versions of all objects.
    pub bytes: u64,
    /// The same by storage class, and with the parts of uploads that go on: what is paid for.
    pub class_bytes: OrdMap<StorageClass, u64>,
}

/// How a checksum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// CRC-32/ISO-HDLC.
    Crc32,
    /// CRC-32/ISCSI, of Castagnoli.
    Crc32c,
    /// CRC-64/NVME: what S3 computes itself when the client sent none.
    Crc64nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// MD5.
    Md5,
    /// XXH64.
    Xxhash64,
    /// XXH3 of 64 bits.
    Xxhash3,
    /// XXH3 of 128 bits.
    Xxhash128,
}

/// What a checksum of a multipart upload is computed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChecksumKind {
    /// Over the whole object.
    FullObject,
    /// Over the checksums of the parts.
    Composite,
}

/// A checksum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksum {
    /// How it is computed.
    pub algorithm: Algorithm,
    /// Over what.
    pub kind: ChecksumKind,
    /// Over the checksums of how many parts, if it is composite; else 0.
    pub parts: u16,
    /// Its bytes, most significant first.
    pub value: Digest,
}

/// The bytes of a checksum; the short ones, which nearly all are, take no memory of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digest {
    /// Up to 8 bytes, as a number.
    Short(u64),
    /// More.
    Long(Box<[u8]>),
}

impl Versioning {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Suspended => "Suspended",
        }
    }
}
