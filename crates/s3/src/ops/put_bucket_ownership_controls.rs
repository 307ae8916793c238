//! `PutBucketOwnershipControls`: sets who owns what others upload, and whether there are ACLs.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::access::model::{Ownership, owners_alone};
use crate::config::Done;
use crate::config::input::put_input;
use crate::error::Error;
use crate::model::State;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OwnershipControls {
    #[serde(default)]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Rule {
    object_ownership: String,
}

put_input!(PutBucketOwnershipControlsInput, "OwnershipControls": OwnershipControls);

/// Runs the operation.
pub fn put_bucket_ownership_controls(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketOwnershipControlsInput,
) -> Result<Done, Error> {
    let bucket = s3.bucket(cx, input.target())?;
    let [rule] = input.sent.rules.as_slice() else { return Err(Error::MalformedXML {}) };
    let ownership = Ownership::parse(&rule.object_ownership).ok_or(Error::MalformedXML {})?;
    let shared = bucket.access.acl != owners_alone(&bucket.owner);
    if ownership == Ownership::BucketOwnerEnforced && shared {
        return Err(Error::InvalidBucketAclWithObjectOwnership {});
    }
    s3.change_access(cx, input.target(), |access| access.ownership = Some(ownership))
}
