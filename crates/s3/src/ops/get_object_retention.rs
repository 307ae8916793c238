//! `GetObjectRetention`: until when a version is kept from being deleted.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html>

use cloudarium_env::Timestamp;
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
pub struct GetObjectRetentionInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetObjectRetentionOutput {
    retention: ShownRetention,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownRetention {
    mode: &'static str,
    retain_until_date: Timestamp,
}

/// Runs the operation.
pub fn get_object_retention(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectRetentionInput,
) -> Result<GetObjectRetentionOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    lock::check_enabled(bucket)?;
    let (_, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    let retention = object.extra().retention.ok_or(Error::NoSuchObjectLockConfiguration {})?;
    let (mode, retain_until_date) = (retention.mode.name(), retention.until);
    Ok(GetObjectRetentionOutput { retention: ShownRetention { mode, retain_until_date } })
}
