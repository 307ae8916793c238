//! What a copy reads from.

use cloudarium_service::Ctx;
use percent_encoding::percent_decode_str;

use crate::condition::Conditions;
use crate::encryption::CustomerKey;
use crate::error::Error;
use crate::limits::PUT_BYTES_MAX;
use crate::model::{Object, State};
use crate::restore;
use crate::store::Target;

/// `x-amz-copy-source`: `bucket/key`, percent-encoded, perhaps with a slash before and
/// `?versionId=` behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its bucket.
    pub bucket: String,
    /// Its key.
    pub key: String,
    /// `None`: the current version.
    pub version_id: Option<String>,
}

impl Source {
    /// From the header.
    pub fn parse(header: &str) -> Result<Self, Error> {
        if header.starts_with("arn:") {
            return Err(Error::not_simulated("CopySource", header));
        }
        let malformed = || {
            let message =
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
            Error::argument(message, "x-amz-copy-source", header)
        };
        let (path, version_id) = match header.split_once("?versionId=") {
            Some((path, id)) => (path, Some(id.to_owned())),
            None => (header, None),
        };
        let decoded = percent_decode_str(path).decode_utf8().map_err(|_| malformed())?;
        let decoded = decoded.strip_prefix('/').unwrap_or(&decoded);
        match decoded.split_once('/') {
            Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
                Ok(Self { bucket: bucket.to_owned(), key: key.to_owned(), version_id })
            }
            Some(("", _)) => Err(malformed()),
            _ => {
                let message = "Invalid copy source object key";
                Err(Error::argument(message, "x-amz-copy-source", header))
            }
        }
    }
}

/// How a copy reads its source.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// `x-amz-source-expected-bucket-owner`
    pub expected_owner: Option<&'a str>,
    /// When it may.
    pub conditions: Conditions<'a>,
    /// The key that the source is encrypted by.
    pub key: CustomerKey<'a>,
}

/// The object to copy, and its version id where the bucket has versions.
pub fn find(
    s3: &State,
    cx: &Ctx<'_>,
    source: &Source,
    reading: Reading<'_>,
) -> Result<(Option<String>, Object), Error> {
    let expected_owner = reading.expected_owner;
    let bucket = s3.source_bucket(cx, Target { bucket: &source.bucket, expected_owner })?;
    let found = bucket.object(&source.key, source.version_id.as_deref());
    let (version, object) = found.map_err(|error| match error {
        Error::MethodNotAllowed { .. } => Error::request(
            "The source of a copy request may not specifically refer to a delete marker by version id.",
        ),
        other => other,
    })?;
    reading.key.check_read(object)?;
    reading.conditions.check_source(version, object)?;
    restore::check_readable(object, cx.now, restore::NOT_COPIED)?;
    Ok((bucket.shown_id(version), object.clone()))
}

/// As much as one copy may take.
pub fn check_size(bytes: u64) -> Result<(), Error> {
    if bytes > PUT_BYTES_MAX {
        return Err(Error::request(format!(
            "The specified copy source is larger than the maximum allowable size for a copy \
             source: {PUT_BYTES_MAX}"
        )));
    }
    Ok(())
}
