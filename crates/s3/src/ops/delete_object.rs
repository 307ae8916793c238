//! `DeleteObject`: deletes an object, or one version of it. A key that is not there is deleted just
//! as well.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
//!
//! `If-Match`: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::bucket::Deletion;
use crate::error::Error;
use crate::model::{State, Version};
use crate::store::{Target, to_second};
use crate::{condition, events, headers, lock};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteObjectInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    if_match: Option<String>,
    if_match_last_modified_time: Option<Timestamp>,
    if_match_size: Option<i64>,
    bypass_governance_retention: Option<bool>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteObjectOutput {
    delete_marker: Option<bool>,
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
    let bucket = s3.bucket(cx, target)?;
    input.check_conditions()?;
    let bypass = lock::check_bypass(bucket, input.bypass_governance_retention)?;
    let version = input.version_id.as_deref();
    let deletion =
        delete_one(s3, cx, target, (&input.key, version, input.if_match.as_deref()), bypass)?;
    Ok(DeleteObjectOutput {
        delete_marker: deletion.is_about_marker().then_some(true),
        version_id: deletion.version_id.map(|id| id.to_string()),
    })
}

impl DeleteObjectInput {
    /// Size and time are conditions of directory buckets alone, and a version that is named has none.
    fn check_conditions(&self) -> Result<(), Error> {
        let header = if self.if_match_last_modified_time.is_some() {
            "x-amz-if-match-last-modified-time"
        } else if self.if_match_size.is_some() {
            "x-amz-if-match-size"
        } else if self.if_match.is_some() && self.version_id.is_some() {
            "If-Match"
        } else {
            return Ok(());
        };
        Err(Error::no_such_header(header, ""))
    }
}

impl Deletion {
    /// Whether a delete marker was made, or is what was deleted.
    pub fn is_about_marker(&self) -> bool {
        let marker = |version: &Version| version.object().is_none();
        self.marked || self.removed.as_deref().is_some_and(marker) && self.of_version
    }
}

/// Deletes a key, or one version of it, if the current ETag is the one that is named.
pub fn delete_one(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    target: Target<'_>,
    (key, version, if_match): (&str, Option<&str>, Option<&str>),
    bypass: bool,
) -> Result<Deletion, Error> {
    let bucket = s3.bucket_mut(cx, target)?;
    condition::check_delete(bucket, key, if_match)?;
    if let Some(id) = version
        && let Ok(version) = bucket.version(key, Some(id))
        && let Some(object) = version.object()
    {
        lock::check_deletable(object, cx.now, bypass)?;
    }
    let deletion = bucket.delete(key, version, to_second(cx.now), cx.rng)?;
    if deletion.marked || deletion.removed.is_some() {
        events::object_deleted(s3, cx, (target.bucket, key), &deletion, "DeleteObject");
    }
    Ok(deletion)
}
