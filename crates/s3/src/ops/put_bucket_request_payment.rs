//! `PutBucketRequestPayment`: says who pays for requests.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html>
//!
//! Stored only: the bill is the owner's.

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::config::input::put_input;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

/// The member of that name.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RequestPaymentConfiguration {
    payer: String,
}

put_input!(PutBucketRequestPaymentInput, "RequestPaymentConfiguration": RequestPaymentConfiguration);

/// Runs the operation.
pub fn put_bucket_request_payment(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketRequestPaymentInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let requester_pays = match input.sent.payer.as_str() {
        "Requester" => true,
        "BucketOwner" => false,
        _ => return Err(Error::MalformedXML {}),
    };
    config::change(s3, cx, input.target(), |config| config.requester_pays = requester_pays)
}
