//! `PutBucketWebsite`: has a bucket served as a website.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html>

use cloudarium_service::Ctx;

use crate::config::input::put_input;
use crate::config::website::Website;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketWebsiteInput, "WebsiteConfiguration": Website);

/// Runs the operation.
pub fn put_bucket_website(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketWebsiteInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    input.sent.check()?;
    config::change(s3, cx, input.target(), |config| config.website = Some(input.sent.clone()))
}
