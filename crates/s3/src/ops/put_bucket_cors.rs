//! `PutBucketCors`: replaces the cross-origin rules of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html>

use cloudarium_service::Ctx;

use crate::config::cors::{CorsConfiguration, check};
use crate::config::input::put_input;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketCorsInput, "CORSConfiguration": CorsConfiguration);

/// Runs the operation.
pub fn put_bucket_cors(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketCorsInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    check(&input.sent.rules)?;
    config::change(s3, cx, input.target(), |config| {
        config.cors = Some(input.sent.rules.clone());
    })
}
