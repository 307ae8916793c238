//! `GetPublicAccessBlock`: what of a bucket may be public.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::access::model::PublicAccessBlock;
use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPublicAccessBlockOutput {
    public_access_block_configuration: PublicAccessBlock,
}

/// Runs the operation.
pub fn get_public_access_block(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetPublicAccessBlockOutput, Error> {
    match input.find(s3, cx)?.access.public_access_block {
        Some(public_access_block_configuration) => {
            Ok(GetPublicAccessBlockOutput { public_access_block_configuration })
        }
        None => Err(Error::NoSuchPublicAccessBlockConfiguration { bucket: input.bucket }),
    }
}
