//! `ListObjectsV2`: a page of a bucket's keys.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::{Owner, Owners};
use crate::error::Error;
use crate::headers::check_payer;
use crate::listing::{self, Encoding, Page, Position, Query, Row};
use crate::model::{Object, State, Version};
use crate::restore::{self, RestoreStatus};
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListObjectsV2Input {
    bucket: String,
    prefix: Option<String>,
    delimiter: Option<String>,
    start_after: Option<String>,
    continuation_token: Option<String>,
    max_keys: Option<i64>,
    encoding_type: Option<String>,
    #[serde(default)]
    fetch_owner: bool,
    request_payer: Option<String>,
    optional_object_attributes: Option<Vec<String>>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListObjectsV2Output {
    name: String,
    prefix: String,
    delimiter: Option<String>,
    start_after: Option<String>,
    continuation_token: Option<String>,
    next_continuation_token: Option<String>,
    max_keys: usize,
    key_count: usize,
    is_truncated: bool,
    encoding_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contents: Vec<ListedObject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    common_prefixes: Vec<CommonPrefix>,
}

/// One key of a listing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListedObject {
    key: String,
    last_modified: Timestamp,
    #[serde(rename = "ETag")]
    etag: String,
    checksum_algorithm: Vec<&'static str>,
    checksum_type: &'static str,
    size: u64,
    storage_class: &'static str,
    owner: Option<Owner>,
    restore_status: Option<RestoreStatus>,
}

/// One rolled up prefix of a listing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CommonPrefix {
    /// What all begin with.
    pub prefix: String,
}

/// Runs the operation.
pub fn list_objects_v2(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListObjectsV2Input,
) -> Result<ListObjectsV2Output, Error> {
    check_payer(input.request_payer.as_deref())?;
    let restores = restore::is_status_wanted(input.optional_object_attributes.as_deref())?;
    let encoding = Encoding::parse(input.encoding_type.as_deref())?;
    let max_keys = listing::max_keys(input.max_keys)?;
    // guess: a token that is empty begins at the beginning, as none does.
    let token = input.continuation_token.as_ref().filter(|token| !token.is_empty());
    let after = match (token, &input.start_after) {
        (Some(token), _) => Some(listing::from_token(token)?),
        (None, Some(key)) if !key.is_empty() => Some(Position::Key(key.clone())),
        _ => None,
    };
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let delimiter = input.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let query = Query { prefix, delimiter, after: after.as_ref(), max_keys };
    let page = listing::list(&bucket.keys, query);

    let owners = input.fetch_owner.then(|| Owners::of(bucket));
    let next_continuation_token = page.next().as_ref().map(listing::to_token);
    let key_count = page.rows.len();
    let (contents, common_prefixes) =
        rows(page, encoding, owners.as_ref(), restores.then_some(cx.now));
    Ok(ListObjectsV2Output {
        prefix: encoding.apply(prefix),
        delimiter: delimiter.map(|it| encoding.apply(it)),
        start_after: input.start_after.map(|it| encoding.apply(&it)),
        continuation_token: input.continuation_token,
        is_truncated: next_continuation_token.is_some(),
        next_continuation_token,
        name: input.bucket,
        max_keys,
        key_count,
        encoding_type: encoding.name(),
        contents,
        common_prefixes,
    })
}

/// The two lists that a page is shown as.
pub fn rows(
    page: Page<'_, (&Version, &Object)>,
    encoding: Encoding,
    owners: Option<&Owners<'_>>,
    restores: Option<Timestamp>,
) -> (Vec<ListedObject>, Vec<CommonPrefix>) {
    let (mut contents, mut common_prefixes) = (Vec::new(), Vec::new());
    for row in page.rows {
        match row {
            Row::Item(key, (version, object)) => {
                let mut row = listed(encoding.apply(key), version, object, owners);
                row.restore_status = restores.and_then(|now| restore::status(object, now, true));
                contents.push(row);
            }
            Row::CommonPrefix(prefix) => {
                common_prefixes.push(CommonPrefix { prefix: encoding.apply(&prefix) });
            }
        }
    }
    (contents, common_prefixes)
}

fn listed(
    key: String,
    version: &Version,
    object: &Object,
    owners: Option<&Owners<'_>>,
) -> ListedObject {
    ListedObject {
        key,
        last_modified: version.modified,
        etag: object.quoted_etag(),
        checksum_algorithm: vec![object.checksum.algorithm.name()],
        checksum_type: object.checksum.kind.name(),
        size: object.size,
        storage_class: object.storage_class.name(),
        owner: owners.map(|owners| owners.owner(object.extra())),
        restore_status: None,
    }
}
