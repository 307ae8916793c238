//! `GetBucketAccelerateConfiguration`: whether transfers by edge locations are on.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetBucketAccelerateConfigurationInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
    request_payer: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketAccelerateConfigurationOutput {
    status: Option<String>,
}

/// Runs the operation.
pub fn get_bucket_accelerate_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetBucketAccelerateConfigurationInput,
) -> Result<GetBucketAccelerateConfigurationOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let config = &s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?.config;
    Ok(GetBucketAccelerateConfigurationOutput { status: config.accelerate.clone() })
}
