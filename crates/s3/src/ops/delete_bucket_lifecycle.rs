//! `DeleteBucketLifecycle`: takes all lifecycle rules from a bucket, if it has any.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html>

use cloudarium_service::Ctx;

use crate::config::{self, BucketInput, Done};
use crate::error::Error;
use crate::model::State;
use crate::sweep;

/// Runs the operation.
pub fn delete_bucket_lifecycle(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Done, Error> {
    let done = config::change(s3, cx, input.target(), |config| config.lifecycle = None)?;
    sweep::arm(s3, cx, &input.bucket);
    Ok(done)
}
