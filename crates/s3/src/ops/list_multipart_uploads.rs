//! `ListMultipartUploads`: the uploads that go on in a bucket, by key and then by when they began.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>

use std::cmp::Ordering;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::Owner;
use crate::error::Error;
use crate::headers::check_payer;
use crate::limits::LIST_UPLOADS_MAX;
use crate::listing::Encoding;
use crate::model::{Bucket, State, Upload};
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
    next_key_marker: Option<String>,
    next_upload_id_marker: Option<String>,
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
    storage_class: String,
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

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct CommonPrefix {
    prefix: String,
}

/// One upload, or many that are rolled up.
enum Row<'a> {
    Upload(&'a str, &'a Upload),
    CommonPrefix(&'a str),
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

    let mut rows = input.rows(bucket);
    let is_truncated = max_uploads > 0 && rows.len() > max_uploads;
    rows.truncate(max_uploads);
    let next = rows.last().filter(|_| is_truncated).map(|row| match row {
        Row::Upload(id, upload) => (encoding.apply(&upload.key), Some((*id).to_owned())),
        Row::CommonPrefix(prefix) => (encoding.apply(prefix), None),
    });
    let (next_key_marker, next_upload_id_marker) =
        next.map_or((None, None), |(key, id)| (Some(key), id));
    let owner = Owner::of(&bucket.owner);
    let (mut uploads, mut common_prefixes) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Row::Upload(id, upload) => uploads.push(listed(id, upload, encoding, &owner)),
            Row::CommonPrefix(prefix) => {
                common_prefixes.push(CommonPrefix { prefix: encoding.apply(prefix) });
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
    /// All rows after the markers.
    fn rows<'b>(&self, bucket: &'b Bucket) -> Vec<Row<'b>> {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        let mut uploads: Vec<(&str, &Upload)> =
            bucket.uploads.iter().map(|(id, upload)| (id.as_str(), upload)).collect();
        uploads.retain(|(_, upload)| upload.key.starts_with(prefix));
        uploads.sort_by(|one, other| in_order(*one, *other));
        let passed = self.passed(&uploads);
        let mut rows: Vec<Row<'b>> = Vec::new();
        for (id, upload) in uploads.into_iter().skip(passed) {
            match self.common_prefix(prefix, &upload.key) {
                None => rows.push(Row::Upload(id, upload)),
                Some(common) => {
                    let same =
                        |row: &Row<'_>| matches!(row, Row::CommonPrefix(it) if *it == common);
                    let listed_before = self.key_marker.as_deref() == Some(common);
                    if !listed_before && !rows.last().is_some_and(same) {
                        rows.push(Row::CommonPrefix(common));
                    }
                }
            }
        }
        rows
    }

    /// How many uploads come before the markers. Of uploads of the marker's key, those up to the
    /// upload id marker are passed; without one, all of them.
    fn passed(&self, uploads: &[(&str, &Upload)]) -> usize {
        let Some(marker) = self.key_marker.as_deref().filter(|marker| !marker.is_empty()) else {
            return 0;
        };
        let id = self.upload_id_marker.as_deref().filter(|id| !id.is_empty());
        let of_marker = |(named, _): &(&str, &Upload)| Some(*named) == id;
        match uploads.iter().position(of_marker) {
            Some(at) => at + 1,
            None => uploads.iter().filter(|(_, upload)| upload.key.as_ref() <= marker).count(),
        }
    }

    fn common_prefix<'k>(&self, prefix: &str, key: &'k str) -> Option<&'k str> {
        let delimiter = self.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty())?;
        let at = key.get(prefix.len()..)?.find(delimiter)?;
        key.get(..prefix.len() + at + delimiter.len())
    }
}

fn in_order(one: (&str, &Upload), other: (&str, &Upload)) -> Ordering {
    let place =
        |(id, upload): (&str, &Upload)| (upload.key.to_string(), upload.initiated, id.to_owned());
    place(one).cmp(&place(other))
}

fn listed(id: &str, upload: &Upload, encoding: Encoding, owner: &Owner) -> ListedUpload {
    ListedUpload {
        key: encoding.apply(&upload.key),
        upload_id: id.to_owned(),
        initiated: upload.initiated,
        storage_class: upload.storage_class.clone(),
        owner: owner.clone(),
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
