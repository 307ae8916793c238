//! `ListObjectVersions`: a page of all versions of a bucket's keys, newest first, delete markers
//! among them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::{Owner, Owners};
use super::list_objects_v2::CommonPrefix;
use crate::bucket::check_version_id;
use crate::error::Error;
use crate::headers::check_payer;
use crate::listing::{self, Encoding, Page, Position, Query, Row};
use crate::model::{Bucket, Object, State, Version};
use crate::restore::{self, RestoreStatus};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListObjectVersionsInput {
    bucket: String,
    prefix: Option<String>,
    delimiter: Option<String>,
    key_marker: Option<String>,
    version_id_marker: Option<String>,
    max_keys: Option<i64>,
    encoding_type: Option<String>,
    request_payer: Option<String>,
    optional_object_attributes: Option<Vec<String>>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListObjectVersionsOutput {
    name: String,
    prefix: String,
    delimiter: Option<String>,
    key_marker: String,
    version_id_marker: String,
    next_key_marker: Option<String>,
    next_version_id_marker: Option<String>,
    max_keys: usize,
    is_truncated: bool,
    encoding_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<ObjectVersion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    delete_markers: Vec<DeleteMarkerEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    common_prefixes: Vec<CommonPrefix>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ObjectVersion {
    key: String,
    version_id: String,
    is_latest: bool,
    last_modified: Timestamp,
    #[serde(rename = "ETag")]
    etag: String,
    checksum_algorithm: Vec<&'static str>,
    checksum_type: &'static str,
    size: u64,
    storage_class: &'static str,
    owner: Owner,
    restore_status: Option<RestoreStatus>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteMarkerEntry {
    key: String,
    version_id: String,
    is_latest: bool,
    last_modified: Timestamp,
    owner: Owner,
}

/// Runs the operation.
pub fn list_object_versions(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListObjectVersionsInput,
) -> Result<ListObjectVersionsOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let restores = restore::is_status_wanted(input.optional_object_attributes.as_deref())?;
    let encoding = Encoding::parse(input.encoding_type.as_deref())?;
    if let Some(sent) = input.max_keys.filter(|sent| *sent < 0) {
        return Err(Error::argument("max-keys cannot be negative", "max-keys", sent.to_string()));
    }
    let max_keys = listing::max_keys(input.max_keys)?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let delimiter = input.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let query = Query { prefix, delimiter, after: None, max_keys };
    let (key, id) = (input.key_marker.as_deref(), input.version_id_marker.as_deref());
    let after = after(bucket, query, (key, id))?;
    let page = listing::list_versions(&bucket.keys, Query { after: after.as_ref(), ..query });

    let is_truncated = page.truncated;
    let next = page.rows.last().filter(|_| is_truncated).map(|row| match row {
        Row::Item(key, (version, _)) => (encoding.apply(key), Some(version.shown_id().to_owned())),
        Row::CommonPrefix(prefix) => (encoding.apply(prefix), None),
    });
    let (next_key_marker, next_version_id_marker) =
        next.map_or((None, None), |(key, id)| (Some(key), id));
    let (versions, delete_markers, common_prefixes) =
        rows(page, encoding, &Owners::of(bucket), restores.then_some(cx.now));
    Ok(ListObjectVersionsOutput {
        prefix: encoding.apply(prefix),
        delimiter: delimiter.map(|it| encoding.apply(it)),
        key_marker: encoding.apply(key.unwrap_or_default()),
        version_id_marker: id.unwrap_or_default().to_owned(),
        next_key_marker,
        next_version_id_marker,
        name: input.bucket,
        max_keys,
        is_truncated,
        encoding_type: encoding.name(),
        versions,
        delete_markers,
        common_prefixes,
    })
}

/// Where the page begins: after one version of the key marker, or after all of them. The version may
/// have been deleted since.
pub fn after(
    bucket: &Bucket,
    query: Query<'_>,
    (key, id): (Option<&str>, Option<&str>),
) -> Result<Option<Position>, Error> {
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        let Some(id) = id else { return Ok(None) };
        let message = "A version-id marker cannot be specified without a key marker.";
        return Err(Error::argument(message, "version-id-marker", id));
    };
    let Some(id) = id else { return Ok(Some(query.after_all_of(key))) };
    if id.is_empty() {
        let message = "A version-id marker cannot be empty.";
        return Err(Error::argument(message, "version-id-marker", id));
    }
    check_version_id(id)
        .map_err(|_| Error::argument("Invalid version id specified", "version-id-marker", id))?;
    let number = bucket.keys.get(key).and_then(|versions| versions.number_of(id));
    Ok(Some(match number {
        Some(number) => Position::Within(key.to_owned(), number),
        None => query.after_all_of(key),
    }))
}

/// The three lists that a page is shown as.
fn rows(
    page: Page<'_, (&Version, bool)>,
    encoding: Encoding,
    owners: &Owners<'_>,
    restores: Option<Timestamp>,
) -> (Vec<ObjectVersion>, Vec<DeleteMarkerEntry>, Vec<CommonPrefix>) {
    let (mut versions, mut markers, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
    for row in page.rows {
        match row {
            Row::Item(key, (version, is_latest)) => {
                let key = encoding.apply(key);
                match version.object() {
                    Some(object) => {
                        let mut row = shown(key, (version, object), is_latest, owners);
                        row.restore_status =
                            restores.and_then(|now| restore::status(object, now, true));
                        versions.push(row);
                    }
                    None => markers.push(DeleteMarkerEntry {
                        key,
                        version_id: version.shown_id().to_owned(),
                        is_latest,
                        last_modified: version.modified,
                        owner: owners.usual(),
                    }),
                }
            }
            Row::CommonPrefix(prefix) => {
                prefixes.push(CommonPrefix { prefix: encoding.apply(&prefix) });
            }
        }
    }
    (versions, markers, prefixes)
}

fn shown(
    key: String,
    (version, object): (&Version, &Object),
    is_latest: bool,
    owners: &Owners<'_>,
) -> ObjectVersion {
    ObjectVersion {
        key,
        version_id: version.shown_id().to_owned(),
        is_latest,
        last_modified: version.modified,
        etag: object.quoted_etag(),
        checksum_algorithm: vec![object.checksum.algorithm.name()],
        checksum_type: object.checksum.kind.name(),
        size: object.size,
        storage_class: object.storage_class.name(),
        owner: owners.owner(object.extra()),
        restore_status: None,
    }
}
