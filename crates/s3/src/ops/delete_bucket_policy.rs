//! `DeleteBucketPolicy`: takes the policy from a bucket, if it has one.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>

use cloudarium_service::Ctx;

use crate::config::{BucketInput, Done};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn delete_bucket_policy(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Done, Error> {
    s3.change_access(cx, input.target(), |access| access.policy = None)
}
