//! An object: its bytes and what is known of them. What few objects have lies apart ([`Extra`]), so
//! that a million plain ones stay small.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use cloudarium_env::BlobRef;
use serde::{Deserialize, Serialize};

use super::{Checksum, StorageClass};
use crate::access::model::ObjectAccess;

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
}

/// Of objects that have nothing extra.
static NOTHING: Extra = Extra { metadata: Metadata::NONE, access: None };

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
