//! `PutPublicAccessBlock`: sets what of a bucket may be public. A switch that is not named is off.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>

use cloudarium_service::Ctx;

use crate::access::model::PublicAccessBlock;
use crate::config::Done;
use crate::config::input::put_input;
use crate::error::Error;
use crate::model::State;
use serde::Deserialize;

put_input!(PutPublicAccessBlockInput, "PublicAccessBlockConfiguration": SentBlock);

/// What is sent: what is left out is off, but something must be said.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SentBlock {
    block_public_acls: Option<bool>,
    ignore_public_acls: Option<bool>,
    block_public_policy: Option<bool>,
    restrict_public_buckets: Option<bool>,
}

impl SentBlock {
    fn block(self) -> Result<PublicAccessBlock, Error> {
        let sent = [
            self.block_public_acls,
            self.ignore_public_acls,
            self.block_public_policy,
            self.restrict_public_buckets,
        ];
        if sent.iter().all(Option::is_none) {
            return Err(Error::MalformedXML {});
        }
        let [block_public_acls, ignore_public_acls, block_public_policy, restrict_public_buckets] =
            sent.map(Option::unwrap_or_default);
        Ok(PublicAccessBlock {
            block_public_acls,
            ignore_public_acls,
            block_public_policy,
            restrict_public_buckets,
        })
    }
}

/// Runs the operation.
pub fn put_public_access_block(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutPublicAccessBlockInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let block = input.sent.block()?;
    s3.change_access(cx, input.target(), |access| access.public_access_block = Some(block))
}
