//! Multipart uploads that go on.

use std::sync::Arc;

use cloudarium_env::{BlobRef, Timestamp};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::{Algorithm, Checksum, ChecksumKind, Encryption, Etag, Extra, StorageClass};

/// Where an upload is in the order of a listing: by key, then by when it began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UploadPlace {
    /// The key that it will write.
    pub key: Arc<str>,
    /// The later it began of the uploads of its key, the greater.
    pub number: u64,
}

/// A multipart upload that goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// Its upload id.
    pub id: Arc<str>,
    /// When it began.
    pub initiated: Timestamp,
    /// ARN of who began it.
    pub initiator: String,
    /// What the object will be stored as.
    pub storage_class: StorageClass,
    /// What else the object will have.
    pub extra: Extra,
    /// The checksum that was asked for.
    pub checksum: Option<(Algorithm, ChecksumKind)>,
    /// By part number.
    pub parts: OrdMap<u32, Part>,
}

/// How an upload ended, for a client that did not hear of it and completes it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completed {
    /// Its upload id.
    pub id: Arc<str>,
    /// When.
    pub at: Timestamp,
    /// Of the object that was made.
    pub etag: Etag,
    /// Of the object that was made.
    pub checksum: Checksum,
    /// Of the object that was made.
    pub encryption: Encryption,
    /// The version that was made, where the answer told it.
    pub version_id: Option<String>,
}

/// An upload that was aborted, for a client that aborts it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aborted {
    /// Its upload id.
    pub id: Arc<str>,
    /// When.
    pub at: Timestamp,
}

/// One uploaded part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Its bytes.
    pub blob: BlobRef,
    /// The MD5 of its bytes.
    pub etag: Etag,
    /// The checksum that came with it, or that the upload asked for.
    pub checksum: Checksum,
    /// When it was uploaded.
    pub modified: Timestamp,
}

impl Upload {
    /// Bytes of all its parts.
    pub fn bytes(&self) -> u64 {
        self.parts.values().map(|part| part.blob.length).sum()
    }

    /// What its parts are paid as. Parts of an archived object wait in the usual class.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuploadpricing>
    pub fn paid_as(&self) -> StorageClass {
        if self.storage_class.is_archived() { StorageClass::Standard } else { self.storage_class }
    }
}
