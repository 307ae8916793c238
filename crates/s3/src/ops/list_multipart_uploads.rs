//! `ListMultipartUploads`: the uploads that go on in a bucket, by key and then by when they began.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>

use std::sync::Arc;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::{Owner, Owners};
use super::list_objects_v2::CommonPrefix;
use crate::error::Error;
use crate::headers::check_payer;
use crate::limits::LIST_UPLOADS_MAX;
use crate::listing::{self, Encoding, Position, Query, Row};
use crate::model::{Bucket, State, Upload, UploadPlace};
use crate::opaque_id;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListMultipartUploadsInput {
    bucket: String,
    prefix: Option<String>,
    delimiter: Option<String>,
    key_marker: Option<String>,
    upload_id_marker: Option<String>,
    max_uploads: Option<i64>,
    encoding_type: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMultipartUploadsOutput {
    bucket: String,
    prefix: String,
    delimiter: Option<String>,
    key_marker: String,
    upload_id_marker: String,
    next_key_marker: String,
    next_upload_id_marker: String,
    max_uploads: usize,
    is_truncated: bool,
    encoding_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uploads: Vec<ListedUpload>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    common_prefixes: Vec<CommonPrefix>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListedUpload {
    key: String,
    upload_id: String,
    initiated: Timestamp,
    storage_class: &'static str,
    owner: Owner,
    initiator: Initiator,
    checksum_algorithm: Option<&'static str>,
    checksum_type: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Initiator {
    #[serde(rename = "ID")]
    id: String,
}

/// Runs the operation.
pub fn list_multipart_uploads(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListMultipartUploadsInput,
) -> Result<ListMultipartUploadsOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let encoding = Encoding::parse(input.encoding_type.as_deref())?;
    let max_uploads = max_uploads(input.max_uploads)?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;

    let prefix = input.prefix.as_deref().unwrap_or_default();
    let delimiter = input.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let query = Query { prefix, delimiter, after: None, max_keys: max_uploads };
    let after = input.after(bucket, query)?;
    let page = listing::list_uploads(&bucket.uploads, Query { after: after.as_ref(), ..query });

    let is_truncated = page.truncated;
    let (next_key_marker, next_upload_id_marker) = match page.rows.last() {
        Some(Row::Item(key, upload)) => (encoding.apply(key), upload.id.to_string()),
        Some(Row::CommonPrefix(prefix)) if is_truncated => (encoding.apply(prefix), String::new()),
        _ => (String::new(), String::new()),
    };
    let owners = Owners::of(bucket);
    let (mut uploads, mut common_prefixes) = (Vec::new(), Vec::new());
    for row in page.rows {
        match row {
            Row::Item(key, upload) => uploads.push(listed(encoding.apply(key), upload, &owners)),
            Row::CommonPrefix(prefix) => {
                common_prefixes.push(CommonPrefix { prefix: encoding.apply(&prefix) });
            }
        }
    }
    Ok(ListMultipartUploadsOutput {
        prefix: encoding.apply(input.prefix.as_deref().unwrap_or_default()),
        delimiter: input.delimiter.as_deref().map(|it| encoding.apply(it)),
        key_marker: encoding.apply(input.key_marker.as_deref().unwrap_or_default()),
        upload_id_marker: input.upload_id_marker.unwrap_or_default(),
        bucket: input.bucket,
        next_key_marker,
        next_upload_id_marker,
        max_uploads,
        is_truncated,
        encoding_type: encoding.name(),
        uploads,
        common_prefixes,
    })
}

impl ListMultipartUploadsInput {
    /// Where the page begins. An upload id alone is ignored; with a key it must be one of its uploads,
    /// which may have ended since.
    fn after(&self, bucket: &Bucket, query: Query<'_>) -> Result<Option<Position>, Error> {
        let Some(key) = self.key_marker.as_deref().filter(|key| !key.is_empty()) else {
            return Ok(None);
        };
        let Some(id) = self.upload_id_marker.as_deref().filter(|id| !id.is_empty()) else {
            return Ok(Some(query.after_all_of(key)));
        };
        let invalid = || Error::argument("Invalid uploadId marker", "upload-id-marker", id);
        let number = opaque_id::number(id).ok_or_else(invalid)?;
        let place = UploadPlace { key: Arc::from(key), number };
        match bucket.uploads.get(&place) {
            Some(upload) if upload.id.as_ref() != id => Err(invalid()),
            _ => Ok(Some(Position::Within(key.to_owned(), number))),
        }
    }
}

fn listed(key: String, upload: &Upload, owners: &Owners<'_>) -> ListedUpload {
    ListedUpload {
        key,
        upload_id: upload.id.to_string(),
        initiated: upload.initiated,
        storage_class: upload.storage_class.name(),
        owner: owners.owner(&upload.extra),
        initiator: Initiator { id: upload.initiator.clone() },
        checksum_algorithm: upload.checksum.map(|(algorithm, _)| algorithm.name()),
        checksum_type: upload.checksum.map(|(_, kind)| kind.name()),
    }
}

/// More than 1,000 is 1,000.
fn max_uploads(sent: Option<i64>) -> Result<usize, Error> {
    let Some(sent) = sent else { return Ok(LIST_UPLOADS_MAX) };
    let taken = i32::try_from(sent).ok().and_then(|uploads| usize::try_from(uploads).ok());
    taken.map(|uploads| uploads.min(LIST_UPLOADS_MAX)).ok_or_else(|| {
        let message = "Argument max-uploads must be an integer between 0 and 2147483647";
        Error::argument(message, "max-uploads", sent.to_string())
    })
}
