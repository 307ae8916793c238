//! `DeleteObject`: deletes an object. A key that is not there is deleted just as well.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
//!
//! `If-Match`: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store::{Target, is_null_version};
use crate::{condition, events, headers};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteObjectInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    if_match: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteObjectOutput {
    version_id: Option<String>,
}

/// Runs the operation.
pub fn delete_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteObjectInput,
) -> Result<DeleteObjectOutput, Error> {
    headers::check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    s3.bucket(cx, target)?;
    let version = input.version_id.as_deref();
    delete_one(s3, cx, target, (&input.key, version, input.if_match.as_deref()))?;
    Ok(DeleteObjectOutput { version_id: input.version_id })
}

/// Deletes one version of one key, if its ETag is the one that is named.
pub fn delete_one(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    target: Target<'_>,
    (key, version, if_match): (&str, Option<&str>, Option<&str>),
) -> Result<(), Error> {
    let bucket = s3.bucket_mut(cx, target)?;
    if !is_null_version(version)? {
        return Ok(());
    }
    condition::check_write(bucket, key, if_match, None)?;
    if bucket.delete(key) {
        events::object_deleted(s3, cx, (target.bucket, key), "DeleteObject");
    }
    Ok(())
}
