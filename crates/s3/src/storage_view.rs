//! What lies where in a bucket: bytes by storage class, and by the next part of the keys.
//!
//! The sums by class are kept as objects come and go, so they cost nothing. Those by prefix are counted when they are asked
//! for, and no further than [`VERSIONS_MAX`]: a picture must not cost what a bucket of a million keys would.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::Serialize;

use crate::model::{Bucket, Versions};

/// So many versions are looked at for one picture.
pub const VERSIONS_MAX: u64 = 50_000;
/// So many prefixes are told one by one; the rest of them in a sum.
const PREFIXES_MAX: usize = 24;

/// The picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StorageView {
    /// By storage class, with the parts of uploads that go on: what is paid for.
    classes: Vec<ClassBytes>,
    /// The largest prefixes at the next slash, the largest first.
    prefixes: Vec<Lying>,
    /// Objects that lie in no deeper prefix.
    here: Lying,
    /// How many more prefixes there are, and what they hold together.
    more_prefixes: usize,
    more: Lying,
    /// How many versions were counted, delete markers among them.
    counted: u64,
    /// Whether these are all.
    whole: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ClassBytes {
    storage_class: &'static str,
    bytes: u64,
}

/// What lies below a prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Lying {
    prefix: String,
    /// Keys whose current version is an object.
    objects: u64,
    /// Of all their versions.
    bytes: u64,
}

impl Lying {
    fn add(&mut self, versions: &Versions) {
        self.objects += u64::from(versions.newest.object().is_some());
        let bytes = versions.all().filter_map(|version| Some(version.object()?.size));
        self.bytes += bytes.sum::<u64>();
    }
}

/// The picture of what lies below `prefix`, of `versions_max` versions at most.
pub fn storage(bucket: &Bucket, prefix: &str, versions_max: u64) -> StorageView {
    let classes = bucket.sums.class_bytes.iter();
    let classes = classes
        .map(|(class, bytes)| ClassBytes { storage_class: class.name(), bytes: *bytes })
        .collect();
    let mut view = StorageView { classes, whole: true, ..StorageView::default() };
    let mut prefixes: BTreeMap<&str, Lying> = BTreeMap::new();
    let from = (Bound::Included(prefix), Bound::Unbounded);
    for (key, versions) in bucket.keys.range::<_, str>(from) {
        let Some(rest) = key.strip_prefix(prefix) else { break };
        if view.counted >= versions_max {
            view.whole = false;
            break;
        }
        view.counted += versions.all().count() as u64;
        match rest.split_once('/') {
            Some((part, _)) => prefixes.entry(part).or_default().add(versions),
            None => view.here.add(versions),
        }
    }
    let mut prefixes: Vec<Lying> = prefixes
        .into_iter()
        .map(|(part, lying)| Lying { prefix: format!("{prefix}{part}/"), ..lying })
        .collect();
    // By name where they are alike, so that the order is always the same.
    prefixes.sort_by(|one, other| (other.bytes, &one.prefix).cmp(&(one.bytes, &other.prefix)));
    let rest = prefixes.split_off(prefixes.len().min(PREFIXES_MAX));
    view.more_prefixes = rest.len();
    for lying in rest {
        view.more.objects += lying.objects;
        view.more.bytes += lying.bytes;
    }
    view.prefixes = prefixes;
    view
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cloudarium_env::{BlobRef, Timestamp};

    use super::*;
    use crate::model::{Algorithm, Checksum, ChecksumKind, Digest, Etag};
    use crate::model::{Body, Content, Extra, Object, Version};

    fn bucket(keys: &[(&str, u64)]) -> Bucket {
        let mut bucket = Bucket::new("1".to_owned(), "us-east-1".to_owned(), Timestamp::default());
        for (key, size) in keys {
            let checksum = Checksum {
                algorithm: Algorithm::Crc32,
                kind: ChecksumKind::FullObject,
                parts: 0,
                value: Digest::Short(0),
            };
            let body = Body::Whole(BlobRef { digest: [0; 32], length: *size });
            let etag = Etag { md5: [0; 16], parts: 0 };
            let object = Object::new(body, (etag, checksum), Extra::default());
            let content = Content::Object(object);
            let version = Version { number: 0, id: None, modified: Timestamp::default(), content };
            bucket.keys.insert(Arc::from(*key), Versions::only(version));
        }
        bucket.count();
        bucket
    }

    fn told(view: &StorageView) -> Vec<(&str, u64, u64)> {
        let told = |it: &'_ Lying| (it.objects, it.bytes);
        view.prefixes.iter().map(|it| (it.prefix.as_str(), told(it).0, told(it).1)).collect()
    }

    #[test]
    fn each_prefix_up_to_its_next_slash() {
        let bucket = bucket(&[("a", 1), ("b/1", 2), ("b/c/2", 3), ("d/1", 9), ("da", 5)]);
        let view = storage(&bucket, "", 100);
        assert_eq!(told(&view), [("d/", 1, 9), ("b/", 2, 5)]);
        assert_eq!((view.here.objects, view.here.bytes), (2, 6));
        assert!(view.whole && view.counted == 5);
        assert_eq!(view.classes, [ClassBytes { storage_class: "STANDARD", bytes: 20 }]);
        let view = storage(&bucket, "b/", 100);
        assert_eq!(told(&view), [("b/c/", 1, 3)]);
        assert_eq!((view.here.objects, view.here.bytes), (1, 2));
        assert_eq!(storage(&bucket, "nothing", 100).counted, 0);
    }

    #[test]
    fn it_ends_where_it_said_and_says_so() {
        let bucket = bucket(&[("a/1", 1), ("a/2", 2), ("b/1", 4)]);
        let view = storage(&bucket, "", 2);
        assert_eq!((told(&view), view.counted, view.whole), (vec![("a/", 2, 3)], 2, false));
        assert!(storage(&bucket, "", 3).whole);
    }

    #[test]
    fn many_prefixes_are_told_in_a_sum() {
        let names: Vec<String> = (0..30).map(|at| format!("{at:02}/k")).collect();
        let keys: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        let view = storage(&bucket(&keys), "", 100);
        assert_eq!((view.prefixes.len(), view.more_prefixes, view.more.bytes), (24, 6, 6));
        assert_eq!(view.prefixes.first().map(|it| it.prefix.as_str()), Some("00/"));
    }
}
