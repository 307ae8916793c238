//! Rules by which objects, versions and uploads go in time.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html>

mod check;
pub mod due;

use cloudarium_env::Timestamp;
use serde::{Deserialize, Serialize};

use super::tagging::Tag;
pub use check::check;

/// What is transitioned unless a rule's filter says a size: nothing below 128 KiB.
pub const ALL_128K: &str = "all_storage_classes_128K";
/// As it was before September 2024: to GLACIER and `DEEP_ARCHIVE` objects of any size.
pub const BY_CLASS: &str = "varies_by_storage_class";

/// A bucket's rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// In the order in which they were sent.
    pub rules: Vec<Rule>,
    /// [`ALL_128K`] or [`BY_CLASS`].
    pub minimum_size: String,
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Rule {
    /// Its name; S3 gives one to those that have none.
    #[serde(rename = "ID")]
    pub id: Option<String>,
    /// Only keys that begin so: the older way to say it.
    pub prefix: Option<String>,
    /// What it is for.
    pub filter: Option<Filter>,
    /// `Enabled` or `Disabled`.
    pub status: String,
    /// When current versions end.
    pub expiration: Option<Expiration>,
    /// When current versions change their class.
    pub transitions: Option<Vec<Transition>>,
    /// When other versions end.
    pub noncurrent_version_expiration: Option<NoncurrentExpiration>,
    /// When other versions change their class.
    pub noncurrent_version_transitions: Option<Vec<NoncurrentTransition>>,
    /// When uploads that go on end.
    pub abort_incomplete_multipart_upload: Option<AbortUpload>,
}

/// What a rule is for: everything, or what fits the one that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Filter {
    /// Keys that begin so.
    pub prefix: Option<String>,
    /// Objects with this tag.
    pub tag: Option<Tag>,
    /// Objects of more bytes.
    pub object_size_greater_than: Option<i64>,
    /// Objects of fewer bytes.
    pub object_size_less_than: Option<i64>,
    /// What fits all of several.
    pub and: Option<And>,
}

/// Several conditions at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct And {
    /// Keys that begin so.
    pub prefix: Option<String>,
    /// Objects with all these tags.
    pub tags: Option<Vec<Tag>>,
    /// Objects of more bytes.
    pub object_size_greater_than: Option<i64>,
    /// Objects of fewer bytes.
    pub object_size_less_than: Option<i64>,
}

/// When current versions end: one of the three.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Expiration {
    /// At this midnight.
    pub date: Option<Timestamp>,
    /// After so many days.
    pub days: Option<i64>,
    /// Delete markers that nothing is below.
    pub expired_object_delete_marker: Option<bool>,
}

/// When current versions change their class.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Transition {
    /// At this midnight.
    pub date: Option<Timestamp>,
    /// After so many days.
    pub days: Option<i64>,
    /// To which.
    pub storage_class: Option<String>,
}

/// When other versions end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct NoncurrentExpiration {
    /// So many days after they were replaced.
    pub noncurrent_days: Option<i64>,
    /// Only where there are so many newer ones that are not current either.
    pub newer_noncurrent_versions: Option<i64>,
}

/// When other versions change their class.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct NoncurrentTransition {
    /// So many days after they were replaced.
    pub noncurrent_days: Option<i64>,
    /// To which.
    pub storage_class: Option<String>,
    /// Only where there are so many newer ones that are not current either.
    pub newer_noncurrent_versions: Option<i64>,
}

/// When uploads that go on end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AbortUpload {
    /// So many days after they began.
    pub days_after_initiation: Option<i64>,
}

/// The member `LifecycleConfiguration` of a request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct LifecycleConfiguration {
    /// The rules.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// A rule's conditions, wherever they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions<'a> {
    /// Keys begin so.
    pub prefix: &'a str,
    /// Objects have all of them.
    pub tags: &'a [Tag],
    /// Objects have more bytes.
    pub above_bytes: Option<i64>,
    /// Objects have fewer bytes.
    pub below_bytes: Option<i64>,
}

impl Rule {
    /// Whether it is applied.
    pub fn is_enabled(&self) -> bool {
        self.status == "Enabled"
    }

    /// Its name, which every rule has that is kept.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// What it is for.
    pub fn conditions(&self) -> Conditions<'_> {
        let Some(filter) = &self.filter else {
            let prefix = self.prefix.as_deref().unwrap_or_default();
            return Conditions { prefix, ..Conditions::default() };
        };
        if let Some(and) = &filter.and {
            return Conditions {
                prefix: and.prefix.as_deref().unwrap_or_default(),
                tags: and.tags.as_deref().unwrap_or_default(),
                above_bytes: and.object_size_greater_than,
                below_bytes: and.object_size_less_than,
            };
        }
        Conditions {
            prefix: filter.prefix.as_deref().unwrap_or_default(),
            tags: filter.tag.as_slice(),
            above_bytes: filter.object_size_greater_than,
            below_bytes: filter.object_size_less_than,
        }
    }
}

impl Conditions<'_> {
    /// Whether an object fits.
    pub fn fit(&self, key: &str, size: u64, tags: &[Tag]) -> bool {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        key.starts_with(self.prefix)
            && self.above_bytes.is_none_or(|bytes| size > bytes)
            && self.below_bytes.is_none_or(|bytes| size < bytes)
            && self.tags.iter().all(|tag| tags.contains(tag))
    }

    /// Whether a size is named, which takes the place of the least size of transitions.
    pub fn name_a_size(&self) -> bool {
        self.above_bytes.is_some() || self.below_bytes.is_some()
    }
}
