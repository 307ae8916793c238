//! `DeletePublicAccessBlock`: from here on nothing of a bucket is blocked.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html>

use cloudarium_service::Ctx;

use crate::config::{BucketInput, Done};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn delete_public_access_block(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Done, Error> {
    s3.change_access(cx, input.target(), |access| access.public_access_block = None)
}
