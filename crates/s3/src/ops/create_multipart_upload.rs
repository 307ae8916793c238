//! `CreateMultipartUpload`: begins an upload in parts.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
//!
//! Differences from AWS: as those of `PutObject`.

use cloudarium_env::Timestamp;
use cloudarium_service::{Ctx, Principal};
use serde::Serialize;

use crate::access::acl;
use crate::encryption::Shown;
use crate::error::Error;
use crate::model::{Algorithm, ChecksumKind, Extra, State, Upload};
use crate::store::to_second;
use crate::sweep::abort_headers;
use crate::upload_input::input;
use crate::{headers, tags};

input!(CreateMultipartUploadInput {
    bucket: String,
    key: String,
    checksum_algorithm: Option<String>,
    checksum_type: Option<String>,
} with upload);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMultipartUploadOutput {
    bucket: String,
    key: String,
    upload_id: String,
    #[serde(flatten)]
    encryption: Shown,
    #[serde(rename = "SSEKMSEncryptionContext", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum_algorithm: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abort_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abort_rule_id: Option<String>,
}

/// Runs the operation.
pub fn create_multipart_upload(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    mut input: CreateMultipartUploadInput,
) -> Result<CreateMultipartUploadOutput, Error> {
    input.check_upload()?;
    let checksum = checksum(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    let metadata = input.take_metadata();
    headers::check_metadata(&metadata)?;
    let tags = tags::from_header(input.tagging.as_deref())?;
    let bucket = s3.bucket(cx, input.target())?;
    let at = ("s3:PutObject", input.key.as_str());
    let access = acl::of_upload(cx, (&input.bucket, bucket), at, input.acl())?;
    let encryption = input.encryption().choose(cx, bucket)?;
    let (shown, context) = (encryption.shown(), encryption.context());
    let mut extra = Extra { metadata, access, tags, encryption, ..Extra::default() };
    input.lock().apply(bucket, cx.now, &mut extra)?;
    let bucket = s3.bucket_mut(cx, input.target())?;
    let upload_id = bucket.begin_upload(&input.key, cx.rng, |id| Upload {
        id,
        initiated: to_second(cx.now),
        initiator: initiator(cx.caller),
        storage_class,
        extra,
        checksum,
        parts: imbl::OrdMap::new(),
    });
    let (abort_date, abort_rule_id) = abort_headers(bucket, &input.key, to_second(cx.now)).unzip();
    Ok(CreateMultipartUploadOutput {
        abort_date,
        abort_rule_id,
        bucket: input.bucket,
        key: input.key,
        upload_id: upload_id.to_string(),
        encryption: shown,
        context,
        checksum_algorithm: checksum.map(|(algorithm, _)| algorithm.name()),
        checksum_type: checksum.map(|(_, kind)| kind.name()),
    })
}

/// Which checksum the object will have. Not every algorithm goes with every kind.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
fn checksum(
    algorithm: Option<&str>,
    kind: Option<&str>,
) -> Result<Option<(Algorithm, ChecksumKind)>, Error> {
    let kind = kind.map(ChecksumKind::parse).transpose()?;
    let algorithm = match (algorithm.map(Algorithm::parse).transpose()?, kind) {
        (Some(algorithm), _) => algorithm,
        (None, None) => return Ok(None),
        (None, Some(_)) => {
            return Err(Error::request(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm \
                 header.",
            ));
        }
    };
    let kind = kind.unwrap_or_else(|| algorithm.usual_kind());
    let fits = match algorithm {
        Algorithm::Crc32 | Algorithm::Crc32c => true,
        Algorithm::Crc64nvme => kind == ChecksumKind::FullObject,
        // guess: of the newer ones AWS documents no more than that they are there.
        _ => kind == ChecksumKind::Composite,
    };
    if fits {
        return Ok(Some((algorithm, kind)));
    }
    Err(Error::request(format!(
        "The {} checksum type cannot be used with the {} checksum algorithm.",
        kind.name(),
        algorithm.name().to_ascii_lowercase(),
    )))
}

/// An account is told by its canonical user id, a user by its ARN.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Initiator.html>
fn initiator(caller: &Principal) -> String {
    if caller.is_anonymous() || caller.arn.ends_with(":root") {
        return headers::canonical_id(&caller.account);
    }
    caller.arn.clone()
}
