//! `GetBucketLifecycleConfiguration`: the rules by which what a bucket holds goes in time.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html>
//!
//! `GetBucketLifecycle`, the older form, is the same request.

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::config::lifecycle::Rule;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketLifecycleConfigurationOutput {
    rules: Vec<Rule>,
    transition_default_minimum_object_size: String,
}

/// Runs the operation.
pub fn get_bucket_lifecycle_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketLifecycleConfigurationOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    match config.lifecycle.clone() {
        Some(lifecycle) => Ok(GetBucketLifecycleConfigurationOutput {
            rules: lifecycle.rules,
            transition_default_minimum_object_size: lifecycle.minimum_size,
        }),
        None => Err(Error::NoSuchLifecycleConfiguration { bucket: input.bucket }),
    }
}
