//! `GetObjectLegalHold`: whether a version is kept from being deleted until it is said otherwise.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html>

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
pub struct GetObjectLegalHoldInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetObjectLegalHoldOutput {
    legal_hold: ShownHold,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownHold {
    status: &'static str,
}

/// Runs the operation.
pub fn get_object_legal_hold(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectLegalHoldInput,
) -> Result<GetObjectLegalHoldOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    lock::check_enabled(bucket)?;
    let (_, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    let on = object.extra().legal_hold.ok_or(Error::NoSuchObjectLockConfiguration {})?;
    Ok(GetObjectLegalHoldOutput { legal_hold: ShownHold { status: lock::shown_hold(on) } })
}
