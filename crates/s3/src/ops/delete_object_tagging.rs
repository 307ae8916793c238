//! `DeleteObjectTagging`: takes all tags from an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::events;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteObjectTaggingInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteObjectTaggingOutput {
    version_id: Option<String>,
}

/// Runs the operation.
pub fn delete_object_tagging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteObjectTaggingInput,
) -> Result<DeleteObjectTaggingOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let (version, _) = bucket.object_for("DELETE", &input.key, input.version_id.as_deref())?;
    let (number, version_id) = (version.number, bucket.shown_id(version));
    let about = (input.bucket.as_str(), input.key.as_str(), version_id.as_deref());
    let bucket = s3.bucket_mut(cx, target)?;
    if let Some(object) = bucket.object_mut(&input.key, number) {
        object.change(|extra| extra.tags.clear());
        let object = object.clone();
        events::object_changed(s3, cx, "ObjectTagging:Delete", about, Some(&object));
    }
    Ok(DeleteObjectTaggingOutput { version_id })
}
