//! `HeadBucket`: whether a bucket exists and the caller may use it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
//!
//! A refusal has no body, so clients see no more than its status.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct HeadBucketInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct HeadBucketOutput {
    bucket_arn: String,
    bucket_region: String,
    access_point_alias: bool,
}

/// Runs the operation.
pub fn head_bucket(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: HeadBucketInput,
) -> Result<HeadBucketOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    Ok(HeadBucketOutput {
        bucket_arn: format!("arn:aws:s3:::{}", input.bucket),
        bucket_region: bucket.region.clone(),
        access_point_alias: false,
    })
}
