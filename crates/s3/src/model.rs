//! What S3 keeps: plain data. Maps are persistent, so that a copy of it all is cheap.

use std::collections::BTreeMap;
use std::sync::Arc;

use cloudarium_env::{BlobRef, Timestamp};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::config::Config;

/// All that S3 keeps. Bucket names are global: one map for all accounts and Regions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By name.
    pub buckets: OrdMap<String, Bucket>,
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
    /// What it holds, in the order of the keys' UTF-8 bytes.
    pub keys: OrdMap<Arc<str>, Versions>,
    /// Bytes of all versions of all objects.
    pub bytes: u64,
    /// The same by storage class. Not saved: it follows from the keys.
    #[serde(skip)]
    pub class_bytes: OrdMap<String, u64>,
    /// Multipart uploads that go on, by upload id.
    pub uploads: OrdMap<String, Upload>,
    /// What it is configured with.
    pub config: Arc<Config>,
}

/// All versions of one key; there is at least one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Versions {
    /// The current one.
    pub newest: Arc<Version>,
    /// The others, newest first: empty while the bucket has no versioning.
    pub older: Vec<Arc<Version>>,
}

/// One version of one key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// `None` is the version id `null`, of buckets without versioning.
    pub id: Option<String>,
    /// When it was written, to the second as S3 keeps it.
    pub modified: Timestamp,
    /// What it is.
    pub content: Content,
}

/// What a version is.
#[allow(
    clippy::large_enum_variant,
    reason = "delete markers are few, and each version is on the heap anyway"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// An object.
    Object(Object),
    /// The mark that the key was deleted.
    DeleteMarker,
}

/// An object: its bytes and what is known of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Its bytes.
    pub body: Body,
    /// How many.
    pub size: u64,
    /// Without quotes: the MD5 in hex, for multipart uploads with `-` and the number of parts.
    pub etag: String,
    /// The checksum that is kept with it.
    pub checksum: Checksum,
    /// `STANDARD`, ...
    pub storage_class: String,
    /// What its uploader said about it.
    pub metadata: Metadata,
}

/// Where the bytes of an object are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Sent at once.
    Whole(BlobRef),
    /// Sent in parts, which stay as they came: completing an upload copies nothing.
    Parts(Arc<Vec<BlobRef>>),
}

/// Headers that come back as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Expires`, as sent.
    pub expires: Option<String>,
    /// `x-amz-website-redirect-location`.
    pub website_redirect: Option<String>,
    /// `x-amz-meta-*`, names in lower case.
    pub user: BTreeMap<String, String>,
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
    /// In base64; a composite one ends with `-` and the number of parts.
    pub value: String,
}

/// A multipart upload that goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// The key that it will write.
    pub key: Arc<str>,
    /// When it began.
    pub initiated: Timestamp,
    /// ARN and id of who began it.
    pub initiator: String,
    /// What the object will be stored as.
    pub storage_class: String,
    /// What its uploader said about it.
    pub metadata: Metadata,
    /// The checksum that was asked for.
    pub checksum: Option<(Algorithm, ChecksumKind)>,
    /// By part number.
    pub parts: OrdMap<u32, Part>,
}

/// One uploaded part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Its bytes.
    pub blob: BlobRef,
    /// The MD5 in hex.
    pub etag: String,
    /// The checksum that came with it, or that the upload asked for.
    pub checksum: Checksum,
    /// When it was uploaded.
    pub modified: Timestamp,
}

impl Versions {
    /// The only version so far.
    pub fn only(version: Version) -> Self {
        Self { newest: Arc::new(version), older: Vec::new() }
    }

    /// Every version, newest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Version>> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// Bytes of all versions.
    pub fn bytes(&self) -> u64 {
        self.all().filter_map(|version| version.object()).map(|object| object.size).sum()
    }
}

impl Version {
    /// The object, unless it is a delete marker.
    pub fn object(&self) -> Option<&Object> {
        match &self.content {
            Content::Object(object) => Some(object),
            Content::DeleteMarker => None,
        }
    }
}

impl Body {
    /// The blobs that make the body, in order.
    pub fn blobs(&self) -> &[BlobRef] {
        match self {
            Self::Whole(blob) => std::slice::from_ref(blob),
            Self::Parts(parts) => parts,
        }
    }
}

impl Object {
    /// Whether it was sent in parts, which can then be asked for one by one. A copy of such an
    /// object is no longer in parts.
    pub fn is_multipart(&self) -> bool {
        self.etag.contains('-')
    }

    /// The ETag as it is sent.
    pub fn quoted_etag(&self) -> String {
        format!("\"{}\"", self.etag)
    }
}
