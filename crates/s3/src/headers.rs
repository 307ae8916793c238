//! What an upload says about its object in headers, and which of it S3 takes.

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::limits::{METADATA_BYTES_MAX, PUT_BYTES_MAX};
use crate::model::{Metadata, StorageClass};

/// The encryption that every object has whose upload says nothing else.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html>
pub const AES256: &str = "AES256";

/// The storage class of a new object.
pub fn storage_class(sent: Option<&str>) -> Result<StorageClass, Error> {
    let Some(named) = sent else { return Ok(StorageClass::default()) };
    StorageClass::parse(named)
        .ok_or_else(|| Error::InvalidStorageClass { storage_class: named.to_owned() })
}

/// `x-amz-storage-class` of an answer: the usual class is not named.
pub fn shown_class(class: StorageClass) -> Option<&'static str> {
    (class != StorageClass::Standard).then(|| class.name())
}

/// `x-amz-request-payer`. It changes nothing where the owner pays.
pub fn check_payer(sent: Option<&str>) -> Result<(), Error> {
    match sent {
        None | Some("requester") => Ok(()),
        Some(other) => {
            Err(Error::argument("Invalid request payer specified", "x-amz-request-payer", other))
        }
    }
}

/// Metadata as a whole.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
pub fn check_metadata(metadata: &Metadata) -> Result<(), Error> {
    let size: usize = metadata.user.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > METADATA_BYTES_MAX {
        return Err(Error::MetadataTooLarge {
            size: size.to_string(),
            maximum: METADATA_BYTES_MAX.to_string(),
        });
    }
    let fine = metadata.website_redirect.as_deref().is_none_or(|to| {
        to.starts_with('/') || to.starts_with("http://") || to.starts_with("https://")
    });
    if fine { Ok(()) } else { Err(Error::InvalidRedirectLocation {}) }
}

/// Bytes of one PUT.
pub fn check_size(bytes: usize) -> Result<u64, Error> {
    let size = bytes as u64;
    if size > PUT_BYTES_MAX {
        return Err(Error::EntityTooLarge {
            proposed: size.to_string(),
            maximum: PUT_BYTES_MAX.to_string(),
        });
    }
    Ok(size)
}

/// The canonical user id of an account: 64 hex digits that stand for it in ACLs and listings.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html>
///
/// Nobody has one, too: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>.
pub fn canonical_id(account: &str) -> String {
    if account.is_empty() {
        return "65a011a29cdf8ec533ec3d1ccaae921c".to_owned();
    }
    hex::encode(Sha256::digest(format!("canonical user of account {account}")))
}

#[cfg(test)]
mod tests {
    use super::{check_metadata, storage_class};
    use crate::model::Metadata;

    #[test]
    fn metadata_is_measured_in_bytes() {
        let with = |value: String| Metadata {
            user: [("k".to_owned(), value)].into(),
            ..Metadata::default()
        };
        assert!(check_metadata(&with("ü".repeat(1023))).is_ok());
        assert!(check_metadata(&with("ü".repeat(1024))).is_err());
    }

    #[test]
    fn classes_of_other_buckets_are_refused() {
        assert!(storage_class(Some("GLACIER_IR")).is_ok());
        for class in ["OUTPOSTS", "EXPRESS_ONEZONE", "standard", ""] {
            assert_eq!(storage_class(Some(class)).unwrap_err().code(), "InvalidStorageClass");
        }
    }
}
