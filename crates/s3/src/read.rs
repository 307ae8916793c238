//! What `GetObject` and `HeadObject` share: all but the body.

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::Blob;
use serde::Serialize;

use crate::checksum::Members;
use crate::condition::Conditions;
use crate::encryption::Shown;
use crate::error::Error;
use crate::headers::{check_payer, shown_class};
use crate::model::{Bucket, Object, State, Version};
use crate::range::{Slice, slice};
use crate::store::Target;
use crate::sweep::expiration_header;
use crate::upload_input::input;
use crate::{lock, mail_safe, restore};

input!(ReadInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    if_modified_since: Option<Timestamp>,
    if_unmodified_since: Option<Timestamp>,
    range: Option<String>,
    part_number: Option<i64>,
    checksum_mode: Option<String>,
    response_cache_control: Option<String>,
    response_content_disposition: Option<String>,
    response_content_encoding: Option<String>,
    response_content_language: Option<String>,
    response_content_type: Option<String>,
    response_expires: Option<Timestamp>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
} with customer_key);

/// Members of both outputs. (A struct with a flattened part is written as a map, where what is
/// absent must be said to be.)
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReadOutput {
    /// The bytes; `HeadObject` has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Blob>,
    accept_ranges: &'static str,
    last_modified: Timestamp,
    content_length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_range: Option<String>,
    #[serde(rename = "ETag")]
    etag: String,
    #[serde(flatten)]
    checksum: Members,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_control: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_disposition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_language: Option<String>,
    content_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website_redirect_location: Option<String>,
    #[serde(flatten)]
    encryption: Shown,
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restore: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_lock_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_lock_retain_until_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_lock_legal_hold_status: Option<&'static str>,
}

/// Finds the object and the bytes that are asked for, and describes them.
pub fn find<'s>(
    s3: &'s State,
    cx: &Ctx<'_>,
    input: &ReadInput,
) -> Result<(&'s Object, Slice, ReadOutput), Error> {
    check_payer(input.request_payer.as_deref())?;
    let target =
        Target { bucket: &input.bucket, expected_owner: input.expected_bucket_owner.as_deref() };
    let bucket = s3.bucket(cx, target)?;
    input.check_overrides(cx)?;
    let (version, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    input.customer_key().check_read(object)?;
    input.conditions().check_read(version, object)?;
    let slice = slice(object, input.range.as_deref(), input.part_number)?;
    let mut output = describe(input, (bucket, version, object), &slice, cx.now)?;
    if input.version_id.is_none() {
        output.expiration = expiration_header(bucket, &input.key);
    }
    Ok((object, slice, output))
}

impl ReadInput {
    fn conditions(&self) -> Conditions<'_> {
        Conditions {
            if_match: self.if_match.as_deref(),
            if_none_match: self.if_none_match.as_deref(),
            if_modified_since: self.if_modified_since,
            if_unmodified_since: self.if_unmodified_since,
        }
    }

    /// Headers of the answer are chosen by requests that are signed only.
    fn check_overrides(&self, cx: &Ctx<'_>) -> Result<(), Error> {
        let texts = [
            &self.response_cache_control,
            &self.response_content_disposition,
            &self.response_content_encoding,
            &self.response_content_language,
            &self.response_content_type,
        ];
        let any = texts.iter().any(|text| text.is_some()) || self.response_expires.is_some();
        if any && cx.caller.is_anonymous() {
            return Err(Error::request(
                "Request specific response headers cannot be used for anonymous GET requests.",
            ));
        }
        Ok(())
    }

    /// Whether checksums are shown.
    fn shows_checksum(&self) -> Result<bool, Error> {
        match self.checksum_mode.as_deref() {
            None => Ok(false),
            Some(mode) if mode.eq_ignore_ascii_case("ENABLED") => Ok(true),
            Some(_) => Err(Error::request("Value for x-amz-checksum-mode header is invalid.")),
        }
    }
}

fn describe(
    input: &ReadInput,
    (bucket, version, object): (&Bucket, &Version, &Object),
    slice: &Slice,
    now: Timestamp,
) -> Result<ReadOutput, Error> {
    let (metadata, extra) = (object.metadata(), object.extra());
    let (checksum, checksum_type) = shown_checksum(input, object, slice)?;
    let or = |sent: &Option<String>, kept: &Option<String>| sent.clone().or_else(|| kept.clone());
    Ok(ReadOutput {
        body: None,
        accept_ranges: "bytes",
        last_modified: version.modified,
        content_length: slice.bytes.end - slice.bytes.start,
        content_range: slice.content_range.clone(),
        etag: object.quoted_etag(),
        checksum,
        checksum_type,
        version_id: bucket.shown_id(version),
        cache_control: or(&input.response_cache_control, &metadata.cache_control),
        content_disposition: or(&input.response_content_disposition, &metadata.content_disposition),
        content_encoding: or(&input.response_content_encoding, &metadata.content_encoding),
        content_language: or(&input.response_content_language, &metadata.content_language),
        content_type: or(&input.response_content_type, &metadata.content_type)
            .unwrap_or_else(|| "binary/octet-stream".to_owned()),
        expires: or(&input.response_expires.map(Timestamp::http_date), &metadata.expires),
        website_redirect_location: metadata.website_redirect.clone(),
        encryption: extra.encryption.shown(),
        metadata: mail_safe::all(&metadata.user),
        storage_class: shown_class(object.storage_class),
        parts_count: slice.parts_count,
        expiration: None,
        tag_count: Some(extra.tags.len()).filter(|count| *count > 0),
        restore: restore::current(object, now).map(|restore| restore.header(now)),
        object_lock_mode: extra.retention.map(|retention| retention.mode.name()),
        object_lock_retain_until_date: extra.retention.map(|retention| retention.until),
        object_lock_legal_hold_status: extra.legal_hold.map(lock::shown_hold),
    })
}

/// A client compares the checksum with what it received, so a range has none; a part that was
/// uploaded has its own.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
fn shown_checksum(
    input: &ReadInput,
    object: &Object,
    slice: &Slice,
) -> Result<(Members, Option<&'static str>), Error> {
    if !input.shows_checksum()? {
        return Ok((Members::default(), None));
    }
    let kind = Some(object.checksum.kind.name());
    let noted = object.extra().parts.as_ref().filter(|_| object.is_multipart());
    let number = input.part_number.and_then(|number| usize::try_from(number - 1).ok());
    if let (Some(noted), Some(index)) = (noted, number) {
        let members = noted.get(index).map(|(_, part)| object.checksum_of_part(part));
        return Ok((members.unwrap_or_default(), kind));
    }
    if slice.bytes == (0..object.size) {
        return Ok((Members::show(&object.checksum), kind));
    }
    Ok((Members::default(), None))
}
