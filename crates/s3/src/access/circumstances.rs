//! The circumstances of a request, by condition key.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>,
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys>

use cloudarium_policy::{Caller, Context};
use cloudarium_service::Ctx;
use cloudarium_shape::Value;
use percent_encoding::percent_decode_str;

use crate::limits::LIST_KEYS_MAX;

/// Keys whose value is what the request says in a member.
#[rustfmt::skip]
const MEMBERS: &[(&str, &str)] = &[
    ("ACL", "s3:x-amz-acl"),
    ("GrantFullControl", "s3:x-amz-grant-full-control"),
    ("GrantRead", "s3:x-amz-grant-read"),
    ("GrantReadACP", "s3:x-amz-grant-read-acp"),
    ("GrantWrite", "s3:x-amz-grant-write"),
    ("GrantWriteACP", "s3:x-amz-grant-write-acp"),
    ("MetadataDirective", "s3:x-amz-metadata-directive"),
    ("ServerSideEncryption", "s3:x-amz-server-side-encryption"),
    ("SSEKMSKeyId", "s3:x-amz-server-side-encryption-aws-kms-key-id"),
    ("SSECustomerAlgorithm", "s3:x-amz-server-side-encryption-customer-algorithm"),
    ("StorageClass", "s3:x-amz-storage-class"),
    ("WebsiteRedirectLocation", "s3:x-amz-website-redirect-location"),
    ("ObjectOwnership", "s3:x-amz-object-ownership"),
    ("ObjectLockMode", "s3:object-lock-mode"),
    ("ObjectLockLegalHoldStatus", "s3:object-lock-legal-hold"),
    ("IfMatch", "s3:if-match"),
    ("IfNoneMatch", "s3:if-none-match"),
    ("VersionId", "s3:versionid"),
    ("Prefix", "s3:prefix"),
    ("Delimiter", "s3:delimiter"),
];

/// What is known whatever the request is for.
pub fn of_request(cx: &Ctx<'_>, caller: &Caller, operation: &str, input: &Value) -> Context {
    let mut context = Context::default();
    caller.tell(&mut context);
    of_the_way(cx, &mut context);
    for (member, key) in MEMBERS {
        context.set_some(key, input.get(member).and_then(Value::as_str));
    }
    if let Some(source) = input.get("CopySource").and_then(Value::as_str) {
        let path = source.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy();
        context.set("s3:x-amz-copy-source", path.trim_start_matches('/'));
    }
    if let Some(Value::Timestamp(until)) = input.get("ObjectLockRetainUntilDate") {
        context.set("s3:object-lock-retain-until-date", until.iso_s());
        let days = until.since(cx.now).as_secs().div_ceil(86_400);
        context.set("s3:object-lock-remaining-retention-days", days.to_string());
    }
    if matches!(operation, "ListObjects" | "ListObjectsV2" | "ListObjectVersions") {
        let sent = match input.get("MaxKeys") {
            Some(Value::Int(sent)) => sent.to_string(),
            _ => LIST_KEYS_MAX.to_string(),
        };
        context.set("s3:max-keys", sent);
    }
    let constraint = input.get("CreateBucketConfiguration");
    let constraint = constraint.and_then(|it| it.get("LocationConstraint"));
    context.set_some("s3:locationconstraint", constraint.and_then(Value::as_str));
    tell_tags(&mut context, operation, input);
    context
}

/// How the request came.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html>
fn of_the_way(cx: &Ctx<'_>, context: &mut Context) {
    let facts = cx.facts;
    for (key, value) in cx.global_conditions() {
        context.set(key, value);
    }
    context.set("aws:ViaAWSService", "false");
    context.set_some("s3:x-amz-content-sha256", facts.content_sha256.as_deref());
    if facts.secure_transport {
        context.set("s3:TlsVersion", "1.3");
    }
    if let Some(signature) = &facts.signature {
        context.set("s3:authType", signature.carrier);
        context.set("s3:signatureversion", signature.version);
        context.set_some("s3:signatureAge", signature.age_ms.map(|age| age.to_string()));
    }
}

/// Tags that the request sends: of an upload in a header, of `PutObjectTagging` in its body.
fn tell_tags(context: &mut Context, operation: &str, input: &Value) {
    let tags: Vec<(String, String)> = match input.get("Tagging") {
        Some(Value::String(header)) => header.split('&').filter_map(tag_of_header).collect(),
        Some(body) if operation == "PutObjectTagging" => {
            let set = body.get("TagSet");
            let Some(Value::List(set)) = set else { return };
            let text = |tag: &Value, member| {
                tag.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            set.iter().map(|tag| (text(tag, "Key"), text(tag, "Value"))).collect()
        }
        _ => return,
    };
    context.set_all("s3:RequestObjectTagKeys", tags.iter().map(|(key, _)| key.clone()));
    for (key, value) in &tags {
        context.set(&format!("s3:RequestObjectTag/{key}"), value.as_str());
    }
}

fn tag_of_header(pair: &str) -> Option<(String, String)> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let decoded =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    (!key.is_empty()).then(|| (decoded(key), decoded(value)))
}

/// What is known of the bucket and the object.
pub fn of_resource<'t>(
    context: &mut Context,
    owner: &str,
    tags: impl Iterator<Item = (&'t str, &'t str)>,
) {
    context.set("aws:ResourceAccount", owner);
    context.set("s3:ResourceAccount", owner);
    for (key, value) in tags {
        context.set(&format!("s3:ExistingObjectTag/{key}"), value);
    }
}
