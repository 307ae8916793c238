//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `buckets` | | the caller's buckets in every Region |
//! | `bucket` | `Bucket` | one of them |
//! | `permissions` | `Bucket` | policy, public access block, ownership and ACL |
//! | `access` | `Bucket`, `Principal`, `Action`, `Key`, `VersionId`, `Circumstances` | can they, and why? |
//! | `object` | `Bucket`, `Key`, `VersionId` | all that is known of an object, or of a version |
//! | `keys` | `Bucket`, `Prefix` | the first keys that begin so, for completion |
//! | `below` | `Bucket`, `Prefix` | the same, each key only up to its next slash |
//! | `storage` | `Bucket`, `Prefix` | what lies where: by class, and by the next part of the keys |
//! | `versions` | `Bucket`, `Prefix`, `Delimiter`, `KeyMarker`, `VersionIdMarker` | a page of keys with all their versions |

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;
use std::collections::BTreeMap;

use crate::access;
use crate::listing::{self, Query, Row};
use crate::lock::shown_hold;
use crate::model::{Bucket, Object, State, Version, Versioning};
use crate::ops::versions_after;
use crate::restore;
use crate::storage_view;

/// So many rows are told at once.
const ROWS_MAX: usize = 200;

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
    /// How many versions of all keys, delete markers among them.
    pub versions: usize,
    /// `Enabled`, `Suspended`; absent if it never was either.
    pub versioning: Option<&'static str>,
    /// Bytes of all versions of all its objects.
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
    /// Absent in a bucket that never kept versions.
    pub version_id: Option<String>,
    /// How many bytes.
    pub size: u64,
    /// When it was written.
    pub last_modified: Timestamp,
    /// With its quotes.
    #[serde(rename = "ETag")]
    pub etag: String,
    /// `STANDARD`, ...
    pub storage_class: &'static str,
    /// `AES256`, `aws:kms`, `aws:kms:dsse`, `SSE-C`
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
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// `GOVERNANCE` or `COMPLIANCE`, if it is retained.
    pub object_lock_mode: Option<&'static str>,
    /// Until when.
    pub object_lock_retain_until_date: Option<Timestamp>,
    /// `ON` or `OFF`, if it was ever said.
    pub object_lock_legal_hold_status: Option<&'static str>,
    /// `x-amz-restore` of an archived object that was restored.
    pub restore: Option<String>,
}

/// A page of keys with all their versions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct VersionsView {
    keys: Vec<KeyView>,
    common_prefixes: Vec<String>,
    /// What the next page is asked for by; absent on the last.
    next_key_marker: Option<String>,
    next_version_id_marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct KeyView {
    key: String,
    versions: Vec<VersionView>,
}

/// A version; of a delete marker no more than the first four members.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct VersionView {
    version_id: String,
    is_latest: bool,
    last_modified: Timestamp,
    delete_marker: bool,
    size: Option<u64>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
    storage_class: Option<&'static str>,
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
        "permissions" => {
            let (_, bucket) = named()?;
            to_value(&access::view::permissions(bucket))
        }
        "access" => {
            let (name, _) = named()?;
            return access::view::access(s3, cx, name, params);
        }
        "object" => {
            let (name, bucket) = named()?;
            let key = text("Key")?;
            let (version, object) = bucket.object(key, text("VersionId")).ok()?;
            to_value(&of_object((name, bucket), key, (version, object), Some(cx.now)))
        }
        "keys" => {
            let (_, bucket) = named()?;
            to_value(&keys(bucket, text("Prefix").unwrap_or_default(), None))
        }
        "below" => {
            let (_, bucket) = named()?;
            to_value(&keys(bucket, text("Prefix").unwrap_or_default(), Some("/")))
        }
        "storage" => {
            let (_, bucket) = named()?;
            let prefix = text("Prefix").unwrap_or_default();
            to_value(&storage_view::storage(bucket, prefix, storage_view::VERSIONS_MAX))
        }
        "versions" => {
            let (_, bucket) = named()?;
            to_value(&versions(bucket, &|name| text(name).map(str::to_owned)))
        }
        _ => return None,
    };
    shown.ok()
}

/// Keys that begin with `prefix`; with a delimiter each only up to the next, as in a folder.
fn keys(bucket: &Bucket, prefix: &str, delimiter: Option<&str>) -> Vec<String> {
    let query = Query { prefix, delimiter, after: None, max_keys: ROWS_MAX };
    let rows = listing::list(&bucket.keys, query).rows.into_iter();
    rows.map(|row| match row {
        Row::Item(key, _) => key.to_owned(),
        Row::CommonPrefix(prefix) => prefix,
    })
    .collect()
}

/// A page of keys with all their versions; a key may go on upon the next page.
fn versions(bucket: &Bucket, text: &dyn Fn(&str) -> Option<String>) -> VersionsView {
    let prefix = text("Prefix").unwrap_or_default();
    let delimiter = text("Delimiter").filter(|it| !it.is_empty());
    let delimiter = delimiter.as_deref();
    let query = Query { prefix: &prefix, delimiter, after: None, max_keys: ROWS_MAX };
    let (key, id) = (text("KeyMarker"), text("VersionIdMarker"));
    let after = versions_after(bucket, query, (key.as_deref(), id.as_deref())).unwrap_or_default();
    let page = listing::list_versions(&bucket.keys, Query { after: after.as_ref(), ..query });
    let mut view = VersionsView::default();
    if page.truncated {
        match page.rows.last() {
            Some(Row::Item(key, (version, _))) => {
                view.next_key_marker = Some((*key).to_owned());
                view.next_version_id_marker = Some(version.shown_id().to_owned());
            }
            Some(Row::CommonPrefix(prefix)) => view.next_key_marker = Some(prefix.clone()),
            None => {}
        }
    }
    for row in page.rows {
        match row {
            Row::CommonPrefix(prefix) => view.common_prefixes.push(prefix),
            Row::Item(key, (version, is_latest)) => {
                if view.keys.last().is_none_or(|last| last.key != key) {
                    view.keys.push(KeyView { key: key.to_owned(), versions: Vec::new() });
                }
                if let Some(last) = view.keys.last_mut() {
                    last.versions.push(of_version(version, is_latest));
                }
            }
        }
    }
    view
}

fn of_version(version: &Version, is_latest: bool) -> VersionView {
    let object = version.object();
    VersionView {
        version_id: version.shown_id().to_owned(),
        is_latest,
        last_modified: version.modified,
        delete_marker: object.is_none(),
        size: object.map(|object| object.size),
        etag: object.map(Object::quoted_etag),
        storage_class: object.map(|object| object.storage_class.name()),
    }
}

/// A bucket.
pub fn of_bucket(name: &str, bucket: &Bucket) -> BucketView {
    BucketView {
        name: name.to_owned(),
        region: bucket.region.clone(),
        creation_date: bucket.created,
        objects: bucket.sums.objects,
        versions: bucket.sums.versions,
        versioning: bucket.versioning.map(Versioning::name),
        bytes: bucket.sums.bytes,
        uploads: bucket.uploads.len(),
    }
}

/// An object; without a moment nothing is told of its restore, which comes and goes by itself.
pub fn of_object(
    (name, bucket): (&str, &Bucket),
    key: &str,
    (version, object): (&Version, &Object),
    now: Option<Timestamp>,
) -> ObjectView {
    let (metadata, extra) = (object.metadata(), object.extra());
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
        version_id: bucket.shown_id(version),
        size: object.size,
        last_modified: version.modified,
        etag: object.quoted_etag(),
        storage_class: object.storage_class.name(),
        server_side_encryption: object.extra().encryption.name(),
        checksum_algorithm: object.checksum.algorithm.name(),
        checksum_type: object.checksum.kind.name(),
        checksum: object.checksum.shown(),
        parts: if object.is_multipart() { object.body.blobs().len() } else { 1 },
        headers: headers
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
            .collect(),
        metadata: metadata.user.clone(),
        tags: extra.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect(),
        object_lock_mode: extra.retention.map(|retention| retention.mode.name()),
        object_lock_retain_until_date: extra.retention.map(|retention| retention.until),
        object_lock_legal_hold_status: extra.legal_hold.map(shown_hold),
        restore: now.and_then(|now| restore::current(object, now).map(|it| it.header(now))),
    }
}
