//! `PutObject`: stores an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
//!
//! Differences from AWS: any KMS key is taken, without a look whether there is such a key.

use cloudarium_service::Ctx;
use cloudarium_shape::Blob;
use serde::Serialize;

use crate::access::acl;
use crate::checksum::{self, Members};
use crate::condition::WriteConditions;
use crate::encryption::Shown;
use crate::error::Error;
use crate::model::{Body, Extra, Object, State};
use crate::upload_input::input;
use crate::{headers, store, tags};

input!(PutObjectInput {
    bucket: String,
    key: String,
    #[serde(default)]
    body: Blob,
    #[expect(dead_code, reason = "the body was read by it before it came here")]
    content_length: Option<i64>,
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    checksum_algorithm: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
} with upload checksums);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutObjectOutput {
    #[serde(rename = "ETag")]
    etag: String,
    #[serde(flatten)]
    checksum: Members,
    checksum_type: &'static str,
    #[serde(flatten)]
    encryption: Shown,
    #[serde(rename = "SSEKMSEncryptionContext", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
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
    input.check_upload()?;
    let metadata = input.take_metadata();
    headers::check_metadata(&metadata)?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    headers::check_size(input.body.0.len())?;
    let tags = tags::from_header(input.tagging.as_deref())?;
    let bucket = s3.bucket(cx, input.target())?;
    let at = ("s3:PutObject", input.key.as_str());
    let access = acl::of_upload(cx, (&input.bucket, bucket), at, input.acl())?;
    let encryption = input.encryption().choose(cx, bucket)?;
    let mut extra = Extra { metadata, access, tags, encryption, ..Extra::default() };
    input.lock().apply(bucket, cx.now, &mut extra)?;
    if reason == "PutObject" {
        input.check_is_checked(cx, &extra)?;
    }
    input.conditions().check(bucket, &input.key)?;

    let etag = checksum::etag(&input.body.0);
    checksum::check_md5(input.content_md5.as_deref(), etag)?;
    let algorithm = input.checksum_algorithm.as_deref();
    let checksum = checksum::of_upload(&input.body.0, &input.checksums(), algorithm, None)?;

    let etag = extra.encryption.etag(etag, cx.rng);
    let body = Body::Whole(cx.blobs.put(input.body.0.clone()));
    let mut object = Object::new(body, (etag, checksum), extra);
    object.storage_class = storage_class;
    let version_id = store::put(s3, cx, (input.target(), &input.key), object.clone(), reason)?;
    let encryption = &object.extra().encryption;
    Ok(PutObjectOutput {
        etag: object.quoted_etag(),
        checksum: Members::show(&object.checksum),
        checksum_type: object.checksum.kind.name(),
        encryption: encryption.shown(),
        context: encryption.context(),
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
    /// What is locked must come with a checksum. A call by name does not travel, and needs none.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html>
    fn check_is_checked(&self, cx: &Ctx<'_>, extra: &Extra) -> Result<(), Error> {
        let travels = cx.facts.signature.is_some() || cx.caller.is_anonymous();
        let locked = extra.retention.is_some() || extra.legal_hold.is_some();
        let checked = self.content_md5.is_some() || !self.checksums().all().is_empty();
        if !travels || !locked || checked {
            return Ok(());
        }
        Err(Error::request(
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with \
             Object Lock parameters",
        ))
    }

    fn conditions(&self) -> WriteConditions<'_> {
        let (if_match, if_none_match) = (self.if_match.as_deref(), self.if_none_match.as_deref());
        WriteConditions { if_match, if_none_match }
    }
}
