//! An object: its bytes and what is known of them. What few objects have lies apart ([`Extra`]), so
//! that a million plain ones stay small.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use cloudarium_env::{BlobRef, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Checksum, StorageClass};
use crate::access::model::ObjectAccess;
use crate::config::tagging::TagSet;

/// An object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Its bytes.
    pub body: Body,
    /// How many.
    pub size: u64,
    /// What its bytes are known by.
    pub etag: Etag,
    /// The checksum that is kept with it.
    pub checksum: Checksum,
    /// `STANDARD`, ...
    pub storage_class: StorageClass,
    /// What most objects do not have; never there with nothing in it.
    extra: Option<Arc<Extra>>,
}

/// What most objects do not have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// What its uploader said about it.
    pub metadata: Metadata,
    /// Whose it is and its ACL, if it is not the bucket owner's alone.
    pub access: Option<Arc<ObjectAccess>>,
    /// Its tags, as they were sent.
    pub tags: TagSet,
    /// Until when it is kept from being deleted.
    pub retention: Option<Retention>,
    /// Whether it is kept from being deleted until it is said otherwise; `None` if it never was said.
    pub legal_hold: Option<bool>,
    /// How it is encrypted.
    pub encryption: Encryption,
    /// The copy of an archived object that can be read for a while.
    pub restore: Option<Restore>,
    /// Of an upload in parts that asked for a checksum: that of each part, by number.
    pub parts: Option<Arc<Vec<(u32, Checksum)>>>,
}

/// Of objects that have nothing extra.
static NOTHING: Extra = Extra {
    metadata: Metadata::NONE,
    access: None,
    tags: Vec::new(),
    retention: None,
    legal_hold: None,
    encryption: Encryption::S3,
    restore: None,
    parts: None,
};

/// How long an object is kept from being deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Who may shorten it.
    pub mode: LockMode,
    /// To the end of this.
    pub until: Timestamp,
}

/// Who may shorten a retention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockMode {
    /// Whoever may bypass it.
    Governance,
    /// Nobody.
    Compliance,
}

/// How an object is encrypted. It is simulated: the bytes lie as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encryption {
    /// By a key of S3's own: `AES256`.
    #[default]
    S3,
    /// By a key of KMS: `aws:kms` or `aws:kms:dsse`.
    Kms(Arc<KmsEncryption>),
    /// By a key that the client brings along, of which S3 keeps the MD5.
    Customer([u8; 16]),
}

/// Encryption by a key of KMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KmsEncryption {
    /// Twice.
    pub dsse: bool,
    /// The key's ARN.
    pub key: String,
    /// Whether one data key serves many objects.
    pub bucket_key: bool,
    /// As it was sent.
    pub context: Option<String>,
}

/// A restored copy of an archived object, or one that is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restore {
    /// When it can be read.
    pub ready: Timestamp,
    /// When it is gone again.
    pub expires: Timestamp,
    /// How fast it was asked for.
    pub tier: RestoreTier,
}

/// How fast an archived object is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RestoreTier {
    /// The slowest.
    Bulk,
    /// In hours.
    Standard,
    /// In minutes.
    Expedited,
}

/// Where the bytes of an object are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Sent at once.
    Whole(BlobRef),
    /// Sent in parts, which stay as they came: completing an upload copies nothing.
    Parts(Arc<Vec<BlobRef>>),
}

/// An MD5, and for what was uploaded in parts how many they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etag {
    /// Of the bytes, or of the parts' MD5s.
    pub md5: [u8; 16],
    /// 0: sent at once.
    pub parts: u16,
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

impl Metadata {
    /// Nothing was said.
    const NONE: Self = Self {
        cache_control: None,
        content_disposition: None,
        content_encoding: None,
        content_language: None,
        content_type: None,
        expires: None,
        website_redirect: None,
        user: BTreeMap::new(),
    };
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

/// Without quotes: hex, for what was uploaded in parts with `-` and their number.
impl fmt::Display for Etag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.md5))?;
        if self.parts == 0 { Ok(()) } else { write!(f, "-{}", self.parts) }
    }
}

impl Etag {
    /// As it is sent.
    pub fn quoted(&self) -> String {
        format!("\"{self}\"")
    }
}

impl Object {
    /// An object with `extra`, which may be nothing.
    pub fn new(body: Body, (etag, checksum): (Etag, Checksum), extra: Extra) -> Self {
        let size = body.blobs().iter().map(|blob| blob.length).sum();
        let storage_class = StorageClass::Standard;
        let mut object = Self { body, size, etag, checksum, storage_class, extra: None };
        object.set_extra(extra);
        object
    }

    /// What few objects have.
    pub fn extra(&self) -> &Extra {
        self.extra.as_deref().unwrap_or(&NOTHING)
    }

    /// Sets what few objects have.
    pub fn set_extra(&mut self, extra: Extra) {
        self.extra = (extra != NOTHING).then(|| Arc::new(extra));
    }

    /// Changes what few objects have.
    pub fn change(&mut self, change: impl FnOnce(&mut Extra)) {
        let mut extra = self.extra().clone();
        change(&mut extra);
        self.set_extra(extra);
    }

    /// What its uploader said about it.
    pub fn metadata(&self) -> &Metadata {
        &self.extra().metadata
    }

    /// Whether it was sent in parts, which can then be asked for one by one. A copy of such an
    /// object is no longer in parts.
    pub fn is_multipart(&self) -> bool {
        self.etag.parts > 0
    }

    /// The ETag as it is sent.
    pub fn quoted_etag(&self) -> String {
        self.etag.quoted()
    }
}
