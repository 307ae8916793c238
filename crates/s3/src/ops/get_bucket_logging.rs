//! `GetBucketLogging`: where access logs go.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;
use serde::Serialize;

use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketLoggingOutput {
    logging_enabled: Option<Value>,
}

/// Runs the operation.
pub fn get_bucket_logging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketLoggingOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    Ok(GetBucketLoggingOutput { logging_enabled: config.logging.clone() })
}
