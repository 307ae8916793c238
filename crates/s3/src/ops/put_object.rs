//! `PutObject`: stores an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
//!
//! Differences from AWS: tags, KMS and customer keys, and object lock are refused by name.

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use cloudarium_shape::Blob;
use serde::{Deserialize, Serialize};

use crate::access::acl;
use crate::checksum::{self, Members};
use crate::condition::WriteConditions;
use crate::error::Error;
use crate::headers::{self, AES256};
use crate::model::{Body, Extra, Metadata, Object, State};
use crate::name;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutObjectInput {
    bucket: String,
    key: String,
    #[serde(default)]
    body: Blob,
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
    #[expect(dead_code, reason = "the body was read by it before it came here")]
    content_length: Option<i64>,
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    checksum_algorithm: Option<String>,
    #[serde(rename = "ChecksumCRC32")]
    crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")]
    crc32c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")]
    crc64nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")]
    sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")]
    sha256: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    server_side_encryption: Option<String>,
    storage_class: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutObjectOutput {
    #[serde(rename = "ETag")]
    etag: String,
    #[serde(flatten)]
    checksum: Members,
    checksum_type: &'static str,
    server_side_encryption: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
}

/// Runs the operation.
pub fn put_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutObjectInput,
) -> Result<PutObjectOutput, Error> {
    store(s3, cx, input, "PutObject")
}

/// The same, told as `reason`: a form uploads as well.
pub fn store(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    mut input: PutObjectInput,
    reason: &str,
) -> Result<PutObjectOutput, Error> {
    input.check()?;
    let metadata = input.take_metadata();
    headers::check_metadata(&metadata)?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    headers::check_size(input.body.0.len())?;
    let bucket = s3.bucket(cx, input.target())?;
    let at = ("s3:PutObject", input.key.as_str());
    let access = acl::of_upload(cx, (&input.bucket, bucket), at, input.acl())?;
    input.conditions().check(bucket, &input.key)?;

    let etag = checksum::etag(&input.body.0);
    checksum::check_md5(input.content_md5.as_deref(), etag)?;
    let algorithm = input.checksum_algorithm.as_deref();
    let checksum = checksum::of_upload(&input.body.0, &input.checksums(), algorithm, None)?;

    let body = Body::Whole(cx.blobs.put(input.body.0.clone()));
    let mut object = Object::new(body, (etag, checksum), Extra { metadata, access });
    object.storage_class = storage_class;
    let version_id =
        crate::store::put(s3, cx, (input.target(), &input.key), object.clone(), reason)?;
    Ok(PutObjectOutput {
        etag: object.quoted_etag(),
        checksum: Members::show(&object.checksum),
        checksum_type: object.checksum.kind.name(),
        server_side_encryption: AES256,
        version_id,
        expiration: s3.expiration_of(&input.bucket, &input.key),
    })
}

impl PutObjectOutput {
    /// The ETag, in quotes.
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// The version that was made, where the bucket keeps them.
    pub fn version_id(&self) -> Option<&str> {
        self.version_id.as_deref()
    }
}

impl PutObjectInput {
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

    fn conditions(&self) -> WriteConditions<'_> {
        let (if_match, if_none_match) = (self.if_match.as_deref(), self.if_none_match.as_deref());
        WriteConditions { if_match, if_none_match }
    }

    fn target(&self) -> Target<'_> {
        Target { bucket: &self.bucket, expected_owner: self.expected_bucket_owner.as_deref() }
    }

    fn checksums(&self) -> Members {
        let Self { crc32, crc32c, crc64nvme, sha1, sha256, .. } = self;
        Members::sent([crc32, crc32c, crc64nvme, sha1, sha256].map(Clone::clone))
    }

    fn take_metadata(&mut self) -> Metadata {
        Metadata {
            cache_control: self.cache_control.take(),
            content_disposition: self.content_disposition.take(),
            content_encoding: self.content_encoding.take(),
            content_language: self.content_language.take(),
            content_type: self.content_type.take(),
            expires: self.expires.take(),
            website_redirect: self.website_redirect_location.take(),
            user: std::mem::take(&mut self.metadata),
        }
    }
}
