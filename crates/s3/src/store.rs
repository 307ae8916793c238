//! Transitions on the state, and how a request finds what it is about.

use std::ops::Range;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use cloudarium_env::{BlobRef, Blobs, Timestamp};
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::{Body, Bucket, Content, Object, State, Upload, Version, Versions};
use crate::{name, region};

/// What a request says about the bucket that it is for.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its name.
    pub bucket: &'a str,
    /// `x-amz-expected-bucket-owner`.
    pub expected_owner: Option<&'a str>,
}

impl State {
    /// The bucket that a request is for, once it is certain that the caller may use it: it
    /// exists, in the Region that was asked, and belongs to the caller.
    pub fn bucket(&self, cx: &Ctx<'_>, target: Target<'_>) -> Result<&Bucket, Error> {
        self.check(cx, target, false)
    }

    /// The same, for the few operations that us-east-1 answers for every Region.
    pub fn bucket_anywhere(&self, cx: &Ctx<'_>, target: Target<'_>) -> Result<&Bucket, Error> {
        self.check(cx, target, cx.region == region::HOME)
    }

    /// The bucket that a copy reads from, in any Region.
    pub fn source_bucket(&self, cx: &Ctx<'_>, target: Target<'_>) -> Result<&Bucket, Error> {
        self.check(cx, target, true)
    }

    /// The same, to change it.
    pub fn bucket_mut(&mut self, cx: &Ctx<'_>, target: Target<'_>) -> Result<&mut Bucket, Error> {
        self.check(cx, target, false)?;
        self.buckets.get_mut(target.bucket).ok_or_else(|| no_such_bucket(target.bucket))
    }

    fn check(&self, cx: &Ctx<'_>, target: Target<'_>, anywhere: bool) -> Result<&Bucket, Error> {
        name::check_bucket(target.bucket)?;
        check_account(target.expected_owner)?;
        let bucket =
            self.buckets.get(target.bucket).ok_or_else(|| no_such_bucket(target.bucket))?;
        if bucket.region != cx.region && !anywhere {
            return Err(region::wrong(cx, target.bucket, &bucket.region));
        }
        let expected = target.expected_owner.is_none_or(|owner| owner == bucket.owner);
        if bucket.owner == cx.caller.account && expected {
            Ok(bucket)
        } else {
            Err(Error::AccessDenied {})
        }
    }

    /// The next place in the order of events.
    pub fn next_sequencer(&mut self) -> String {
        self.sequencer += 1;
        format!("{:018X}", self.sequencer)
    }
}

impl Bucket {
    /// An empty bucket.
    pub fn new(owner: String, region: String, created: Timestamp) -> Self {
        Self {
            owner,
            region,
            location_constraint: None,
            created,
            keys: imbl::OrdMap::new(),
            bytes: 0,
            class_bytes: imbl::OrdMap::new(),
            uploads: imbl::OrdMap::new(),
            config: Arc::default(),
        }
    }

    /// How many objects it holds (one for each key, while there is no versioning).
    pub fn objects(&self) -> usize {
        self.keys.len()
    }

    /// The current object of `key`.
    pub fn current(&self, key: &str) -> Option<(&Version, &Object)> {
        let version = self.keys.get(key)?.newest.as_ref();
        version.object().map(|object| (version, object))
    }

    /// The object that a request is for: the current one, or the version that it names.
    pub fn object(&self, key: &str, version: Option<&str>) -> Result<(&Version, &Object), Error> {
        match version {
            None => self.current(key).ok_or_else(|| Error::NoSuchKey { key: key.to_owned() }),
            Some(id) => {
                check_version_id(id)?;
                self.current(key)
                    .filter(|(found, _)| found.id.as_deref().unwrap_or("null") == id)
                    .ok_or_else(|| Error::NoSuchVersion {
                        key: key.to_owned(),
                        version: id.to_owned(),
                    })
            }
        }
    }

    /// Writes an object in place of any that has its key.
    pub fn put(&mut self, key: &str, object: Object, modified: Timestamp) {
        self.bytes += object.size;
        self.add_class(&object.storage_class, object.size);
        let version = Version { id: None, modified, content: Content::Object(object) };
        let replaced = self.keys.insert(Arc::from(key), Versions::only(version));
        self.forget(replaced.as_ref());
    }

    /// Deletes an object; tells whether there was one.
    pub fn delete(&mut self, key: &str) -> bool {
        let removed = self.keys.remove(key);
        self.forget(removed.as_ref());
        removed.is_some()
    }

    /// Takes what is gone from the sums.
    fn forget(&mut self, gone: Option<&Versions>) {
        let Some(gone) = gone else { return };
        self.bytes -= gone.bytes();
        for object in gone.all().filter_map(|version| version.object()) {
            self.take_class(&object.storage_class, object.size);
        }
    }

    /// The upload that a request is for.
    pub fn upload(&self, key: &str, upload_id: &str) -> Result<&Upload, Error> {
        self.uploads
            .get(upload_id)
            .filter(|upload| upload.key.as_ref() == key)
            .ok_or_else(|| Error::NoSuchUpload { upload_id: upload_id.to_owned() })
    }
}

/// Reads `range` of a body. Memory is shared with the store unless the range spans parts.
pub fn read(blobs: &dyn Blobs, body: &Body, range: Range<u64>) -> Result<Bytes, Error> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for blob in body.blobs() {
        let end = start + blob.length;
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from < to {
            let piece = blobs.get(blob, from - start..to - start);
            pieces.push(piece.ok_or(Error::InternalError {})?);
        }
        start = end;
    }
    if pieces.len() < 2 {
        return Ok(pieces.pop().unwrap_or_default());
    }
    let mut joined = BytesMut::with_capacity(pieces.iter().map(Bytes::len).sum());
    for piece in &pieces {
        joined.extend_from_slice(piece);
    }
    Ok(joined.freeze())
}

/// All bytes of one blob.
pub fn read_blob(blobs: &dyn Blobs, blob: &BlobRef) -> Result<Bytes, Error> {
    blobs.get(blob, 0..blob.length).ok_or(Error::InternalError {})
}

/// S3 keeps times to the second.
pub fn to_second(at: Timestamp) -> Timestamp {
    Timestamp::from_ms(at.as_ms().div_euclid(1000) * 1000)
}

fn no_such_bucket(bucket: &str) -> Error {
    Error::NoSuchBucket { bucket: bucket.to_owned() }
}

/// An account id has twelve digits.
fn check_account(expected_owner: Option<&str>) -> Result<(), Error> {
    match expected_owner {
        Some(value) if value.len() != 12 || !value.bytes().all(|b| b.is_ascii_digit()) => {
            Err(Error::InvalidBucketOwnerAWSAccountID { value: value.to_owned() })
        }
        _ => Ok(()),
    }
}

/// A version id is `null` or 32 characters; anything else S3 refuses as malformed.
fn check_version_id(id: &str) -> Result<(), Error> {
    let formed = id.len() == 32
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_' || b == b'-');
    if id == "null" || formed {
        return Ok(());
    }
    Err(Error::argument("Invalid version id specified", "versionId", id))
}

/// Whether a request is for the version that a bucket without versioning has: it names none, or
/// `null`. `false` is a version that is not there.
pub fn is_null_version(id: Option<&str>) -> Result<bool, Error> {
    match id {
        None | Some("null") => Ok(true),
        Some(id) => check_version_id(id).map(|()| false),
    }
}
