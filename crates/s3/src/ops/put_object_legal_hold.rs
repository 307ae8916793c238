//! `PutObjectLegalHold`: keeps a version from being deleted until it is said otherwise.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::check_payer;
use crate::lock;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectLegalHoldInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    legal_hold: Option<LegalHold>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    #[serde(rename = "ContentMD5")]
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    content_md5: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct LegalHold {
    status: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutObjectLegalHoldOutput {}

/// Runs the operation.
pub fn put_object_legal_hold(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectLegalHoldInput,
) -> Result<PutObjectLegalHoldOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    lock::check_enabled(bucket)?;
    let sent = input.legal_hold.as_ref().and_then(|hold| hold.status.as_deref());
    let on = sent.and_then(lock::legal_hold).ok_or(Error::MalformedXML {})?;
    let (version, _) = bucket.object_for("PUT", &input.key, input.version_id.as_deref())?;
    let number = version.number;
    if let Some(object) = s3.bucket_mut(cx, target)?.object_mut(&input.key, number) {
        object.change(|extra| extra.legal_hold = Some(on));
    }
    Ok(PutObjectLegalHoldOutput {})
}
