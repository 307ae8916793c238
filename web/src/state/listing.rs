//! Buckets and objects as S3's answers list them.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::Value;

/// A bucket of the account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Bucket {
    pub name: String,
    #[serde(rename = "BucketRegion")]
    pub region: Option<String>,
    pub creation_date: Option<String>,
}

/// An object in a listing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Object {
    pub key: String,
    pub size: u64,
    pub last_modified: Option<String>,
    #[serde(rename = "ETag")]
    pub e_tag: String,
    pub storage_class: Option<String>,
}

/// One page of a bucket's keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    pub objects: Vec<Rc<Object>>,
    pub prefixes: Vec<String>,
    /// Asks for the next page.
    pub next: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct RawPage {
    contents: Vec<Object>,
    common_prefixes: Vec<RawPrefix>,
    next_continuation_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct RawPrefix {
    prefix: String,
}

/// Reads `ListBuckets`.
pub fn buckets(output: &Value) -> Vec<Bucket> {
    let list = output.get("Buckets").cloned().unwrap_or_default();
    serde_json::from_value(list).unwrap_or_default()
}

/// Reads `ListObjectsV2`.
pub fn page(output: Value) -> Page {
    let raw: RawPage = serde_json::from_value(output).unwrap_or_default();
    Page {
        objects: raw.contents.into_iter().map(Rc::new).collect(),
        prefixes: raw.common_prefixes.into_iter().map(|prefix| prefix.prefix).collect(),
        next: raw.next_continuation_token,
    }
}

impl Page {
    /// How many lines a table of it has.
    pub fn rows(&self) -> usize {
        self.prefixes.len() + self.objects.len()
    }

    /// This page with the next one below it.
    pub fn and(&self, next: Self) -> Self {
        Self {
            objects: self.objects.iter().cloned().chain(next.objects).collect(),
            prefixes: self.prefixes.iter().cloned().chain(next.prefixes).collect(),
            next: next.next,
        }
    }
}

/// The part of a key that follows the prefix which is being looked at.
pub fn short<'a>(key: &'a str, prefix: &str) -> &'a str {
    key.strip_prefix(prefix).unwrap_or(key)
}

/// `2026/01/` as its parts, each with the whole prefix up to it.
pub fn crumbs(prefix: &str) -> Vec<(String, String)> {
    let mut so_far = String::new();
    let mut crumbs = vec![];
    for part in prefix.split_inclusive('/') {
        so_far.push_str(part);
        crumbs.push((part.to_owned(), so_far.clone()));
    }
    crumbs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_holds_objects_prefixes_and_the_way_on() {
        let page = page(json!({
            "Contents": [{ "Key": "a/b.txt", "Size": 3, "LastModified": "2026-01-05T09:00:00Z", "ETag": "\"x\"" }],
            "CommonPrefixes": [{ "Prefix": "a/c/" }],
            "IsTruncated": true, "NextContinuationToken": "t",
        }));
        assert_eq!(page.objects.first().map(|o| (o.key.as_str(), o.size)), Some(("a/b.txt", 3)));
        assert_eq!(page.prefixes, ["a/c/"]);
        assert_eq!(page.next.as_deref(), Some("t"));
    }

    #[test]
    fn an_empty_answer_is_an_empty_page() {
        assert_eq!(page(json!({ "KeyCount": 0 })), Page::default());
        assert!(buckets(&json!({})).is_empty());
    }

    #[test]
    fn crumbs_lead_up_to_the_prefix() {
        let crumbs = crumbs("a//b/c");
        let (words, whole): (Vec<_>, Vec<_>) = crumbs.into_iter().unzip();
        assert_eq!(words, ["a/", "/", "b/", "c"]);
        assert_eq!(whole, ["a/", "a//", "a//b/", "a//b/c"]);
    }
}
