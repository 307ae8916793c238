//! `ListParts`: the parts of an upload that goes on.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>

use std::ops::Bound;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::{Owner, Owners};
use crate::checksum::Members;
use crate::error::Error;
use crate::headers::check_payer;
use crate::limits::LIST_PARTS_MAX;
use crate::model::{Algorithm, ChecksumKind, Part, State};
use crate::store::Target;
use crate::sweep::abort_headers;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListPartsInput {
    bucket: String,
    key: String,
    upload_id: String,
    max_parts: Option<i64>,
    part_number_marker: Option<i64>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPartsOutput {
    bucket: String,
    key: String,
    upload_id: String,
    part_number_marker: u32,
    next_part_number_marker: u32,
    max_parts: usize,
    is_truncated: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<ListedPart>,
    initiator: Initiator,
    owner: Owner,
    storage_class: &'static str,
    checksum_algorithm: Option<&'static str>,
    checksum_type: Option<&'static str>,
    abort_date: Option<Timestamp>,
    abort_rule_id: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListedPart {
    part_number: u32,
    last_modified: Timestamp,
    #[serde(rename = "ETag")]
    etag: String,
    size: u64,
    #[serde(flatten)]
    checksum: Members,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Initiator {
    #[serde(rename = "ID")]
    id: String,
}

/// Runs the operation.
pub fn list_parts(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListPartsInput,
) -> Result<ListPartsOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let max_parts = count("max-parts", input.max_parts)?.map_or(LIST_PARTS_MAX, |sent| {
        usize::try_from(sent).map_or(LIST_PARTS_MAX, |sent| sent.min(LIST_PARTS_MAX))
    });
    let marker = count("part-number-marker", input.part_number_marker)?.unwrap_or(0);
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let (_, upload) = bucket.upload(&input.key, &input.upload_id)?;
    let wanted = upload.checksum;

    let mut following = upload.parts.range((Bound::Excluded(marker), Bound::Unbounded));
    let parts: Vec<ListedPart> = following
        .by_ref()
        .take(max_parts)
        .map(|(number, part)| listed(*number, part, wanted))
        .collect();
    let (abort_date, abort_rule_id) = abort_headers(bucket, &input.key, upload.initiated).unzip();
    Ok(ListPartsOutput {
        abort_date,
        abort_rule_id,
        part_number_marker: marker,
        next_part_number_marker: parts.last().map_or(0, |part| part.part_number),
        max_parts,
        is_truncated: max_parts > 0 && following.next().is_some(),
        parts,
        initiator: Initiator { id: upload.initiator.clone() },
        owner: Owners::of(bucket).owner(&upload.extra),
        storage_class: upload.storage_class.name(),
        checksum_algorithm: wanted.map(|(algorithm, _)| algorithm.name()),
        checksum_type: wanted.map(|(_, kind)| kind.name()),
        bucket: input.bucket,
        key: input.key,
        upload_id: input.upload_id,
    })
}

/// A part; what S3 computed of its own accord is not told (a guess: as in the answer to `UploadPart`).
fn listed(number: u32, part: &Part, wanted: Option<(Algorithm, ChecksumKind)>) -> ListedPart {
    let told = wanted.is_some() || part.checksum.algorithm != Algorithm::Crc64nvme;
    ListedPart {
        part_number: number,
        last_modified: part.modified,
        etag: part.etag.quoted(),
        size: part.blob.length,
        checksum: if told { Members::show(&part.checksum) } else { Members::default() },
    }
}

/// A number from 0 up.
fn count(name: &str, sent: Option<i64>) -> Result<Option<u32>, Error> {
    let Some(sent) = sent else { return Ok(None) };
    let taken = i32::try_from(sent).ok().and_then(|taken| u32::try_from(taken).ok());
    taken.map(Some).ok_or_else(|| {
        let message = format!("Argument {name} must be an integer between 0 and 2147483647");
        Error::argument(&message, name, sent.to_string())
    })
}
