//! `PutObjectTagging`: replaces all tags of an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config::tagging::{Tagged, Tagging, check, in_order};
use crate::error::Error;
use crate::events;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectTaggingInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    tagging: Tagging,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    #[serde(rename = "ContentMD5")]
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    content_md5: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutObjectTaggingOutput {
    version_id: Option<String>,
}

/// Runs the operation.
pub fn put_object_tagging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectTaggingInput,
) -> Result<PutObjectTaggingOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let bucket = s3.bucket(cx, target)?;
    check(&input.tagging.tag_set, Tagged::Object)?;
    let (version, _) = bucket.object_for("PUT", &input.key, input.version_id.as_deref())?;
    let (number, version_id) = (version.number, bucket.shown_id(version));
    let about = (input.bucket.as_str(), input.key.as_str(), version_id.as_deref());
    let bucket = s3.bucket_mut(cx, target)?;
    if let Some(object) = bucket.object_mut(&input.key, number) {
        object.change(|extra| extra.tags = in_order(input.tagging.tag_set));
        let object = object.clone();
        events::object_changed(s3, cx, "ObjectTagging:Put", about, Some(&object));
    }
    Ok(PutObjectTaggingOutput { version_id })
}
