//! `PutObjectRetention`: keeps a version from being deleted for a time.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::check_payer;
use crate::lock;
use crate::model::{LockMode, Retention, State};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectRetentionInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    retention: Option<SentRetention>,
    bypass_governance_retention: Option<bool>,
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
struct SentRetention {
    mode: Option<String>,
    retain_until_date: Option<Timestamp>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutObjectRetentionOutput {}

/// Runs the operation.
pub fn put_object_retention(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectRetentionInput,
) -> Result<PutObjectRetentionOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let sent = input.retention.as_ref();
    let new = retention(sent.ok_or(Error::MalformedXML {})?)?;
    let found = bucket.object_for("PUT", &input.key, input.version_id.as_deref());
    lock::check_enabled(bucket)?;
    let (version, object) = found?;
    let bypass = input.bypass_governance_retention.unwrap_or(false);
    if new.until <= cx.now {
        let message = "The retain until date must be in the future!";
        return Err(Error::argument(message, "RetainUntilDate", new.until.iso_s()));
    }
    lock::check_change(object.extra().retention, new, cx.now, bypass)?;
    let number = version.number;
    if let Some(object) = s3.bucket_mut(cx, target)?.object_mut(&input.key, number) {
        object.change(|extra| extra.retention = Some(new));
    }
    Ok(PutObjectRetentionOutput {})
}

/// Both members are needed.
fn retention(sent: &SentRetention) -> Result<Retention, Error> {
    let mode = sent.mode.as_deref().and_then(LockMode::parse).ok_or(Error::MalformedXML {})?;
    let until = sent.retain_until_date.ok_or(Error::MalformedXML {})?;
    Ok(Retention { mode, until })
}
