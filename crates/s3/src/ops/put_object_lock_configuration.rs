//! `PutObjectLockConfiguration`: turns object lock on, and says how new versions are retained.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::check_payer;
use crate::limits::{LOCK_DAYS_MAX, LOCK_YEARS_MAX};
use crate::model::{DefaultRetention, LockMode, ObjectLock, Period, State, Versioning};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectLockConfigurationInput {
    bucket: String,
    object_lock_configuration: Option<Configuration>,
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
struct Configuration {
    object_lock_enabled: Option<String>,
    rule: Option<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Rule {
    default_retention: Option<SentDefault>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SentDefault {
    mode: Option<String>,
    days: Option<i64>,
    years: Option<i64>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutObjectLockConfigurationOutput {}

/// Runs the operation.
pub fn put_object_lock_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectLockConfigurationInput,
) -> Result<PutObjectLockConfigurationOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket_mut(cx, target)?;
    let configuration = input.object_lock_configuration.ok_or(Error::MalformedXML {})?;
    if configuration.object_lock_enabled.as_deref() != Some("Enabled") {
        return Err(Error::MalformedXML {});
    }
    let default = configuration.rule.map(default).transpose()?;
    if bucket.versioning != Some(Versioning::Enabled) {
        return Err(Error::InvalidBucketState {
            message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock \
                      configuration"
                .to_owned(),
        });
    }
    bucket.object_lock = Some(ObjectLock { default });
    Ok(PutObjectLockConfigurationOutput {})
}

/// A mode, and either days or years.
fn default(rule: Rule) -> Result<DefaultRetention, Error> {
    let sent = rule.default_retention.ok_or(Error::MalformedXML {})?;
    let mode = sent.mode.as_deref().and_then(LockMode::parse).ok_or(Error::MalformedXML {})?;
    let (name, count, maximum) = match (sent.days, sent.years) {
        (Some(days), None) => ("Days", days, LOCK_DAYS_MAX),
        (None, Some(years)) => ("Years", years, LOCK_YEARS_MAX),
        _ => return Err(Error::MalformedXML {}),
    };
    if count < 1 {
        let message = "Default retention period must be a positive integer value.";
        return Err(Error::argument(message, name, count.to_string()));
    }
    let fits = u32::try_from(count).ok().filter(|count| *count <= maximum);
    let count = fits.ok_or_else(|| {
        Error::argument("Default retention period too large.", name, count.to_string())
    })?;
    let period = if name == "Days" { Period::Days(count) } else { Period::Years(count) };
    Ok(DefaultRetention { mode, period })
}
