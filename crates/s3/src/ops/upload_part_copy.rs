//! `UploadPartCopy`: makes a part out of an object, or of a range of it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html>
//!
//! Differences from AWS: as those of `CopyObject`.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::Serialize;

use super::upload_part::part_number;
use crate::checksum::{self, Members};
use crate::copy_source::{Source, check_size, find};
use crate::encryption::Shown;
use crate::error::Error;
use crate::headers;
use crate::model::{Algorithm, Checksum, Object, Part, State};
use crate::store::{self, Target, to_second};
use crate::upload_input::input;

input!(UploadPartCopyInput {
    bucket: String,
    key: String,
    upload_id: String,
    part_number: i64,
    copy_source: String,
    copy_source_range: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
} with customer_key source_key);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UploadPartCopyOutput {
    copy_part_result: CopyPartResult,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_source_version_id: Option<String>,
    #[serde(flatten)]
    encryption: Shown,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct CopyPartResult {
    #[serde(rename = "ETag")]
    etag: String,
    last_modified: Timestamp,
    #[serde(flatten)]
    checksum: Members,
}

/// Runs the operation.
pub fn upload_part_copy(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: UploadPartCopyInput,
) -> Result<UploadPartCopyOutput, Error> {
    headers::check_payer(input.request_payer.as_deref())?;
    let number = part_number(input.part_number)?;
    let source = Source::parse(&input.copy_source)?;
    let target =
        Target { bucket: &input.bucket, expected_owner: input.expected_bucket_owner.as_deref() };
    let (place, upload) = s3.bucket(cx, target)?.upload(&input.key, &input.upload_id)?;
    let (wanted, encryption) = (upload.checksum, upload.extra.encryption.clone());
    input.customer_key().check_part(&encryption)?;
    let (version_id, original) = find(s3, cx, &source, input.reading())?;

    let body = input.read(cx, &original)?;
    let algorithm = wanted.map_or(Algorithm::Crc64nvme, |(algorithm, _)| algorithm);
    let part = Part {
        etag: encryption.etag(checksum::etag(&body), cx.rng),
        checksum: Checksum::of(algorithm, std::slice::from_ref(&body)),
        modified: to_second(cx.now),
        blob: cx.blobs.put(body),
    };
    let output = UploadPartCopyOutput {
        copy_part_result: CopyPartResult {
            etag: part.etag.quoted(),
            last_modified: part.modified,
            checksum: wanted.map(|_| Members::show(&part.checksum)).unwrap_or_default(),
        },
        copy_source_version_id: version_id,
        encryption: encryption.shown(),
    };
    s3.bucket_mut(cx, target)?.put_part(&place, number, part);
    Ok(output)
}

impl UploadPartCopyInput {
    /// The bytes that the part is made of.
    fn read(&self, cx: &Ctx<'_>, original: &Object) -> Result<Bytes, Error> {
        let range = match self.copy_source_range.as_deref() {
            None => 0..original.size,
            Some(sent) => {
                let (first, last) = first_and_last(sent).ok_or_else(|| {
                    let message = "The x-amz-copy-source-range value must be of the form \
                                   bytes=first-last where first and last are the zero-based \
                                   offsets of the first and last bytes to copy";
                    Error::argument(message, "x-amz-copy-source-range", sent)
                })?;
                if last >= original.size {
                    let size = original.size;
                    let message =
                        format!("Range specified is not valid for source object of size: {size}");
                    return Err(Error::argument(&message, "x-amz-copy-source-range", sent));
                }
                first..last + 1
            }
        };
        check_size(range.end - range.start)?;
        store::read(cx.blobs, &original.body, range)
    }
}

/// `bytes=0-9`, and nothing looser.
fn first_and_last(range: &str) -> Option<(u64, u64)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().ok()).flatten()
    };
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some((first, last))
}
