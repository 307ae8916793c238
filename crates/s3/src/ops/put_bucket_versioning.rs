//! `PutBucketVersioning`: has a bucket keep older versions, or stop to.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
//!
//! Differences from AWS: MFA delete is refused, since there are no MFA devices here.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{State, Versioning};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutBucketVersioningInput {
    bucket: String,
    versioning_configuration: VersioningConfiguration,
    #[serde(rename = "MFA")]
    mfa: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    #[serde(rename = "ContentMD5")]
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    content_md5: Option<String>,
    expected_bucket_owner: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct VersioningConfiguration {
    status: Option<String>,
    #[serde(rename = "MFADelete")]
    mfa_delete: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutBucketVersioningOutput {}

/// Runs the operation.
pub fn put_bucket_versioning(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketVersioningInput,
) -> Result<PutBucketVersioningOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket_mut(cx, Target { bucket: &input.bucket, expected_owner })?;
    let versioning = versioning(&input.versioning_configuration, input.mfa.is_some())?;
    if versioning == Versioning::Suspended && bucket.object_lock.is_some() {
        return Err(Error::InvalidBucketState {
            message: "An Object Lock configuration is present on this bucket, so the versioning \
                      state cannot be changed."
                .to_owned(),
        });
    }
    if versioning == Versioning::Suspended && bucket.config.replication.is_some() {
        return Err(Error::InvalidBucketState {
            message: "A replication configuration is present on this bucket, so you cannot change \
                      the versioning state. To change the versioning state, first delete the \
                      replication configuration."
                .to_owned(),
        });
    }
    bucket.versioning = Some(versioning);
    Ok(PutBucketVersioningOutput {})
}

/// What a configuration asks for.
fn versioning(configuration: &VersioningConfiguration, mfa: bool) -> Result<Versioning, Error> {
    match configuration.mfa_delete.as_deref() {
        None | Some("Disabled") => {}
        Some("Enabled") if mfa => {
            return Err(Error::not_simulated("MFADelete", "Enabled"));
        }
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
        Some("Enabled") => {
            let message = "DevPay and Mfa are mutually exclusive authorization methods.";
            return Err(Error::request(message));
        }
        Some(_) => return Err(Error::MalformedXML {}),
    }
    match configuration.status.as_deref() {
        Some("Enabled") => Ok(Versioning::Enabled),
        Some("Suspended") => Ok(Versioning::Suspended),
        Some(_) => Err(Error::MalformedXML {}),
        None => {
            let message = "The Versioning element must be specified".to_owned();
            Err(Error::IllegalVersioningConfigurationException { message })
        }
    }
}
