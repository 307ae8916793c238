//! `PutBucketEncryption`: sets how objects are encrypted whose upload does not say.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html>

use cloudarium_service::Ctx;

use crate::config::encryption::EncryptionConfiguration;
use crate::config::input::put_input;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketEncryptionInput, "ServerSideEncryptionConfiguration": EncryptionConfiguration);

/// Runs the operation.
pub fn put_bucket_encryption(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketEncryptionInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let rule = input.sent.clone().rule()?;
    config::change(s3, cx, input.target(), |config| config.set_encryption(Some(rule)))
}
