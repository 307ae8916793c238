//! `PutPublicAccessBlock`: sets what of a bucket may be public. A switch that is not named is off.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>

use cloudarium_service::Ctx;

use crate::access::model::PublicAccessBlock;
use crate::config::Done;
use crate::config::input::put_input;
use crate::error::Error;
use crate::model::State;

put_input!(PutPublicAccessBlockInput, "PublicAccessBlockConfiguration": PublicAccessBlock);

/// Runs the operation.
pub fn put_public_access_block(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutPublicAccessBlockInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let block = input.sent;
    s3.change_access(cx, input.target(), |access| access.public_access_block = Some(block))
}
