//! `GetBucketLocation`: the Region that a bucket was made in; nothing for us-east-1.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
//!
//! As on AWS, us-east-1 answers it for buckets of every Region.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetBucketLocationInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketLocationOutput {
    location_constraint: Option<String>,
}

/// Runs the operation.
pub fn get_bucket_location(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetBucketLocationInput,
) -> Result<GetBucketLocationOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket_anywhere(cx, Target { bucket: &input.bucket, expected_owner })?;
    Ok(GetBucketLocationOutput { location_constraint: bucket.location_constraint.clone() })
}
