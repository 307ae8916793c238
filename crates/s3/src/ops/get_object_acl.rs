//! `GetObjectAcl`: whose an object is, and its ACL as it holds.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::get_bucket_acl::GetAclOutput;
use super::list_buckets::Owner;
use crate::access::acl::shown;
use crate::error::Error;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetObjectAclInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// Runs the operation.
pub fn get_object_acl(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectAclInput,
) -> Result<GetAclOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let (_, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    let grants = bucket.access.without_ignored(&bucket.acl_of(object));
    Ok(GetAclOutput { owner: Owner::of(&bucket.owner_of(object)), grants: shown(&grants) })
}
