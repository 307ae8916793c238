//! `ListObjects`: the older form of `ListObjectsV2`, which pages by keys.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::list_buckets::Owners;
use super::list_objects_v2::{CommonPrefix, ListedObject, rows};
use crate::error::Error;
use crate::headers::check_payer;
use crate::listing::{self, Encoding, Position, Query};
use crate::model::State;
use crate::restore;
use crate::store::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListObjectsInput {
    bucket: String,
    prefix: Option<String>,
    delimiter: Option<String>,
    marker: Option<String>,
    max_keys: Option<i64>,
    encoding_type: Option<String>,
    request_payer: Option<String>,
    optional_object_attributes: Option<Vec<String>>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListObjectsOutput {
    name: String,
    prefix: String,
    marker: String,
    next_marker: Option<String>,
    delimiter: Option<String>,
    max_keys: usize,
    is_truncated: bool,
    encoding_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contents: Vec<ListedObject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    common_prefixes: Vec<CommonPrefix>,
}

/// Runs the operation.
pub fn list_objects(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListObjectsInput,
) -> Result<ListObjectsOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let restores = restore::is_status_wanted(input.optional_object_attributes.as_deref())?;
    let encoding = Encoding::parse(input.encoding_type.as_deref())?;
    let max_keys = listing::max_keys(input.max_keys)?;
    let marker = input.marker.unwrap_or_default();
    let after = Some(Position::Key(marker.clone())).filter(|_| !marker.is_empty());
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let delimiter = input.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let query = Query { prefix, delimiter, after: after.as_ref(), max_keys };
    let page = listing::list(&bucket.keys, query);

    let owners = Owners::of(bucket);
    let is_truncated = page.truncated;
    // Without a delimiter the last key is the next marker, and is not repeated.
    let next_marker = page.next().filter(|_| delimiter.is_some()).map(|next| match next {
        Position::Key(text) | Position::Prefix(text) | Position::Within(text, _) => {
            encoding.apply(&text)
        }
    });
    let (contents, common_prefixes) =
        rows(page, encoding, Some(&owners), restores.then_some(cx.now));
    Ok(ListObjectsOutput {
        prefix: encoding.apply(prefix),
        marker: encoding.apply(&marker),
        next_marker,
        delimiter: delimiter.map(|it| encoding.apply(it)),
        name: input.bucket,
        max_keys,
        is_truncated,
        encoding_type: encoding.name(),
        contents,
        common_prefixes,
    })
}
