//! `GetBucketPolicy`: the policy of a bucket, in one line and with a version.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::access::policy::shown;
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
        Some(policy) => Ok(GetBucketPolicyOutput { policy: shown(&policy.text) }),
        None => Err(Error::NoSuchBucketPolicy { bucket: input.bucket }),
    }
}
