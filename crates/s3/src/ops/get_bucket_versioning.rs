//! `GetBucketVersioning`: whether a bucket keeps older versions. One that never did says nothing.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{State, Versioning};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetBucketVersioningInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketVersioningOutput {
    status: Option<&'static str>,
}

/// Runs the operation.
pub fn get_bucket_versioning(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetBucketVersioningInput,
) -> Result<GetBucketVersioningOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    Ok(GetBucketVersioningOutput { status: bucket.versioning.map(Versioning::name) })
}
