//! `GetObjectLockConfiguration`: whether a bucket has object lock, and how new versions are retained.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Period, State};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetObjectLockConfigurationInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetObjectLockConfigurationOutput {
    object_lock_configuration: Configuration,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    object_lock_enabled: &'static str,
    rule: Option<Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rule {
    default_retention: ShownDefault,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownDefault {
    mode: &'static str,
    days: Option<u32>,
    years: Option<u32>,
}

/// Runs the operation.
pub fn get_object_lock_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectLockConfigurationInput,
) -> Result<GetObjectLockConfigurationOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let Some(lock) = bucket.object_lock else {
        return Err(Error::ObjectLockConfigurationNotFoundError { bucket: input.bucket });
    };
    let rule = lock.default.map(|default| {
        let mode = default.mode.name();
        let (days, years) = match default.period {
            Period::Days(days) => (Some(days), None),
            Period::Years(years) => (None, Some(years)),
        };
        Rule { default_retention: ShownDefault { mode, days, years } }
    });
    let object_lock_configuration = Configuration { object_lock_enabled: "Enabled", rule };
    Ok(GetObjectLockConfigurationOutput { object_lock_configuration })
}
