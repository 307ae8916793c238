//! `GetObjectTagging`: the tags of an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config::tagging::TagSet;
use crate::error::Error;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetObjectTaggingInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetObjectTaggingOutput {
    version_id: Option<String>,
    tag_set: TagSet,
}

/// Runs the operation.
pub fn get_object_tagging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectTaggingInput,
) -> Result<GetObjectTaggingOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    let (version, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    let tag_set = object.extra().tags.clone();
    Ok(GetObjectTaggingOutput { version_id: bucket.shown_id(version), tag_set })
}
