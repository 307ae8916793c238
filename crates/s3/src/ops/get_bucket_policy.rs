//! `GetBucketPolicy`: the policy of a bucket, as it was sent.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketPolicyOutput {
    policy: String,
}

/// Runs the operation.
pub fn get_bucket_policy(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketPolicyOutput, Error> {
    match &input.find(s3, cx)?.access.policy {
        Some(policy) => Ok(GetBucketPolicyOutput { policy: policy.text.to_string() }),
        None => Err(Error::NoSuchBucketPolicy { bucket: input.bucket }),
    }
}
