//! `DeleteBucketEncryption`: sets the encryption of a bucket back to `AES256`.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html>

use cloudarium_service::Ctx;

use crate::config::{self, BucketInput, Done};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn delete_bucket_encryption(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Done, Error> {
    config::change(s3, cx, input.target(), |config| config.set_encryption(None))
}
