//! `PutBucketLogging`: says where access logs go.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html>
//!
//! Stored only: no access logs are written.

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::input::put_input;
use crate::config::logging;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketLoggingInput, "BucketLoggingStatus": Value);

/// Runs the operation.
pub fn put_bucket_logging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketLoggingInput,
) -> Result<Done, Error> {
    let logging = logging::check(s3, cx, input.target(), &input.sent)?;
    config::change(s3, cx, input.target(), |config| config.logging = logging)
}
