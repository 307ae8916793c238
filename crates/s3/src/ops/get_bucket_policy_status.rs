//! `GetBucketPolicyStatus`: whether a bucket is public.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::access::model::is_public;
use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketPolicyStatusOutput {
    policy_status: PolicyStatus,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyStatus {
    is_public: bool,
}

/// Runs the operation.
pub fn get_bucket_policy_status(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketPolicyStatusOutput, Error> {
    let bucket = input.find(s3, cx)?;
    let access = &bucket.access;
    let Some(policy) = &access.policy else {
        return Err(Error::NoSuchBucketPolicy { bucket: input.bucket });
    };
    let is_public = policy.is_public || is_public(&access.effective_acl(&bucket.owner));
    Ok(GetBucketPolicyStatusOutput { policy_status: PolicyStatus { is_public } })
}
