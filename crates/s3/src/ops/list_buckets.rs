//! `ListBuckets`: the buckets that the caller's account owns, in every Region, by name.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
//!
//! Differences from AWS: a `bucket-region` other than the endpoint's, which AWS does not support,
//! is refused as an `InvalidArgument` (a guess).

use std::ops::Bound;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::canonical_id;
use crate::limits::LIST_BUCKETS_MAX;
use crate::model::{Bucket, Extra, State};
use crate::region;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListBucketsInput {
    max_buckets: Option<i64>,
    continuation_token: Option<String>,
    prefix: Option<String>,
    bucket_region: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListBucketsOutput {
    buckets: Vec<BucketRow>,
    owner: Owner,
    continuation_token: Option<String>,
    prefix: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct BucketRow {
    name: String,
    creation_date: Timestamp,
    bucket_region: Option<String>,
    bucket_arn: String,
}

/// Whose buckets, or whose object.
#[derive(Debug, Clone, Serialize)]
pub struct Owner {
    /// The canonical user id.
    #[serde(rename = "ID")]
    id: String,
}

impl Owner {
    /// The owner that stands for an account.
    pub fn of(account: &str) -> Self {
        Self { id: canonical_id(account) }
    }
}

/// Whose the objects of a bucket are. Most are the bucket owner's, whose id is computed once.
#[derive(Debug)]
pub struct Owners<'a> {
    bucket: &'a Bucket,
    usual: Owner,
}

impl<'a> Owners<'a> {
    /// Of a bucket's objects.
    pub fn of(bucket: &'a Bucket) -> Self {
        Self { bucket, usual: Owner::of(&bucket.owner) }
    }

    /// The bucket's owner.
    pub fn usual(&self) -> Owner {
        self.usual.clone()
    }

    /// Whose one is.
    pub fn owner(&self, extra: &Extra) -> Owner {
        match &extra.access {
            None => self.usual.clone(),
            access => Owner::of(&self.bucket.own_owner(access.as_ref())),
        }
    }
}

/// Runs the operation.
pub fn list_buckets(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListBucketsInput,
) -> Result<ListBucketsOutput, Error> {
    if cx.caller.account.is_empty() {
        return Err(Error::AccessDenied {});
    }
    let page_size = page_size(input.max_buckets)?;
    check_region(cx, input.bucket_region.as_deref())?;
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let after = input.continuation_token.as_deref().map(from_token).transpose()?;
    let start = match after.as_deref() {
        Some(after) if after >= prefix => Bound::Excluded(after),
        _ => Bound::Included(prefix),
    };
    let mut listed = s3
        .buckets
        .range::<_, str>((start, Bound::Unbounded))
        .take_while(|(name, _)| name.starts_with(prefix))
        .filter(|(_, bucket)| bucket.owner == cx.caller.account)
        .filter(|(_, bucket)| input.bucket_region.as_ref().is_none_or(|it| *it == bucket.region));
    // The Region is shown to those who sent any parameter.
    let shows_region = input.max_buckets.is_some()
        || input.continuation_token.is_some()
        || input.prefix.is_some()
        || input.bucket_region.is_some();
    let buckets: Vec<BucketRow> = listed
        .by_ref()
        .take(page_size)
        .map(|(name, bucket)| BucketRow {
            name: name.clone(),
            creation_date: bucket.created,
            bucket_region: shows_region.then(|| bucket.region.clone()),
            bucket_arn: format!("arn:aws:s3:::{name}"),
        })
        .collect();
    let more = listed.next().is_some();
    let last = buckets.last().filter(|_| more);
    let continuation_token = last.map(|last| STANDARD.encode(&last.name));
    let owner = Owner::of(&cx.caller.account);
    Ok(ListBucketsOutput { buckets, owner, continuation_token, prefix: input.prefix })
}

fn page_size(sent: Option<i64>) -> Result<usize, Error> {
    let Some(sent) = sent else { return Ok(LIST_BUCKETS_MAX) };
    let size = usize::try_from(sent).ok().filter(|size| (1..=LIST_BUCKETS_MAX).contains(size));
    size.ok_or_else(|| {
        let message = "Argument max-buckets must be an integer between 1 and 10000";
        Error::argument(message, "max-buckets", sent.to_string())
    })
}

fn check_region(cx: &Ctx<'_>, sent: Option<&str>) -> Result<(), Error> {
    match sent {
        Some(region) if !region::is_known(region) => {
            let message = format!("Argument value {region} is not a valid AWS Region");
            Err(Error::argument(&message, "bucket-region", region))
        }
        Some(region) if region != cx.region => {
            let message = "The bucket-region must be the Region of the endpoint";
            Err(Error::argument(message, "bucket-region", region))
        }
        _ => Ok(()),
    }
}

fn from_token(token: &str) -> Result<String, Error> {
    let decoded = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.ok_or_else(|| {
        let message = "The continuation token provided is incorrect";
        Error::argument(message, "continuation-token", token)
    })
}
