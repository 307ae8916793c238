//! `DeleteBucket`: deletes an empty bucket, and whatever multipart uploads go on in it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteBucketInput {
    bucket: String,
    expected_bucket_owner: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteBucketOutput {}

/// Runs the operation.
pub fn delete_bucket(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteBucketInput,
) -> Result<DeleteBucketOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    if !bucket.keys.is_empty() {
        let which =
            bucket.versioning.map_or("", |_| ". You must delete all versions in the bucket.");
        return Err(Error::BucketNotEmpty { which: which.to_owned(), bucket: input.bucket });
    }
    if let Some(timer) = s3.buckets.remove(&input.bucket).and_then(|gone| gone.lifecycle_timer) {
        cx.host.cancel_timer(timer);
    }
    Ok(DeleteBucketOutput {})
}
