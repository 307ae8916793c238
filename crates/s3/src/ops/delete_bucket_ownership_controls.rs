//! `DeleteBucketOwnershipControls`: from here on who uploads an object owns it, and ACLs hold.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html>

use cloudarium_service::Ctx;

use crate::config::{BucketInput, Done};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn delete_bucket_ownership_controls(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Done, Error> {
    s3.change_access(cx, input.target(), |access| access.ownership = None)
}
