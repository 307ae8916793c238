//! `PutBucketAcl`: sets the ACL of a bucket, by one of AWS's, by grants in headers, or by a whole ACL.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::access::acl::{AccessControlPolicy, Of, Sent, check_not_public, of_put};
use crate::config::Done;
use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutBucketAclInput {
    bucket: String,
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
    expected_bucket_owner: Option<String>,
}

/// Runs the operation.
pub fn put_bucket_acl(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketAclInput,
) -> Result<Done, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    if bucket.access.acls_are_off() {
        return Err(Error::AccessControlListNotSupported {});
    }
    let sent = Sent {
        acl: input.acl.as_deref(),
        full_control: input.grant_full_control.as_deref(),
        read: input.grant_read.as_deref(),
        read_acp: input.grant_read_acp.as_deref(),
        write: input.grant_write.as_deref(),
        write_acp: input.grant_write_acp.as_deref(),
    };
    let acl = of_put(sent, input.access_control_policy.as_ref(), Of::Bucket(&bucket.owner))?;
    check_not_public(cx, (&input.bucket, bucket), ("s3:PutBucketAcl", None), &acl)?;
    s3.change_access(cx, target, |access| access.acl = acl)
}
