//! `PostObject`: a form with a file, by which a page lets its visitors upload.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>
//!
//! Differences from AWS: as those of `PutObject`.

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use cloudarium_shape::{Blob, Map, Value, ValueError, from_value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::put_object;
use crate::access;
use crate::config::tagging::{TagSet, Tagged, check};
use crate::error::Error;
use crate::model::State;
use crate::post_policy::{self, Form};

/// Fields of the form that are members of `PutObject`.
const MEMBERS: [(&str, &str); 31] = [
    ("acl", "ACL"),
    ("cache-control", "CacheControl"),
    ("content-disposition", "ContentDisposition"),
    ("content-encoding", "ContentEncoding"),
    ("content-language", "ContentLanguage"),
    ("content-md5", "ContentMD5"),
    ("content-type", "ContentType"),
    ("expires", "Expires"),
    ("x-amz-checksum-algorithm", "ChecksumAlgorithm"),
    ("x-amz-checksum-crc32", "ChecksumCRC32"),
    ("x-amz-checksum-crc32c", "ChecksumCRC32C"),
    ("x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"),
    ("x-amz-checksum-md5", "ChecksumMD5"),
    ("x-amz-checksum-sha1", "ChecksumSHA1"),
    ("x-amz-checksum-sha256", "ChecksumSHA256"),
    ("x-amz-checksum-sha512", "ChecksumSHA512"),
    ("x-amz-checksum-xxhash128", "ChecksumXXHASH128"),
    ("x-amz-checksum-xxhash3", "ChecksumXXHASH3"),
    ("x-amz-checksum-xxhash64", "ChecksumXXHASH64"),
    ("x-amz-request-payer", "RequestPayer"),
    ("x-amz-server-side-encryption", "ServerSideEncryption"),
    ("x-amz-server-side-encryption-aws-kms-key-id", "SSEKMSKeyId"),
    ("x-amz-server-side-encryption-context", "SSEKMSEncryptionContext"),
    ("x-amz-server-side-encryption-customer-algorithm", "SSECustomerAlgorithm"),
    ("x-amz-server-side-encryption-customer-key", "SSECustomerKey"),
    ("x-amz-server-side-encryption-customer-key-md5", "SSECustomerKeyMD5"),
    ("x-amz-storage-class", "StorageClass"),
    ("x-amz-website-redirect-location", "WebsiteRedirectLocation"),
    ("x-amz-object-lock-legal-hold", "ObjectLockLegalHoldStatus"),
    ("x-amz-object-lock-mode", "ObjectLockMode"),
    (RETAIN_UNTIL, "ObjectLockRetainUntilDate"),
];

/// The one field that is an instant.
const RETAIN_UNTIL: &str = "x-amz-object-lock-retain-until-date";

/// Fields of the signature, which was looked at before.
const SIGNED_BY: [&str; 5] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
];

/// What a query keeps as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// What a path keeps as it is.
const PATH: &AsciiSet = &QUERY.remove(b'/');

/// What the form says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PostObjectInput {
    bucket: String,
    fields: BTreeMap<String, String>,
    #[serde(default)]
    tag_set: TagSet,
    #[serde(default)]
    file_name: String,
    file: Blob,
    #[serde(default)]
    place: String,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PostObjectOutput {
    status_code: i64,
    headers: BTreeMap<&'static str, String>,
    location: String,
    bucket: String,
    key: String,
    #[serde(rename = "ETag")]
    etag: String,
}

/// Runs the operation.
pub fn post_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    mut input: PostObjectInput,
) -> Result<PostObjectOutput, Error> {
    let Some(key) = input.fields.get("key").filter(|key| !key.is_empty()) else {
        let words = "Bucket POST must contain a field named 'key'.  If it is specified, please \
                     check the order of the fields.";
        return Err(Error::argument(words, "key", ""));
    };
    let key = key.replace("${filename}", &input.file_name);
    input.fields.insert("key".to_owned(), key.clone());
    let form = Form {
        bucket: &input.bucket,
        fields: &input.fields,
        file_bytes: input.file.0.len() as u64,
    };
    post_policy::check(&form)?;
    check(&input.tag_set, Tagged::Object)?;
    let put = as_put(&input, &key)?;
    access::check(s3, cx, "PutObject", &put)?;
    let put = from_value(put).map_err(|error| match error {
        ValueError::UnknownMember(member) => Error::not_simulated(&member, "PostObject"),
        ValueError::Mismatch(_) => Error::InternalError {},
    })?;
    let output = put_object::store(s3, cx, put, "PostObject")?;
    Ok(answer(&input, key, (output.etag(), output.version_id())))
}

/// The same upload as `PutObject` knows it.
fn as_put(input: &PostObjectInput, key: &str) -> Result<Value, Error> {
    let mut members = Map::new();
    let mut metadata = Map::new();
    for (field, value) in &input.fields {
        let value = member(field, value)?;
        if let Some(name) = field.strip_prefix("x-amz-meta-") {
            metadata.insert(name.to_owned(), value);
        } else if let Some((_, member)) = MEMBERS.iter().find(|(name, _)| name == field) {
            members.insert((*member).to_owned(), value);
        } else if field.starts_with("x-amz-") && !SIGNED_BY.contains(&field.as_str()) {
            return Err(Error::not_simulated(field, "PostObject"));
        }
    }
    if !input.tag_set.is_empty() {
        let pairs = input.tag_set.iter().map(|tag| {
            let encoded = |text| utf8_percent_encode(text, QUERY).to_string();
            format!("{}={}", encoded(&tag.key), encoded(&tag.value))
        });
        let tagging = pairs.collect::<Vec<_>>().join("&");
        members.insert("Tagging".to_owned(), Value::String(tagging));
    }
    members.insert("Metadata".to_owned(), Value::Map(metadata));
    members.insert("Bucket".to_owned(), Value::from(input.bucket.as_str()));
    members.insert("Key".to_owned(), Value::from(key));
    members.insert("Body".to_owned(), Value::Blob(input.file.0.clone()));
    Ok(Value::Map(members))
}

/// A field's value as a member has it.
fn member(field: &str, value: &str) -> Result<Value, Error> {
    if field != RETAIN_UNTIL {
        return Ok(Value::from(value));
    }
    // guess: the words; that it is a date in ISO 8601 is documented with the header of PutObject.
    let words = "The retain until date must be provided in ISO 8601 format";
    let at = cloudarium_env::Timestamp::parse_iso(value);
    at.map(Value::Timestamp).ok_or_else(|| Error::argument(words, RETAIN_UNTIL, value))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html> (`success_action_status`)
fn answer(
    input: &PostObjectInput,
    key: String,
    (etag, version_id): (&str, Option<&str>),
) -> PostObjectOutput {
    let field = |name: &str| input.fields.get(name).map(String::as_str);
    let location = format!("http://{}/{}", input.place, utf8_percent_encode(&key, PATH));
    let mut headers = BTreeMap::from([("ETag", etag.to_owned())]);
    if let Some(id) = version_id {
        headers.insert("x-amz-version-id", id.to_owned());
    }
    let redirect = field("success_action_redirect").or_else(|| field("redirect"));
    let redirect = redirect.filter(|to| to.starts_with("http://") || to.starts_with("https://"));
    let status_code = match (redirect, field("success_action_status")) {
        (Some(to), _) => {
            let encoded = |text: &str| utf8_percent_encode(text, QUERY).to_string();
            let sign = if to.contains('?') { '&' } else { '?' };
            let (bucket, key) = (encoded(&input.bucket), encoded(&key));
            let etag = encoded(etag);
            headers.insert("Location", format!("{to}{sign}bucket={bucket}&key={key}&etag={etag}"));
            303
        }
        (None, Some("200")) => 200,
        (None, Some("201")) => 201,
        // Anything else is taken as if nothing were said.
        (None, _) => 204,
    };
    if redirect.is_none() {
        headers.insert("Location", location.clone());
    }
    let etag = etag.to_owned();
    PostObjectOutput { status_code, headers, location, bucket: input.bucket.clone(), key, etag }
}
