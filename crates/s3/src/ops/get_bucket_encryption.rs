//! `GetBucketEncryption`: how objects are encrypted whose upload does not say.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
//!
//! Differences from AWS: buckets made since April 2026 block SSE-C by default; here none does.

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::config::encryption::Encryption;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketEncryptionOutput {
    server_side_encryption_configuration: Shown,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Shown {
    rules: Vec<Encryption>,
}

/// Runs the operation.
pub fn get_bucket_encryption(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketEncryptionOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    let shown = Shown { rules: vec![config.shown_encryption()] };
    Ok(GetBucketEncryptionOutput { server_side_encryption_configuration: shown })
}
