//! `CreateMultipartUpload`: begins an upload in parts.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
//!
//! Differences from AWS: as those of `PutObject`.

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access::acl;
use crate::error::Error;
use crate::headers::{self, AES256};
use crate::model::{Algorithm, ChecksumKind, Extra, Metadata, State, Upload};
use crate::name;
use crate::store::{Target, to_second};
use crate::sweep::abort_headers;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateMultipartUploadInput {
    bucket: String,
    key: String,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    grant_full_control: Option<String>,
    grant_read: Option<String>,
    #[serde(rename = "GrantReadACP")]
    grant_read_acp: Option<String>,
    #[serde(rename = "GrantWriteACP")]
    grant_write_acp: Option<String>,
    cache_control: Option<String>,
    content_disposition: Option<String>,
    content_encoding: Option<String>,
    content_language: Option<String>,
    content_type: Option<String>,
    expires: Option<String>,
    website_redirect_location: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    checksum_algorithm: Option<String>,
    checksum_type: Option<String>,
    server_side_encryption: Option<String>,
    storage_class: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMultipartUploadOutput {
    bucket: String,
    key: String,
    upload_id: String,
    server_side_encryption: &'static str,
    checksum_algorithm: Option<&'static str>,
    checksum_type: Option<&'static str>,
    abort_date: Option<Timestamp>,
    abort_rule_id: Option<String>,
}

/// Runs the operation.
pub fn create_multipart_upload(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateMultipartUploadInput,
) -> Result<CreateMultipartUploadOutput, Error> {
    input.check()?;
    let checksum = checksum(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    let at = ("s3:PutObject", input.key.as_str());
    let bucket = s3.bucket(cx, target)?;
    let access = acl::of_upload(cx, (&input.bucket, bucket), at, input.acl())?;
    let metadata = Metadata {
        cache_control: input.cache_control,
        content_disposition: input.content_disposition,
        content_encoding: input.content_encoding,
        content_language: input.content_language,
        content_type: input.content_type,
        expires: input.expires,
        website_redirect: input.website_redirect_location,
        user: input.metadata,
    };
    headers::check_metadata(&metadata)?;
    let bucket = s3.bucket_mut(cx, target)?;
    let upload_id = bucket.begin_upload(&input.key, cx.rng, |id| Upload {
        id,
        initiated: to_second(cx.now),
        initiator: cx.caller.arn.clone(),
        storage_class,
        extra: Extra { metadata, access },
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
        server_side_encryption: AES256,
        checksum_algorithm: checksum.map(|(algorithm, _)| algorithm.name()),
        checksum_type: checksum.map(|(_, kind)| kind.name()),
    })
}

impl CreateMultipartUploadInput {
    fn check(&self) -> Result<(), Error> {
        name::check_key(&self.key)?;
        headers::check_payer(self.request_payer.as_deref())?;
        headers::check_encryption(self.server_side_encryption.as_deref())?;
        Ok(())
    }

    fn acl(&self) -> acl::Sent<'_> {
        acl::Sent {
            acl: self.acl.as_deref(),
            full_control: self.grant_full_control.as_deref(),
            read: self.grant_read.as_deref(),
            read_acp: self.grant_read_acp.as_deref(),
            write: None,
            write_acp: self.grant_write_acp.as_deref(),
        }
    }
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
        Algorithm::Sha1 | Algorithm::Sha256 => kind == ChecksumKind::Composite,
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
