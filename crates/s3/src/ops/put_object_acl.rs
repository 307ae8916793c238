//! `PutObjectAcl`: sets the ACL of an object, by one of AWS's, by grants in headers, or by a whole ACL.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html>

use std::sync::Arc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access::acl::{AccessControlPolicy, Of, Sent, check_not_public, of_put};
use crate::access::model::{ObjectAccess, owners_alone};
use crate::error::Error;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectAclInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    access_control_policy: Option<AccessControlPolicy>,
    grant_full_control: Option<String>,
    grant_read: Option<String>,
    #[serde(rename = "GrantReadACP")]
    grant_read_acp: Option<String>,
    grant_write: Option<String>,
    #[serde(rename = "GrantWriteACP")]
    grant_write_acp: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutObjectAclOutput {}

/// Runs the operation.
pub fn put_object_acl(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectAclInput,
) -> Result<PutObjectAclOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let (version, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    if bucket.access.acls_are_off() {
        return Err(Error::AccessControlListNotSupported {});
    }
    let owner = bucket.owner_of(object);
    let acl = of_put(
        input.sent(),
        input.access_control_policy.as_ref(),
        Of::Object(&owner, &bucket.owner),
    )?;
    let at = ("s3:PutObjectAcl", Some(input.key.as_str()));
    check_not_public(cx, (&input.bucket, bucket), at, &acl)?;
    let plain = owner == bucket.owner && acl == owners_alone(&owner);
    let access = (!plain).then(|| Arc::new(ObjectAccess { owner, acl }));
    let number = version.number;
    if let Some(object) = s3.bucket_mut(cx, target)?.object_mut(&input.key, number) {
        object.change(|extra| extra.access = access);
    }
    Ok(PutObjectAclOutput {})
}

impl PutObjectAclInput {
    fn sent(&self) -> Sent<'_> {
        Sent {
            acl: self.acl.as_deref(),
            full_control: self.grant_full_control.as_deref(),
            read: self.grant_read.as_deref(),
            read_acp: self.grant_read_acp.as_deref(),
            write: self.grant_write.as_deref(),
            write_acp: self.grant_write_acp.as_deref(),
        }
    }
}
