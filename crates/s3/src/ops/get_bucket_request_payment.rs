//! `GetBucketRequestPayment`: who pays for requests.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketRequestPaymentOutput {
    payer: String,
}

/// Runs the operation.
pub fn get_bucket_request_payment(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketRequestPaymentOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    let payer = if config.requester_pays { "Requester" } else { "BucketOwner" };
    Ok(GetBucketRequestPaymentOutput { payer: payer.to_owned() })
}
