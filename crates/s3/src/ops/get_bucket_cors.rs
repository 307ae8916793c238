//! `GetBucketCors`: the cross-origin rules of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::config::cors::CorsRule;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketCorsOutput {
    #[serde(rename = "CORSRules")]
    rules: Vec<CorsRule>,
}

/// Runs the operation.
pub fn get_bucket_cors(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketCorsOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    match config.cors.clone() {
        Some(rules) => Ok(GetBucketCorsOutput { rules }),
        None => Err(Error::NoSuchCORSConfiguration { bucket: input.bucket }),
    }
}
