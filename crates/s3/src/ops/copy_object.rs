//! `CopyObject`: makes an object out of another, in any bucket of the same account.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
//!
//! Differences from AWS: sources named by an access point are not simulated. The bytes are shared
//! with the source, not copied.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access::acl;
use crate::checksum::{self, Members};
use crate::condition::{Conditions, WriteConditions};
use crate::copy_source::{Source, check_size, find};
use crate::error::Error;
use crate::headers::{self, AES256};
use crate::model::{Algorithm, Checksum, Extra, Metadata, Object, State, StorageClass};
use crate::name;
use crate::store::{self, Target, to_second};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CopyObjectInput {
    bucket: String,
    key: String,
    copy_source: String,
    copy_source_if_match: Option<String>,
    copy_source_if_none_match: Option<String>,
    copy_source_if_modified_since: Option<Timestamp>,
    copy_source_if_unmodified_since: Option<Timestamp>,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    grant_full_control: Option<String>,
    grant_read: Option<String>,
    #[serde(rename = "GrantReadACP")]
    grant_read_acp: Option<String>,
    #[serde(rename = "GrantWriteACP")]
    grant_write_acp: Option<String>,
    metadata_directive: Option<String>,
    tagging_directive: Option<String>,
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
    if_match: Option<String>,
    if_none_match: Option<String>,
    server_side_encryption: Option<String>,
    storage_class: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
    expected_source_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CopyObjectOutput {
    copy_object_result: CopyObjectResult,
    copy_source_version_id: Option<String>,
    version_id: Option<String>,
    server_side_encryption: &'static str,
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
    input.check()?;
    let storage_class = headers::storage_class(input.storage_class.as_deref())?;
    let algorithm = input.checksum_algorithm.as_deref().map(Algorithm::parse).transpose()?;
    let replace = input.replaces_metadata()?;
    let source = Source::parse(&input.copy_source)?;

    let target = s3.bucket(cx, input.target())?;
    let (copy_source_version_id, original) =
        find(s3, cx, &source, input.source_owner(), input.conditions())?;
    check_size(original.size)?;
    if !replace && input.changes_nothing(&source, &original) {
        return Err(Error::request(
            "This copy request is illegal because it is trying to copy an object to itself without \
             changing the object's metadata, storage class, website redirect location or encryption \
             attributes.",
        ));
    }
    input.write_conditions().check(target, &input.key)?;
    let at = ("s3:CopyObject", input.key.as_str());
    let access = acl::of_upload(cx, (&input.bucket, target), at, input.acl())?;

    let metadata = input.take_metadata(if replace { None } else { Some(&original) });
    headers::check_metadata(&metadata)?;
    let extra = Extra { metadata, access };
    let object = duplicate(cx, &original, algorithm, (storage_class, extra))?;
    let copy_object_result = CopyObjectResult {
        etag: object.quoted_etag(),
        last_modified: to_second(cx.now),
        checksum: Members::show(&object.checksum),
        checksum_type: object.checksum.kind.name(),
    };
    let version_id = store::put(s3, cx, (input.target(), &input.key), object, "CopyObject")?;
    Ok(CopyObjectOutput {
        copy_object_result,
        copy_source_version_id,
        version_id,
        server_side_encryption: AES256,
        expiration: s3.expiration_of(&input.bucket, &input.key),
    })
}

/// The same bytes as another object. What was sent in parts is one body in the copy, with an ETag
/// and a checksum of its own.
fn duplicate(
    cx: &Ctx<'_>,
    original: &Object,
    algorithm: Option<Algorithm>,
    (storage_class, extra): (StorageClass, Extra),
) -> Result<Object, Error> {
    let algorithm = algorithm.unwrap_or(original.checksum.algorithm);
    let kept = algorithm == original.checksum.algorithm && !original.is_multipart();
    let (etag, checksum) = if kept {
        (original.etag, original.checksum.clone())
    } else {
        let blobs = original.body.blobs().iter();
        let pieces: Vec<Bytes> =
            blobs.map(|blob| store::read_blob(cx.blobs, blob)).collect::<Result<_, _>>()?;
        (checksum::etag_of_all(&pieces), Checksum::of(algorithm, &pieces))
    };
    let mut object = Object::new(original.body.clone(), (etag, checksum), extra);
    object.storage_class = storage_class;
    Ok(object)
}

impl CopyObjectInput {
    fn check(&self) -> Result<(), Error> {
        name::check_key(&self.key)?;
        headers::check_payer(self.request_payer.as_deref())?;
        headers::check_encryption(self.server_side_encryption.as_deref())?;
        // No object has tags yet, so copying them and leaving them out are the same.
        directive(self.tagging_directive.as_deref(), "tagging").map(|_| ())
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

    fn source_owner(&self) -> Option<&str> {
        self.expected_source_bucket_owner.as_deref()
    }

    fn conditions(&self) -> Conditions<'_> {
        Conditions {
            if_match: self.copy_source_if_match.as_deref(),
            if_none_match: self.copy_source_if_none_match.as_deref(),
            if_modified_since: self.copy_source_if_modified_since,
            if_unmodified_since: self.copy_source_if_unmodified_since,
        }
    }

    fn write_conditions(&self) -> WriteConditions<'_> {
        let (if_match, if_none_match) = (self.if_match.as_deref(), self.if_none_match.as_deref());
        WriteConditions { if_match, if_none_match }
    }

    fn replaces_metadata(&self) -> Result<bool, Error> {
        directive(self.metadata_directive.as_deref(), "metadata")
    }

    fn target(&self) -> Target<'_> {
        Target { bucket: &self.bucket, expected_owner: self.expected_bucket_owner.as_deref() }
    }

    fn changes_nothing(&self, source: &Source, original: &Object) -> bool {
        source.bucket == self.bucket
            && source.key == self.key
            && source.version_id.is_none()
            && self.storage_class.as_deref().is_none_or(|it| it == original.storage_class.name())
            && self.website_redirect_location.is_none()
            && self.server_side_encryption.is_none()
    }

    /// The copy's metadata: that of the original, or what the request says. The redirect is the
    /// request's in either case.
    fn take_metadata(&mut self, original: Option<&Object>) -> Metadata {
        let website_redirect = self.website_redirect_location.take();
        match original {
            Some(original) => Metadata { website_redirect, ..original.metadata().clone() },
            None => Metadata {
                cache_control: self.cache_control.take(),
                content_disposition: self.content_disposition.take(),
                content_encoding: self.content_encoding.take(),
                content_language: self.content_language.take(),
                content_type: self.content_type.take(),
                expires: self.expires.take(),
                website_redirect,
                user: std::mem::take(&mut self.metadata),
            },
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
