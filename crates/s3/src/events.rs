//! What S3 tells other services.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>

use cloudarium_service::{BusEvent, Ctx};
use cloudarium_shape::{Map, Value};

use crate::bucket::Deletion;
use crate::model::{Object, State};

/// An object was written. `version_id` is that of its version, where the bucket keeps them;
/// `reason` is S3's own: `PutObject`, `CopyObject`, `CompleteMultipartUpload`.
pub fn object_created(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (bucket, key, version_id): (&str, &str, Option<&str>),
    object: &Object,
    reason: &str,
) {
    let mut about = about(s3, key, version_id);
    about.insert("size".to_owned(), Value::Int(i64::try_from(object.size).unwrap_or(i64::MAX)));
    about.insert("etag".to_owned(), Value::String(object.etag.to_string()));
    emit(cx, "Object Created", bucket, about, &[("reason", reason)]);
}

/// An object, or one version of it, was deleted, or marked so. `reason` is S3's own:
/// `DeleteObject`.
pub fn object_deleted(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (bucket, key): (&str, &str),
    deletion: &Deletion,
    reason: &str,
) {
    let about = about(s3, key, deletion.version_id.as_deref());
    let kind = if deletion.marked { "Delete Marker Created" } else { "Permanently Deleted" };
    let words = [("reason", reason), ("deletion-type", kind)];
    emit(cx, "Object Deleted", bucket, about, &words);
}

fn about(s3: &mut State, key: &str, version_id: Option<&str>) -> Map {
    let sequencer = s3.next_sequencer();
    let version_id = version_id.map(|id| ("version-id", id));
    [("key", key), ("sequencer", sequencer.as_str())]
        .into_iter()
        .chain(version_id)
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
}

fn emit(
    cx: &mut Ctx<'_>,
    detail_type: &'static str,
    bucket: &str,
    object: Map,
    words: &[(&str, &str)],
) {
    let name = Map::from([("name".to_owned(), Value::from(bucket))]);
    let mut detail: Map = [
        ("version", "0"),
        ("request-id", cx.request_id),
        ("requester", cx.caller.account.as_str()),
        ("source-ip-address", "127.0.0.1"),
    ]
    .iter()
    .chain(words)
    .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
    .collect();
    detail.insert("bucket".to_owned(), Value::Map(name));
    detail.insert("object".to_owned(), Value::Map(object));
    cx.host.emit(BusEvent {
        source: "aws.s3",
        detail_type,
        account: cx.caller.account.clone(),
        region: cx.region.to_owned(),
        resources: vec![format!("arn:aws:s3:::{bucket}")],
        detail: Value::Map(detail),
    });
}
