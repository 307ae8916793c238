//! `GetBucketWebsite`: how a bucket is served as a website.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html>

use cloudarium_service::Ctx;

use crate::config::BucketInput;
use crate::config::website::Website;
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn get_bucket_website(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Website, Error> {
    let config = &input.find(s3, cx)?.config;
    config.website.clone().ok_or(Error::NoSuchWebsiteConfiguration { bucket: input.bucket })
}
