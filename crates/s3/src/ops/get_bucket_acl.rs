//! `GetBucketAcl`: whose a bucket is, and its ACL as it holds.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use super::list_buckets::Owner;
use crate::access::acl::{ShownGrant, shown};
use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAclOutput {
    /// Whose it is.
    pub owner: Owner,
    /// Who else may do what.
    pub grants: Vec<ShownGrant>,
}

/// Runs the operation.
pub fn get_bucket_acl(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetAclOutput, Error> {
    let bucket = input.find(s3, cx)?;
    let grants = shown(&bucket.access.effective_acl(&bucket.owner));
    Ok(GetAclOutput { owner: Owner::of(&bucket.owner), grants })
}
