//! `CopyObject`: makes an object out of another, in any bucket of the same account.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
//!
//! Differences from AWS: sources named by an access point are not simulated. The bytes are shared
//! with the source, not copied.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::Serialize;

use crate::access::acl;
use crate::checksum::{self, Members};
use crate::condition::WriteConditions;
use crate::copy_source::{Source, check_size, find};
use crate::encryption::Shown;
use crate::error::Error;
use crate::model::{Algorithm, Checksum, Extra, Metadata, Object, State, StorageClass};
use crate::store::{self, to_second};
use crate::upload_input::input;
use crate::{headers, tags};

input!(CopyObjectInput {
    bucket: String,
    key: String,
    copy_source: String,
    metadata_directive: Option<String>,
    tagging_directive: Option<String>,
    checksum_algorithm: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
} with upload source_key);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CopyObjectOutput {
    copy_object_result: CopyObjectResult,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_source_version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(flatten)]
    encryption: Shown,
    #[serde(rename = "SSEKMSEncryptionContext", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct CopyObjectResult {
    #[serde(rename = "ETag")]
    etag: String,
    last_modified: Timestamp,
    #[serde(flatten)]
    checksum: Members,
    checksum_type: &'static str,
}

/// Runs the operation.
pub fn copy_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    mut input: CopyObjectInput,
) -> Result<CopyObjectOutput, Error> {
    input.check_upload()?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    let algorithm = input.checksum_algorithm.as_deref().map(Algorithm::parse).transpose()?;
    let replace = directive(input.metadata_directive.as_deref(), "metadata")?;
    let replace_tags = directive(input.tagging_directive.as_deref(), "tagging")?;
    let source = Source::parse(&input.copy_source)?;

    let target = s3.bucket(cx, input.target())?;
    let (copy_source_version_id, original) = find(s3, cx, &source, input.reading())?;
    check_size(original.size)?;
    if !replace && input.changes_nothing(&source, &original) {
        return Err(Error::request(
            "This copy request is illegal because it is trying to copy an object to itself without \
             changing the object's metadata, storage class, website redirect location or encryption \
             attributes.",
        ));
    }
    input.conditions().check(target, &input.key)?;
    let at = ("s3:CopyObject", input.key.as_str());
    let access = acl::of_upload(cx, (&input.bucket, target), at, input.acl())?;
    let tags = if replace_tags {
        tags::from_header(input.tagging.as_deref())?
    } else {
        original.extra().tags.clone()
    };
    let encryption = input.encryption().choose(cx, target)?;
    let mut extra = Extra { access, tags, encryption, ..Extra::default() };
    input.lock().apply(target, cx.now, &mut extra)?;
    extra.metadata = input.copied_metadata(if replace { None } else { Some(&original) });
    headers::check_metadata(&extra.metadata)?;

    let object = duplicate(cx, &original, algorithm, (storage_class, extra))?;
    let copy_object_result = CopyObjectResult {
        etag: object.quoted_etag(),
        last_modified: to_second(cx.now),
        checksum: Members::show(&object.checksum),
        checksum_type: object.checksum.kind.name(),
    };
    let encryption = object.extra().encryption.clone();
    let version_id = store::put(s3, cx, (input.target(), &input.key), object, "CopyObject")?;
    Ok(CopyObjectOutput {
        copy_object_result,
        copy_source_version_id,
        version_id,
        encryption: encryption.shown(),
        context: encryption.context(),
        expiration: s3.expiration_of(&input.bucket, &input.key),
    })
}

/// The same bytes as another object. What was sent in parts is one body in the copy, with an ETag
/// and a checksum of its own.
fn duplicate(
    cx: &mut Ctx<'_>,
    original: &Object,
    algorithm: Option<Algorithm>,
    (storage_class, extra): (StorageClass, Extra),
) -> Result<Object, Error> {
    let algorithm = algorithm.unwrap_or(original.checksum.algorithm);
    let kept = algorithm == original.checksum.algorithm && !original.is_multipart();
    let plain = original.extra().encryption == crate::model::Encryption::S3;
    let (etag, checksum) = if kept && plain {
        (original.etag, original.checksum.clone())
    } else {
        let blobs = original.body.blobs().iter();
        let pieces: Vec<Bytes> =
            blobs.map(|blob| store::read_blob(cx.blobs, blob)).collect::<Result<_, _>>()?;
        (checksum::etag_of_all(&pieces), Checksum::of(algorithm, &pieces))
    };
    let etag = extra.encryption.etag(etag, cx.rng);
    let mut object = Object::new(original.body.clone(), (etag, checksum), extra);
    object.storage_class = storage_class;
    Ok(object)
}

impl CopyObjectInput {
    fn conditions(&self) -> WriteConditions<'_> {
        let (if_match, if_none_match) = (self.if_match.as_deref(), self.if_none_match.as_deref());
        WriteConditions { if_match, if_none_match }
    }

    fn changes_nothing(&self, source: &Source, original: &Object) -> bool {
        source.bucket == self.bucket
            && source.key == self.key
            && source.version_id.is_none()
            && self.storage_class.as_deref().is_none_or(|it| it == original.storage_class.name())
            && self.website_redirect_location.is_none()
            && self.server_side_encryption.is_none()
            && !self.customer_key().is_sent()
    }

    /// The copy's metadata: that of the original, or what the request says. The redirect is the
    /// request's in either case.
    fn copied_metadata(&mut self, original: Option<&Object>) -> Metadata {
        let sent = self.take_metadata();
        match original {
            Some(original) => {
                let website_redirect = sent.website_redirect;
                Metadata { website_redirect, ..original.metadata().clone() }
            }
            None => sent,
        }
    }
}

/// `COPY` (or nothing) is false, `REPLACE` true.
fn directive(sent: Option<&str>, what: &str) -> Result<bool, Error> {
    match sent {
        None | Some("COPY") => Ok(false),
        Some("REPLACE") => Ok(true),
        Some(other) => Err(Error::argument(
            &format!("Unknown {what} directive."),
            &format!("x-amz-{what}-directive"),
            other,
        )),
    }
}
