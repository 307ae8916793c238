//! `UploadPart`: uploads one part; a part with the same number is replaced.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Blob;
use serde::Serialize;

use crate::checksum::{self, Members};
use crate::encryption::Shown;
use crate::error::Error;
use crate::headers;
use crate::limits::PART_NUMBER_MAX;
use crate::model::{Checksum, ChecksumKind, Part, State, Upload};
use crate::store::{Target, to_second};
use crate::upload_input::input;

input!(UploadPartInput {
    bucket: String,
    key: String,
    upload_id: String,
    part_number: i64,
    #[serde(default)]
    body: Blob,
    #[expect(dead_code, reason = "the body was read by it before it came here")]
    content_length: Option<i64>,
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    checksum_algorithm: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
} with customer_key checksums);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UploadPartOutput {
    #[serde(rename = "ETag")]
    etag: String,
    #[serde(flatten)]
    checksum: Members,
    #[serde(flatten)]
    encryption: Shown,
}

/// Runs the operation.
pub fn upload_part(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: UploadPartInput,
) -> Result<UploadPartOutput, Error> {
    headers::check_payer(input.request_payer.as_deref())?;
    let number = part_number(input.part_number)?;
    headers::check_size(input.body.0.len())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let (place, upload) = s3.bucket(cx, target)?.upload(&input.key, &input.upload_id)?;
    let checksums = input.checksums();
    check_kind(upload, &checksums)?;
    input.customer_key().check_part(&upload.extra.encryption)?;
    let encryption = upload.extra.encryption.clone();

    let etag = checksum::etag(&input.body.0);
    checksum::check_md5(input.content_md5.as_deref(), etag)?;
    let wanted = upload.checksum.map(|(algorithm, _)| algorithm);
    let named = input.checksum_algorithm.as_deref();
    let checksum = checksum::of_upload(&input.body.0, &checksums, named, wanted)?;
    let etag = encryption.etag(etag, cx.rng);
    let output = UploadPartOutput {
        etag: etag.quoted(),
        checksum: shown_checksum(upload, &checksums, &checksum),
        encryption: encryption.shown(),
    };
    let blob = cx.blobs.put(input.body.0.clone());
    let part = Part { blob, etag, checksum, modified: to_second(cx.now) };
    s3.bucket_mut(cx, target)?.put_part(&place, number, part);
    Ok(output)
}

/// A part number from 1 to 10,000.
pub fn part_number(sent: i64) -> Result<u32, Error> {
    let number = u32::try_from(sent).ok().filter(|_| (1..=PART_NUMBER_MAX).contains(&sent));
    number.ok_or_else(|| {
        let message = "Part number must be an integer between 1 and 10000, inclusive";
        Error::argument(message, "partNumber", sent.to_string())
    })
}

/// What S3 computes of its own accord for a part it does not tell.
/// <https://github.com/floci-io/floci/pull/3093>
fn shown_checksum(upload: &Upload, sent: &Members, checksum: &Checksum) -> Members {
    if upload.checksum.is_none() && sent.all().is_empty() {
        return Members::default();
    }
    Members::show(checksum)
}

/// A part's checksum is of the kind that the upload was begun with.
fn check_kind(upload: &Upload, sent: &Members) -> Result<(), Error> {
    let Some((expected, kind)) = upload.checksum else { return Ok(()) };
    let actual = match sent.all().first() {
        Some((actual, _)) if *actual == expected => return Ok(()),
        None if kind == ChecksumKind::FullObject => return Ok(()),
        Some((actual, _)) => actual.name(),
        None => "null",
    };
    Err(Error::request(format!(
        "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
        expected.name().to_ascii_lowercase(),
        actual.to_ascii_lowercase(),
    )))
}
