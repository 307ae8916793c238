//! What S3 tells others: `EventBridge`, where a bucket tells it, and those whom its notifications name.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html>

use cloudarium_env::ids;
use cloudarium_service::{BusEvent, Charge, Ctx};
use cloudarium_shape::{Map, Value};

use crate::bucket::Deletion;
use crate::model::{Object, State};
use crate::notify::{self, Happening};

/// Why something was deleted that no request deleted.
pub const LIFECYCLE_EXPIRATION: &str = "Lifecycle Expiration";
/// How something was deleted that is still there behind a marker.
const MARKED: &str = "Delete Marker Created";

/// An object was written. `version_id` is that of its version, where the bucket keeps them;
/// `reason` is S3's own: `PutObject`, `PostObject`, `CopyObject`, `CompleteMultipartUpload`.
pub fn object_created(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (bucket, key, version_id): (&str, &str, Option<&str>),
    object: &Object,
    reason: &str,
) {
    let name = match reason {
        "CopyObject" => "ObjectCreated:Copy",
        "CompleteMultipartUpload" => "ObjectCreated:CompleteMultipartUpload",
        "PostObject" => "ObjectCreated:Post",
        _ => "ObjectCreated:Put",
    };
    let about = ((bucket, key, version_id), Some(object));
    happened(s3, cx, (name, Some("Object Created")), about, &[("reason", reason)]);
}

/// An object, or one version of it, was deleted, or marked so. `reason` is S3's own:
/// `DeleteObject`, [`LIFECYCLE_EXPIRATION`].
pub fn object_deleted(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (bucket, key): (&str, &str),
    deletion: &Deletion,
    reason: &str,
) {
    let name = match (reason == LIFECYCLE_EXPIRATION, deletion.marked) {
        (false, false) => "ObjectRemoved:Delete",
        (false, true) => "ObjectRemoved:DeleteMarkerCreated",
        (true, false) => "LifecycleExpiration:Delete",
        (true, true) => "LifecycleExpiration:DeleteMarkerCreated",
    };
    let kind = if deletion.marked { MARKED } else { "Permanently Deleted" };
    let words = [("reason", reason), ("deletion-type", kind)];
    let about = ((bucket, key, deletion.version_id.as_deref()), None);
    happened(s3, cx, (name, Some("Object Deleted")), about, &words);
}

/// An object changed its class in time.
pub fn object_transitioned(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    which: (&str, &str, Option<&str>),
    object: &Object,
    class: &str,
) {
    let name = ("LifecycleTransition", Some("Object Storage Class Changed"));
    let words = [("destination-storage-class", class)];
    happened(s3, cx, name, (which, Some(object)), &words);
}

/// Something else changed about an object: its tags (`ObjectTagging:Put`, `ObjectTagging:Delete`),
/// its ACL (`ObjectAcl:Put`), or that it is restored (`ObjectRestore:Post`, ...).
pub fn object_changed(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    name: &'static str,
    which: (&str, &str, Option<&str>),
    object: Option<&Object>,
) {
    let detail_type = match name {
        "ObjectTagging:Put" => Some("Object Tags Added"),
        "ObjectTagging:Delete" => Some("Object Tags Deleted"),
        "ObjectAcl:Put" => Some("Object ACL Updated"),
        "ObjectRestore:Post" => Some("Object Restore Initiated"),
        "ObjectRestore:Completed" => Some("Object Restore Completed"),
        "ObjectRestore:Delete" => Some("Object Restore Expired"),
        _ => None,
    };
    let mut words = Vec::new();
    if let Some(object) =
        object.filter(|_| matches!(name, "ObjectRestore:Post" | "ObjectRestore:Completed"))
    {
        words.push(("source-storage-class", object.storage_class.name().to_owned()));
        let restore = object.extra().restore.filter(|_| name == "ObjectRestore:Completed");
        words.extend(restore.map(|it| ("restore-expiry-time", it.expires.iso_s())));
    }
    let words: Vec<(&str, &str)> = words.iter().map(|(name, it)| (*name, it.as_str())).collect();
    happened(s3, cx, (name, detail_type), (which, object), &words);
}

/// Tells all who want to know. `name` is that of notifications, and `EventBridge`'s if it has one.
fn happened(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    (name, detail_type): (&str, Option<&'static str>),
    ((bucket, key, version_id), object): ((&str, &str, Option<&str>), Option<&Object>),
    words: &[(&str, &str)],
) {
    let sequencer = s3.next_sequencer();
    let etag = object.map(|object| object.etag.to_string());
    let what = Happening {
        name,
        bucket,
        key,
        version_id,
        object: object.map(|object| object.size).zip(etag.as_deref()),
        sequencer: &sequencer,
        to_class: words.iter().find(|(word, _)| word.starts_with("destination")).map(|it| it.1),
    };
    notify::tell(s3, cx, &what);
    if let Some(detail_type) = detail_type.filter(|_| notify::tells_event_bridge(s3, bucket)) {
        let Some(there) = s3.buckets.get(bucket) else { return };
        let place = (there.owner.clone(), there.region.clone());
        emit(cx, detail_type, &what, (words, place));
    }
}

/// What an empty object's `ETag` is, and so a delete marker's.
const EMPTY_ETAG: &str = "d41d8cd98f00b204e9800998ecf8427e";

fn emit(
    cx: &mut Ctx<'_>,
    detail_type: &'static str,
    what: &Happening<'_>,
    (words, (owner, region)): (&[(&str, &str)], (String, String)),
) {
    let texts = |pairs: &[(&str, &str)]| -> Map {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    };
    let mut object = texts(&[("key", what.key), ("sequencer", what.sequencer)]);
    object.extend(what.version_id.map(|id| ("version-id".to_owned(), Value::from(id))));
    if let Some((size, etag)) = what.object {
        object.insert("size".to_owned(), Value::Int(i64::try_from(size).unwrap_or(i64::MAX)));
        object.insert("etag".to_owned(), Value::from(etag));
    }
    if words.contains(&("deletion-type", MARKED)) {
        object.insert("etag".to_owned(), Value::from(EMPTY_ETAG));
    }
    let by_time = what.name.starts_with("Lifecycle")
        || matches!(what.name, "ObjectRestore:Completed" | "ObjectRestore:Delete");
    let made;
    let request_id = if cx.request_id.is_empty() {
        made = ids::s3_request_id(cx.rng);
        &made
    } else {
        cx.request_id
    };
    let (who, from) = if by_time {
        ("s3.amazonaws.com", None)
    } else {
        (cx.caller.account.as_str(), Some(("source-ip-address", "127.0.0.1")))
    };
    let mut detail = texts(&[("version", "0"), ("request-id", request_id), ("requester", who)]);
    detail.extend(texts(words));
    detail.extend(texts(from.as_slice()));
    detail.insert("bucket".to_owned(), Value::Map(texts(&[("name", what.bucket)])));
    detail.insert("object".to_owned(), Value::Map(object));
    // guess: what S3 tells EventBridge is paid as a custom event is; AWS has it on EventBridge's part of the bill.
    cx.host.charge(Charge { usage_type: "Event-64K-Chunks", verb: "EventBridge", quantity: 1 });
    cx.host.emit(BusEvent {
        source: "aws.s3",
        detail_type,
        account: owner,
        region,
        resources: vec![format!("arn:aws:s3:::{}", what.bucket)],
        detail: Value::Map(detail),
    });
}
