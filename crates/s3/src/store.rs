//! Transitions on the state, and how a request finds what it is about.

use std::ops::Range;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use cloudarium_env::{BlobRef, Blobs, Timestamp};
use cloudarium_service::Ctx;

use crate::access::model::BucketAccess;
use crate::config::Done;
use crate::error::Error;
use crate::model::{Body, Bucket, Object, State};
use crate::{events, name, region};

/// What a request says about the bucket that it is for.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its name.
    pub bucket: &'a str,
    /// `x-amz-expected-bucket-owner`.
    pub expected_owner: Option<&'a str>,
}

impl State {
    /// The bucket that a request is for: it exists, in the Region that was asked, and belongs to
    /// whom the request says. That the caller may use it was seen to before ([`crate::access`]).
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

    /// Changes who may do what in the bucket that a request is for.
    pub fn change_access(
        &mut self,
        cx: &Ctx<'_>,
        target: Target<'_>,
        change: impl FnOnce(&mut BucketAccess),
    ) -> Result<Done, Error> {
        change(Arc::make_mut(&mut self.bucket_mut(cx, target)?.access));
        Ok(Done {})
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
        if expected { Ok(bucket) } else { Err(Error::AccessDenied {}) }
    }

    /// The next place in the order of events.
    pub fn next_sequencer(&mut self) -> String {
        self.sequencer += 1;
        format!("{:018X}", self.sequencer)
    }
}

/// Writes an object and tells of it; gives the version id that the answer tells. `reason` is that
/// of [`events::object_created`].
pub fn put(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (target, key): (Target<'_>, &str),
    object: Object,
    reason: &str,
) -> Result<Option<String>, Error> {
    let told = object.clone();
    let id = s3.bucket_mut(cx, target)?.put(key, object, to_second(cx.now), cx.rng);
    events::object_created(s3, cx, (target.bucket, key, id.as_deref()), &told, reason);
    Ok(id.map(|id| id.to_string()))
}

/// Reads `range` of a body. Memory is shared with the store unless the range spans parts; then one part at a time is
/// read beside what they become.
pub fn read(blobs: &dyn Blobs, body: &Body, range: Range<u64>) -> Result<Bytes, Error> {
    let length = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
    let mut joined = BytesMut::new();
    let mut next = 0;
    for blob in body.blobs() {
        let start = next;
        next += blob.length;
        let (from, to) = (range.start.max(start), range.end.min(next));
        if from >= to {
            continue;
        }
        let piece = blobs.get(blob, from - start..to - start).ok_or(Error::InternalError {})?;
        if piece.len() == length {
            return Ok(piece);
        }
        if joined.is_empty() {
            joined = BytesMut::with_capacity(length);
        }
        joined.extend_from_slice(&piece);
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
