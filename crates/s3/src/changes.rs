//! What differs between two moments: buckets, objects, uploads.

use std::sync::Arc;

use cloudarium_service::Changed;
use cloudarium_shape::{Value, to_value};
use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use serde::Serialize;

use crate::model::{Bucket, State, Upload, Version, Versions};
use crate::view;

/// A multipart upload, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct UploadView {
    key: String,
    storage_class: &'static str,
    parts: usize,
    bytes: u64,
}

/// A delete marker, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteMarkerView {
    delete_marker: bool,
}

/// What differs in `after` from `before`.
pub fn changes(before: &State, after: &State) -> Vec<Changed> {
    let mut found = Vec::new();
    for item in before.buckets.diff(&after.buckets) {
        let (name, old, new) = match item {
            DiffItem::Add(name, new) => (name, None, Some(new)),
            DiffItem::Update { old: (_, old), new: (name, new) } => (name, Some(old), Some(new)),
            DiffItem::Remove(name, old) => (name, Some(old), None),
        };
        of_bucket(name, (old, new), &mut found);
        of_keys(name, old, new, &mut found);
        of_uploads(name, old, new, &mut found);
    }
    found
}

/// What the path tells already, or follows from it.
const IN_THE_PATH: [&str; 5] = ["Arn", "Bucket", "Key", "Name", "Uri"];

fn picture(of: &impl Serialize) -> Option<Value> {
    let mut value = to_value(of).ok()?;
    if let Value::Map(members) = &mut value {
        members.retain(|name, _| !IN_THE_PATH.contains(&name.as_str()));
    }
    Some(value)
}

fn of_bucket(name: &str, (old, new): (Option<&Bucket>, Option<&Bucket>), found: &mut Vec<Changed>) {
    let shown = |bucket: &Bucket| picture(&view::of_bucket(name, bucket));
    push(found, vec![name.to_owned()], (old.and_then(shown), new.and_then(shown)));
}

fn of_keys(name: &str, old: Option<&Bucket>, new: Option<&Bucket>, found: &mut Vec<Changed>) {
    let none = OrdMap::new();
    let before = old.map_or(&none, |bucket| &bucket.keys);
    let after = new.map_or(&none, |bucket| &bucket.keys);
    for item in before.diff(after) {
        let (key, was, is) = match item {
            DiffItem::Add(key, is) => (key, None, Some(is)),
            DiffItem::Update { old: (_, was), new: (key, is) } => (key, Some(was), Some(is)),
            DiffItem::Remove(key, was) => (key, Some(was), None),
        };
        let picture = |bucket: Option<&Bucket>, version: Option<&Arc<Version>>| {
            of_version((name, bucket?), key, version?)
        };
        let newest = |of: Option<&'_ Versions>| of.map(|of| of.newest.clone());
        let path = vec![name.to_owned(), key.to_string()];
        let (current, now) = (newest(was), newest(is));
        push(found, path, (picture(old, current.as_ref()), picture(new, now.as_ref())));
        for (before, after) in Versions::differences(was, is) {
            if before == current.as_ref() || after == now.as_ref() {
                continue;
            }
            let Some(either) = before.or(after) else { continue };
            let which = format!("version {}", either.shown_id());
            let path = vec![name.to_owned(), key.to_string(), which];
            push(found, path, (picture(old, before), picture(new, after)));
        }
    }
}

fn of_version(bucket: (&str, &Bucket), key: &str, version: &Version) -> Option<Value> {
    match version.object() {
        Some(object) => picture(&view::of_object(bucket, key, (version, object), None)),
        None => picture(&DeleteMarkerView { delete_marker: true }),
    }
}

fn of_uploads(name: &str, old: Option<&Bucket>, new: Option<&Bucket>, found: &mut Vec<Changed>) {
    let none = OrdMap::new();
    let before = old.map_or(&none, |bucket| &bucket.uploads);
    let after = new.map_or(&none, |bucket| &bucket.uploads);
    for item in before.diff(after) {
        let (place, was, is) = match item {
            DiffItem::Add(place, is) => (place, None, Some(is)),
            DiffItem::Update { old: (_, was), new: (place, is) } => (place, Some(was), Some(is)),
            DiffItem::Remove(place, was) => (place, Some(was), None),
        };
        let picture = |upload: &Upload| {
            to_value(&UploadView {
                key: place.key.to_string(),
                storage_class: upload.storage_class.name(),
                parts: upload.parts.len(),
                bytes: upload.bytes(),
            })
            .ok()
        };
        let Some(either) = was.or(is) else { continue };
        let path = vec![name.to_owned(), format!("upload {}", either.id)];
        push(found, path, (was.and_then(picture), is.and_then(picture)));
    }
}

/// Notes what differs in its picture.
fn push(
    found: &mut Vec<Changed>,
    path: Vec<String>,
    (before, after): (Option<Value>, Option<Value>),
) {
    if before != after {
        found.push(Changed { path, before, after });
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;

    use super::*;

    fn bucket() -> Bucket {
        Bucket::new("123456789012".to_owned(), "us-east-1".to_owned(), Timestamp::default())
    }

    #[test]
    fn a_new_bucket_is_one_change_and_the_same_state_none() {
        let before = State::default();
        let mut after = before.clone();
        after.buckets.insert("photos".to_owned(), bucket());
        let found = changes(&before, &after);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found.first().map(|changed| changed.path.clone()),
            Some(vec!["photos".to_owned()])
        );
        assert!(found.first().is_some_and(|changed| changed.before.is_none()));
        assert_eq!(changes(&after, &after.clone()), []);
        assert!(changes(&after, &before).first().is_some_and(|changed| changed.after.is_none()));
    }
}
