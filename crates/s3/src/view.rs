//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `buckets` | | the caller's buckets in every Region |
//! | `bucket` | `Bucket` | one of them |
//! | `object` | `Bucket`, `Key` | all that is known of an object |
//! | `keys` | `Bucket`, `Prefix` | the first keys that begin so, for completion |
//! | `below` | `Bucket`, `Prefix` | the same, each key only up to its next slash |

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Bound;

use crate::model::{Bucket, Object, State, Version};

/// So many keys are told at once: a list that one chooses from by typing on.
const KEYS_MAX: usize = 200;

/// A bucket, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BucketView {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub region: String,
    /// When it was made.
    pub creation_date: Timestamp,
    /// How many objects it holds.
    pub objects: usize,
    /// Bytes of all its objects.
    pub bytes: u64,
    /// Multipart uploads that go on in it.
    pub uploads: usize,
}

/// An object, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ObjectView {
    /// Its bucket.
    pub bucket: String,
    /// Its key.
    pub key: String,
    /// `arn:aws:s3:::bucket/key`
    pub arn: String,
    /// `s3://bucket/key`
    pub uri: String,
    /// Where it is.
    pub region: String,
    /// How many bytes.
    pub size: u64,
    /// When it was written.
    pub last_modified: Timestamp,
    /// With its quotes.
    #[serde(rename = "ETag")]
    pub etag: String,
    /// `STANDARD`, ...
    pub storage_class: String,
    /// `AES256`
    pub server_side_encryption: &'static str,
    /// `CRC64NVME`, ...
    pub checksum_algorithm: &'static str,
    /// `FULL_OBJECT` or `COMPOSITE`
    pub checksum_type: &'static str,
    /// In base64.
    pub checksum: String,
    /// In how many parts it was uploaded; 1 if at once.
    pub parts: usize,
    /// `Content-Type` and its kin, by their names.
    pub headers: BTreeMap<&'static str, String>,
    /// `x-amz-meta-*`, without that prefix.
    pub metadata: BTreeMap<String, String>,
}

/// The view called `name`.
pub fn view(s3: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let owned = |(_, bucket): &(&String, &Bucket)| bucket.owner == cx.caller.account;
    let named = || {
        let name = text("Bucket")?;
        s3.buckets.get_key_value(name).filter(owned)
    };
    let shown = match name {
        "buckets" => {
            let rows =
                s3.buckets.iter().filter(owned).map(|(name, bucket)| of_bucket(name, bucket));
            to_value(&rows.collect::<Vec<_>>())
        }
        "bucket" => {
            let (name, bucket) = named()?;
            to_value(&of_bucket(name, bucket))
        }
        "object" => {
            let (name, bucket) = named()?;
            let key = text("Key")?;
            let (version, object) = bucket.current(key)?;
            to_value(&of_object((name, bucket), key, version, object))
        }
        "keys" => {
            let (_, bucket) = named()?;
            to_value(&keys(bucket, text("Prefix").unwrap_or_default()))
        }
        "below" => {
            let (_, bucket) = named()?;
            to_value(&keys_below(bucket, text("Prefix").unwrap_or_default()))
        }
        _ => return None,
    };
    shown.ok()
}

fn keys(bucket: &Bucket, prefix: &str) -> Vec<String> {
    let begin = bucket.keys.range::<_, str>((Bound::Included(prefix), Bound::Unbounded));
    let those = begin.take_while(|(key, _)| key.starts_with(prefix));
    let there = those.filter(|(_, versions)| versions.newest.object().is_some());
    there.take(KEYS_MAX).map(|(key, _)| key.to_string()).collect()
}

/// Keys that begin with `prefix`; what follows the next slash is left away, as in a folder.
fn keys_below(bucket: &Bucket, prefix: &str) -> Vec<String> {
    let mut keys: Vec<String> = vec![];
    let after = (Bound::Included(prefix), Bound::Unbounded);
    let begins = bucket.keys.range::<_, str>(after).take_while(|(key, _)| key.starts_with(prefix));
    for (key, _) in begins.filter(|(_, versions)| versions.newest.object().is_some()) {
        let rest = key.get(prefix.len()..).unwrap_or_default();
        let end = rest.find('/').map_or(key.len(), |at| prefix.len() + at + 1);
        let shown: &str = key.get(..end).unwrap_or(key);
        if keys.last().is_none_or(|last| last != shown) {
            if keys.len() == KEYS_MAX {
                break;
            }
            keys.push(shown.to_owned());
        }
    }
    keys
}

/// A bucket.
pub fn of_bucket(name: &str, bucket: &Bucket) -> BucketView {
    BucketView {
        name: name.to_owned(),
        region: bucket.region.clone(),
        creation_date: bucket.created,
        objects: bucket.objects(),
        bytes: bucket.bytes,
        uploads: bucket.uploads.len(),
    }
}

/// An object.
pub fn of_object(
    (name, bucket): (&str, &Bucket),
    key: &str,
    version: &Version,
    object: &Object,
) -> ObjectView {
    let metadata = &object.metadata;
    let headers = [
        ("Cache-Control", &metadata.cache_control),
        ("Content-Disposition", &metadata.content_disposition),
        ("Content-Encoding", &metadata.content_encoding),
        ("Content-Language", &metadata.content_language),
        ("Content-Type", &metadata.content_type),
        ("Expires", &metadata.expires),
        ("Website-Redirect-Location", &metadata.website_redirect),
    ];
    ObjectView {
        bucket: name.to_owned(),
        key: key.to_owned(),
        arn: format!("arn:aws:s3:::{name}/{key}"),
        uri: format!("s3://{name}/{key}"),
        region: bucket.region.clone(),
        size: object.size,
        last_modified: version.modified,
        etag: object.quoted_etag(),
        storage_class: object.storage_class.clone(),
        server_side_encryption: crate::headers::AES256,
        checksum_algorithm: object.checksum.algorithm.name(),
        checksum_type: object.checksum.kind.name(),
        checksum: object.checksum.value.clone(),
        parts: if object.is_multipart() { object.body.blobs().len() } else { 1 },
        headers: headers
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
            .collect(),
        metadata: metadata.user.clone(),
    }
}
