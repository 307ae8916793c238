//! `DeleteObjects`: deletes up to 1,000 objects; each succeeds or fails by itself.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
//!
//! Differences from AWS: asking to bypass a retention is taken in a bucket without object lock, too:
//! what cleans up after others asks for it everywhere.

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::delete_object::delete_one;
use crate::bucket::check_version_id;
use crate::error::Error;
use crate::headers;
use crate::limits::DELETE_OBJECTS_MAX;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteObjectsInput {
    bucket: String,
    delete: Delete,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    bypass_governance_retention: Option<bool>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Delete {
    #[serde(default)]
    objects: Vec<ObjectIdentifier>,
    #[serde(default)]
    quiet: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ObjectIdentifier {
    #[serde(default)]
    key: String,
    version_id: Option<String>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
    #[expect(dead_code, reason = "conditions of directory buckets alone: here S3 ignores them")]
    last_modified_time: Option<Timestamp>,
    #[expect(dead_code, reason = "conditions of directory buckets alone: here S3 ignores them")]
    size: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteObjectsOutput {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deleted: Vec<Deleted>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Failed>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Deleted {
    key: String,
    version_id: Option<String>,
    delete_marker: Option<bool>,
    delete_marker_version_id: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failed {
    key: String,
    version_id: Option<String>,
    code: &'static str,
    message: String,
}

/// Runs the operation.
pub fn delete_objects(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteObjectsInput,
) -> Result<DeleteObjectsOutput, Error> {
    headers::check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    s3.bucket(cx, target)?;
    let bypass = input.bypass_governance_retention.unwrap_or(false);
    let Delete { objects, quiet } = input.delete;
    let formed = (1..=DELETE_OBJECTS_MAX).contains(&objects.len());
    if !formed || objects.iter().any(|object| object.key.is_empty()) {
        return Err(Error::MalformedXML {});
    }
    let mut output = DeleteObjectsOutput::default();
    for ObjectIdentifier { key, version_id, etag, .. } in objects {
        let which = (key.as_str(), version_id.as_deref(), etag.as_deref());
        let deletion = match version_id.as_deref() {
            // A single deletion calls it malformed; here it is a version that is not there.
            Some(id) if check_version_id(id).is_err() => {
                Err(Error::NoSuchVersion { key: key.clone(), version: id.to_owned() })
            }
            _ => delete_one(s3, cx, target, which, bypass),
        };
        match deletion {
            Ok(_) if quiet => {}
            Ok(deletion) => {
                let marker = deletion.is_about_marker();
                let id = deletion.version_id.filter(|_| marker).map(|id| id.to_string());
                output.deleted.push(Deleted {
                    key,
                    version_id,
                    delete_marker: marker.then_some(true),
                    delete_marker_version_id: id,
                });
            }
            Err(error) => {
                let (code, message) = (error.code(), error.message());
                output.errors.push(Failed { key, version_id, code, message });
            }
        }
    }
    Ok(output)
}
