//! `GetBucketTagging`: the tags of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::config::tagging::TagSet;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketTaggingOutput {
    tag_set: TagSet,
}

/// Runs the operation.
pub fn get_bucket_tagging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketTaggingOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    match config.tagging.clone() {
        Some(tag_set) => Ok(GetBucketTaggingOutput { tag_set }),
        None => Err(Error::NoSuchTagSet { bucket: input.bucket }),
    }
}
