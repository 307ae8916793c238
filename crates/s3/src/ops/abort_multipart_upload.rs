//! `AbortMultipartUpload`: ends an upload and drops its parts.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html>
//!
//! To abort an upload again, or after its completion, does nothing, for an hour (a guess: on AWS for some
//! hours).

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::check_payer;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AbortMultipartUploadInput {
    bucket: String,
    key: String,
    upload_id: String,
    if_match_initiated_time: Option<Timestamp>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct AbortMultipartUploadOutput {}

/// Runs the operation.
pub fn abort_multipart_upload(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: AbortMultipartUploadInput,
) -> Result<AbortMultipartUploadOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    if input.if_match_initiated_time.is_some() {
        // A condition of directory buckets.
        return Err(Error::no_such_header("x-amz-if-match-initiated-time", ""));
    }
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket_mut(cx, Target { bucket: &input.bucket, expected_owner })?;
    bucket.abort_upload(&input.key, &input.upload_id, cx.now)?;
    Ok(AbortMultipartUploadOutput {})
}
