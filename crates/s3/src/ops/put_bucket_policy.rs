//! `PutBucketPolicy`: sets the policy of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
//!
//! Differences from AWS: whether the principals that it names
//! exist is not known here. `ConfirmRemoveSelfBucketAccess` is taken, and changes nothing.

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::access::policy;
use crate::config::Done;
use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutBucketPolicyInput {
    bucket: String,
    policy: String,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    #[expect(dead_code, reason = "the root user keeps its way to the policy in any case")]
    confirm_remove_self_bucket_access: Option<bool>,
    expected_bucket_owner: Option<String>,
}

/// Runs the operation.
pub fn put_bucket_policy(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketPolicyInput,
) -> Result<Done, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let policy = policy::read(&input.bucket, &input.policy)?;
    if policy.is_public && bucket.access.block().block_public_policy {
        let on = format!("arn:aws:s3:::{}", input.bucket);
        let why = "public policies are prevented by the BlockPublicPolicy";
        return Err(bucket.prevented(cx, ("s3:PutBucketPolicy", &on), why));
    }
    s3.change_access(cx, target, |access| access.policy = Some(policy))
}
