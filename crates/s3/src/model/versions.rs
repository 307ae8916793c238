//! The versions of one key. Finding, adding and taking away one costs the logarithm of how many
//! there are, and so does a copy of them all: a key may have a million.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use cloudarium_env::Timestamp;
use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use serde::{Deserialize, Serialize};

use super::Object;
use crate::opaque_id;

/// What the version id of an object is called that was written without versioning.
pub const NULL: &str = "null";

/// All versions of one key; there is at least one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Versions {
    /// The current one.
    pub newest: Arc<Version>,
    /// The others, if there are any.
    older: Option<Arc<Older>>,
}

/// A version at an earlier moment, and at a later one.
pub type Difference<'v> = (Option<&'v Arc<Version>>, Option<&'v Arc<Version>>);

/// Versions that are not current. There is at least one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Older {
    by_number: OrdMap<u64, Arc<Version>>,
    /// Which of them is the null version.
    null: Option<u64>,
}

/// One version of one key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its place among the versions of its key: the newer, the greater.
    pub number: u64,
    /// `None` is the version id `null`, of what was written without versioning.
    pub id: Option<Arc<str>>,
    /// When it was written, to the second as S3 keeps it.
    pub modified: Timestamp,
    /// What it is.
    pub content: Content,
}

/// What a version is.
#[allow(
    clippy::large_enum_variant,
    reason = "delete markers are few, and each version is on the heap anyway"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// An object.
    Object(Object),
    /// The mark that the key was deleted.
    DeleteMarker,
}

impl Versions {
    /// The only version so far.
    pub fn only(version: Version) -> Self {
        Self { newest: Arc::new(version), older: None }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        1 + self.older.as_ref().map_or(0, |older| older.by_number.len())
    }

    /// Every version, newest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Version>> {
        std::iter::once(&self.newest).chain(self.below(u64::MAX))
    }

    /// Those that are not current and whose number is less, newest first.
    fn below(&self, number: u64) -> impl Iterator<Item = &Arc<Version>> {
        let those = (Bound::Unbounded, Bound::Excluded(number));
        let older = self.older.as_ref();
        older.into_iter().flat_map(move |older| {
            older.by_number.range::<_, u64>(those).rev().map(|(_, version)| version)
        })
    }

    /// Those that come after version `number` in a listing: the older ones, newest first.
    pub fn after(&self, number: u64) -> impl Iterator<Item = &Arc<Version>> {
        let newest = Some(&self.newest).filter(|newest| newest.number < number);
        newest.into_iter().chain(self.below(number))
    }

    /// The version that follows `number` in time: what made it noncurrent, if anything did.
    pub fn successor(&self, number: u64) -> Option<&Arc<Version>> {
        let those = (Bound::Excluded(number), Bound::Unbounded);
        let older = self.older.as_ref();
        let next = older.and_then(|older| older.by_number.range::<_, u64>(those).next());
        next.map(|(_, version)| version)
            .or_else(|| Some(&self.newest).filter(|newest| newest.number > number))
    }

    /// The version called `id`.
    pub fn get(&self, id: &str) -> Option<&Arc<Version>> {
        let version = self.at(self.number_of(id)?)?;
        (version.shown_id() == id).then_some(version)
    }

    /// Where a version called `id` is, or was before it was deleted.
    pub fn number_of(&self, id: &str) -> Option<u64> {
        if id != NULL {
            return opaque_id::number(id);
        }
        if self.newest.id.is_none() {
            return Some(self.newest.number);
        }
        self.older.as_ref()?.null
    }

    /// The id of version `number`, as it is written.
    pub fn id_of(&self, number: u64) -> Option<String> {
        self.at(number).map(|version| version.shown_id().to_owned())
    }

    fn at(&self, number: u64) -> Option<&Arc<Version>> {
        if self.newest.number == number {
            return Some(&self.newest);
        }
        self.older.as_ref()?.by_number.get(&number)
    }

    /// Makes `content` the current version. What has no id takes the place of the null version,
    /// which is given back.
    pub fn write(
        &mut self,
        id: impl FnOnce(u64) -> Option<Arc<str>>,
        content: Content,
        modified: Timestamp,
    ) -> Option<Arc<Version>> {
        let number = self.newest.number + 1;
        let version = Version { number, id: id(number), modified, content };
        if version.id.is_some() {
            self.push(version);
            return None;
        }
        match self.number_of(NULL).map(|null| self.remove(null)) {
            Some(Err(only)) => {
                *self = Self::only(version);
                Some(only)
            }
            replaced => {
                self.push(version);
                replaced.and_then(Result::ok).flatten()
            }
        }
    }

    fn push(&mut self, version: Version) {
        let before = std::mem::replace(&mut self.newest, Arc::new(version));
        let older = Arc::make_mut(self.older.get_or_insert_default());
        if before.id.is_none() {
            older.null = Some(before.number);
        }
        older.by_number.insert(before.number, before);
    }

    /// Takes a version away; `Err` gives it back where it was the only one.
    pub fn remove(&mut self, number: u64) -> Result<Option<Arc<Version>>, Arc<Version>> {
        let Some(shared) = &mut self.older else {
            let newest = self.newest.clone();
            return if newest.number == number { Err(newest) } else { Ok(None) };
        };
        let older = Arc::make_mut(shared);
        let removed = if self.newest.number == number {
            let next = older.by_number.get_max().map(|(number, _)| *number);
            let next = next.and_then(|number| older.take(number));
            next.map(|next| std::mem::replace(&mut self.newest, next))
        } else {
            older.take(number)
        };
        if older.by_number.is_empty() {
            self.older = None;
        }
        Ok(removed)
    }

    /// Changes one version where it is.
    pub fn get_mut(&mut self, number: u64) -> Option<&mut Version> {
        if self.newest.number == number {
            return Some(Arc::make_mut(&mut self.newest));
        }
        let older = Arc::make_mut(self.older.as_mut()?);
        older.by_number.get_mut(&number).map(Arc::make_mut)
    }

    /// Where a key's versions differ between two moments, newest first. What both share is not
    /// looked at.
    pub fn differences<'v>(
        before: Option<&'v Self>,
        after: Option<&'v Self>,
    ) -> Vec<Difference<'v>> {
        let mut found: BTreeMap<u64, Difference<'v>> = BTreeMap::new();
        let older =
            |of: Option<&'v Self>| of.and_then(|of| of.older.as_ref()).map(|it| &it.by_number);
        match (older(before), older(after)) {
            (Some(was), Some(is)) => {
                for item in was.diff(is) {
                    let (number, difference) = match item {
                        DiffItem::Add(number, is) => (number, (None, Some(is))),
                        DiffItem::Remove(number, was) => (number, (Some(was), None)),
                        DiffItem::Update { old: (_, was), new: (number, is) } => {
                            (number, (Some(was), Some(is)))
                        }
                    };
                    found.insert(*number, difference);
                }
            }
            (was, is) => {
                for (number, version) in was.into_iter().flatten() {
                    found.entry(*number).or_default().0 = Some(version);
                }
                for (number, version) in is.into_iter().flatten() {
                    found.entry(*number).or_default().1 = Some(version);
                }
            }
        }
        if let Some(before) = before {
            found.entry(before.newest.number).or_default().0 = Some(&before.newest);
        }
        if let Some(after) = after {
            found.entry(after.newest.number).or_default().1 = Some(&after.newest);
        }
        found.into_values().rev().filter(|(was, is)| was != is).collect()
    }
}

impl Older {
    fn take(&mut self, number: u64) -> Option<Arc<Version>> {
        if self.null == Some(number) {
            self.null = None;
        }
        self.by_number.remove(&number)
    }
}

impl Version {
    /// The object, unless it is a delete marker.
    pub fn object(&self) -> Option<&Object> {
        match &self.content {
            Content::Object(object) => Some(object),
            Content::DeleteMarker => None,
        }
    }

    /// The same, to change it.
    pub fn object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.content {
            Content::Object(object) => Some(object),
            Content::DeleteMarker => None,
        }
    }

    /// Its id as it is written.
    pub fn shown_id(&self) -> &str {
        self.id.as_deref().unwrap_or(NULL)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cloudarium_env::Timestamp;

    use super::{Content, NULL, Version, Versions};

    fn named(id: &str) -> impl FnOnce(u64) -> Option<Arc<str>> {
        let id = (id != NULL).then(|| Arc::from(id));
        move |_| id
    }

    fn of(ids: &[&str]) -> Versions {
        let first = Version {
            number: 0,
            id: named(ids[0])(0),
            modified: Timestamp::default(),
            content: Content::DeleteMarker,
        };
        let mut versions = Versions::only(first);
        for id in &ids[1..] {
            versions.write(named(id), Content::DeleteMarker, Timestamp::default());
        }
        versions
    }

    fn shown(versions: &Versions) -> Vec<&str> {
        versions.all().map(|version| version.shown_id()).collect()
    }

    #[test]
    fn the_null_version_is_replaced_wherever_it_is() {
        assert_eq!(shown(&of(&[NULL, "a", "b"])), ["b", "a", NULL]);
        assert_eq!(shown(&of(&[NULL, "a", NULL])), [NULL, "a"]);
        assert_eq!(shown(&of(&["a", NULL, NULL])), [NULL, "a"]);
        assert_eq!(shown(&of(&[NULL, NULL])), [NULL]);
        assert_eq!(shown(&of(&[NULL, "a", NULL, "b", NULL])), [NULL, "b", "a"]);
    }

    #[test]
    fn versions_are_taken_away() {
        let mut versions = of(&[NULL, "a", "b"]);
        assert!(versions.remove(9).unwrap().is_none());
        assert_eq!(versions.remove(2).unwrap().unwrap().shown_id(), "b");
        assert_eq!(shown(&versions), ["a", NULL]);
        assert_eq!(versions.number_of(NULL), Some(0));
        assert_eq!(versions.remove(0).unwrap().unwrap().shown_id(), NULL);
        assert_eq!(versions.number_of(NULL), None);
        assert_eq!(versions.remove(1).unwrap_err().shown_id(), "a");
        assert_eq!(versions, of(&["a"]).renumbered(1));
    }

    impl Versions {
        fn renumbered(mut self, number: u64) -> Self {
            Arc::make_mut(&mut self.newest).number = number;
            self
        }
    }

    #[test]
    fn where_a_listing_goes_on() {
        let versions = of(&[NULL, "a", "b"]);
        let after = |number| versions.after(number).map(|it| it.shown_id()).collect::<Vec<_>>();
        assert_eq!(after(u64::MAX), ["b", "a", NULL]);
        assert_eq!(after(2), ["a", NULL]);
        assert_eq!(after(0), [""; 0]);
        assert_eq!(versions.successor(0).map(|it| it.shown_id()), Some("a"));
        assert_eq!(versions.successor(1).map(|it| it.shown_id()), Some("b"));
        assert_eq!(versions.successor(2), None);
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = of(&["a", "b", "c"]);
        let mut after = before.clone();
        after.write(named("d"), Content::DeleteMarker, Timestamp::default());
        let found = |before: &Versions, after: &Versions| {
            let id = |version: Option<&Arc<Version>>| version.map(|it| it.shown_id().to_owned());
            Versions::differences(Some(before), Some(after))
                .into_iter()
                .map(|(was, is)| (id(was), id(is)))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&before, &after), [(None, Some("d".to_owned()))]);
        assert_eq!(found(&after, &before), [(Some("d".to_owned()), None)]);
        assert_eq!(found(&after, &after.clone()), []);
        after.remove(1).unwrap();
        let wanted = [(None, Some("d".to_owned())), (Some("b".to_owned()), None)];
        assert_eq!(found(&before, &after), wanted);
        assert_eq!(Versions::differences(None, Some(&before)).len(), 3);
    }
}
