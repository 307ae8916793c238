//! `RestoreObject`: has a copy of an archived object made, which can be read for some days.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
//!
//! Differences from AWS: a restore takes the longest of the times that AWS gives for its tier, and
//! answers 200 whether or not there is a copy already. Restoring to another place (`SELECT`) is
//! refused by name.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::events;
use crate::headers::check_payer;
use crate::model::{Object, Restore, RestoreTier, State};
use crate::restore::{self, Moment};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RestoreObjectInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    restore_request: Option<RestoreRequest>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RestoreRequest {
    days: Option<i64>,
    glacier_job_parameters: Option<GlacierJobParameters>,
    tier: Option<String>,
    #[expect(dead_code, reason = "a note that S3 keeps to itself")]
    description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct GlacierJobParameters {
    tier: String,
}

/// It has no members; what is said here is the status.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreObjectOutput {
    /// 200, if the copy that is there only stays longer; else 202.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html> ("Responses")
    status_code: i64,
}

/// Runs the operation.
pub fn restore_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: RestoreObjectInput,
) -> Result<RestoreObjectOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let (version, object) = bucket.object_for("POST", &input.key, input.version_id.as_deref())?;
    if !object.storage_class.is_archived() {
        return Err(Error::InvalidObjectState {
            message: "Restore is not allowed for the object's current storage class".to_owned(),
            storage_class: object.storage_class.name().to_owned(),
        });
    }
    let request = input.restore_request.ok_or(Error::MalformedXML {})?;
    let (days, tier) = request.read()?;
    let restore = restored(object, cx, days, tier)?;
    let (number, version_id) = (version.number, bucket.shown_id(version));
    let begins = restore.is_ongoing(cx.now);
    let about = (input.bucket.as_str(), input.key.as_str(), version_id.as_deref());
    let bucket = s3.bucket_mut(cx, target)?;
    if let Some(object) = bucket.object_mut(&input.key, number) {
        object.change(|extra| extra.restore = Some(restore));
        let object = object.clone();
        if begins {
            events::object_changed(s3, cx, "ObjectRestore:Post", about, Some(&object));
            restore::set_timer(cx, about, number, restore.ready, Moment::Ready);
        }
        restore::set_timer(cx, about, number, restore.expires, Moment::Expired);
    }
    Ok(RestoreObjectOutput { status_code: if begins { 202 } else { 200 } })
}

/// What the object's restore becomes: a new one, a faster one, or a later end of the copy that is
/// there.
fn restored(object: &Object, cx: &Ctx<'_>, days: u32, tier: RestoreTier) -> Result<Restore, Error> {
    let takes = tier.takes(object.storage_class).ok_or_else(|| {
        Error::argument(
            "Retrieval option is not supported by this storage class",
            "Tier",
            "Expedited",
        )
    })?;
    let ready = cx.now.plus(takes);
    match restore::current(object, cx.now) {
        Some(there) if !there.is_ongoing(cx.now) => {
            Ok(Restore { expires: restore::expiry(cx.now, days), ..there })
        }
        Some(ongoing) if tier <= ongoing.tier => Err(Error::RestoreAlreadyInProgress {}),
        _ => Ok(Restore { ready, expires: restore::expiry(ready, days), tier }),
    }
}

impl RestoreRequest {
    fn read(&self) -> Result<(u32, RestoreTier), Error> {
        let days = self.days.ok_or(Error::MalformedXML {})?;
        let days = u32::try_from(days).ok().filter(|days| *days > 0).ok_or_else(|| {
            let message = "restoration days should be at least 1";
            Error::argument(message, "Days", days.to_string())
        })?;
        let named = self.glacier_job_parameters.as_ref().map(|it| it.tier.as_str());
        let named = named.or(self.tier.as_deref()).unwrap_or("Standard");
        let tier = RestoreTier::parse(named).ok_or(Error::MalformedXML {})?;
        Ok((days, tier))
    }
}
