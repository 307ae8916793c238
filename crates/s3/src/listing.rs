//! One page of a bucket's keys, versions or uploads. Its cost is that of the page: the start is found
//! by a seek, and a whole common prefix is passed over by another.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html>

use std::fmt::Write as _;
use std::ops::Bound;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imbl::OrdMap;

use crate::error::Error;
use crate::limits::LIST_KEYS_MAX;
use crate::model::{Object, Upload, UploadPlace, Version, Versions};

/// Which keys are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Keys that begin so.
    pub prefix: &'a str,
    /// Keys that share what comes up to this, after the prefix, are rolled up into one.
    pub delimiter: Option<&'a str>,
    /// Where the page begins.
    pub after: Option<&'a Position>,
    /// How many keys and common prefixes it may have.
    pub max_keys: usize,
}

/// A place between two keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// After this key; what it would be rolled up into is still to come, unless they are equal.
    Key(String),
    /// After all keys that begin so.
    Prefix(String),
    /// After what this key has with this number: a version, or an upload.
    Within(String, u64),
}

/// Where to look for the first item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// At the first key that is not less.
    At(String),
    /// At the first key that is greater.
    After(String),
    /// After what this key has with this number.
    Within(String, u64),
}

/// One row of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Row<'a, T> {
    /// A key, and what is listed of it.
    Item(&'a str, T),
    /// Keys that begin so are rolled up into this row.
    CommonPrefix(String),
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<'a, T> {
    /// In the order of their bytes.
    pub rows: Vec<Row<'a, T>>,
    /// Whether there is more.
    pub truncated: bool,
}

/// Lists one page of current objects.
pub fn list<'a>(
    keys: &'a OrdMap<Arc<str>, Versions>,
    query: Query<'_>,
) -> Page<'a, (&'a Version, &'a Object)> {
    page(query, |start| {
        let from = match start {
            Start::At(key) => Bound::Included(key.as_str()),
            Start::After(key) | Start::Within(key, _) => Bound::Excluded(key.as_str()),
        };
        keys.range::<_, str>((from, Bound::Unbounded)).filter_map(|(key, versions)| {
            let newest = versions.newest.as_ref();
            newest.object().map(|object| (key.as_ref(), (newest, object)))
        })
    })
}

/// Lists one page of versions, each with whether it is the current one.
pub fn list_versions<'a>(
    keys: &'a OrdMap<Arc<str>, Versions>,
    query: Query<'_>,
) -> Page<'a, (&'a Version, bool)> {
    page(query, |start| {
        let (from, number) = match start {
            Start::At(key) => (Bound::Included(key.as_str()), None),
            Start::After(key) => (Bound::Excluded(key.as_str()), None),
            Start::Within(key, number) => {
                let number = keys.get(key.as_str()).map(|_| *number);
                (Bound::Included(key.as_str()), number)
            }
        };
        let mut below = number;
        keys.range::<_, str>((from, Bound::Unbounded)).flat_map(move |(key, versions)| {
            let newest = versions.newest.number;
            versions
                .after(below.take().unwrap_or(u64::MAX))
                .map(move |version| (key.as_ref(), (version.as_ref(), version.number == newest)))
        })
    })
}

/// Lists one page of uploads.
pub fn list_uploads<'a>(
    uploads: &'a OrdMap<UploadPlace, Upload>,
    query: Query<'_>,
) -> Page<'a, &'a Upload> {
    page(query, |start| {
        let place = |key: &str, number| UploadPlace { key: Arc::from(key), number };
        let from = match start {
            Start::At(key) => Bound::Included(place(key, 0)),
            Start::After(key) => Bound::Excluded(place(key, u64::MAX)),
            Start::Within(key, number) => Bound::Excluded(place(key, *number)),
        };
        let those = uploads.range::<_, UploadPlace>((from, Bound::Unbounded));
        those.map(|(place, upload)| (place.key.as_ref(), upload))
    })
}

/// Cuts a page out of what `seek` finds from a place on.
fn page<'a, T, I>(query: Query<'_>, seek: impl Fn(&Start) -> I) -> Page<'a, T>
where
    I: Iterator<Item = (&'a str, T)>,
{
    let mut page = Page { rows: Vec::new(), truncated: false };
    let first = if query.max_keys == 0 { None } else { first(query) };
    let Some(mut start) = first else { return page };
    'seek: loop {
        for (key, item) in seek(&start) {
            if !key.starts_with(query.prefix) {
                return page;
            }
            if page.rows.len() == query.max_keys {
                page.truncated = true;
                return page;
            }
            let Some(common) = query.common_prefix(key) else {
                page.rows.push(Row::Item(key, item));
                continue;
            };
            if !query.is_passed(common) {
                page.rows.push(Row::CommonPrefix(common.to_owned()));
            }
            match after_prefix(common) {
                Some(past) => start = Start::At(past),
                None => return page,
            }
            continue 'seek;
        }
        return page;
    }
}

impl Query<'_> {
    /// What `key` is rolled up into.
    fn common_prefix<'k>(&self, key: &'k str) -> Option<&'k str> {
        let delimiter = self.delimiter?;
        let at = key.get(self.prefix.len()..)?.find(delimiter)?;
        key.get(..self.prefix.len() + at + delimiter.len())
    }

    /// A marker that is itself the common prefix has been listed on the page before.
    fn is_passed(&self, common: &str) -> bool {
        matches!(self.after, Some(Position::Key(key)) if key == common)
    }

    /// The place after `key` where a key within a common prefix stands for it all, as the listings of
    /// versions and uploads have it.
    pub fn after_all_of(&self, key: &str) -> Position {
        let common = if key.starts_with(self.prefix) { self.common_prefix(key) } else { None };
        match common {
            Some(common) => Position::Prefix(common.to_owned()),
            None => Position::Key(key.to_owned()),
        }
    }
}

impl<T> Page<'_, T> {
    /// Where the next page begins, if there is one.
    pub fn next(&self) -> Option<Position> {
        let last = self.rows.last().filter(|_| self.truncated)?;
        Some(match last {
            Row::Item(key, _) => Position::Key((*key).to_owned()),
            Row::CommonPrefix(prefix) => Position::Prefix(prefix.clone()),
        })
    }
}

/// Where the first key of the page may be; `None` if there can be no such key.
fn first(query: Query<'_>) -> Option<Start> {
    let prefix = query.prefix.to_owned();
    Some(match query.after {
        None => Start::At(prefix),
        Some(Position::Key(key) | Position::Within(key, _)) if key.as_str() < query.prefix => {
            Start::At(prefix)
        }
        Some(Position::Key(key)) => Start::After(key.clone()),
        Some(Position::Within(key, number)) => Start::Within(key.clone(), *number),
        Some(Position::Prefix(passed)) => Start::At(after_prefix(passed)?.max(prefix)),
    })
}

/// The least text that is greater than all that begin with `prefix`. The order of UTF-8 bytes is
/// that of code points, so it is the last character's successor that counts.
fn after_prefix(prefix: &str) -> Option<String> {
    let mut rest = prefix.to_owned();
    while let Some(last) = rest.pop() {
        let next = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            last => char::from_u32(u32::from(last) + 1),
        };
        if let Some(next) = next {
            rest.push(next);
            return Some(rest);
        }
    }
    None
}

/// A position as a continuation token, opaque to clients as AWS's are.
pub fn to_token(position: &Position) -> String {
    let (kind, text) = match position {
        Position::Key(key) | Position::Within(key, _) => ('k', key),
        Position::Prefix(prefix) => ('p', prefix),
    };
    STANDARD.encode(format!("{kind}{text}"))
}

/// The position that a token stands for.
pub fn from_token(token: &str) -> Result<Position, Error> {
    let decoded = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded
        .and_then(|text| {
            let key = text.strip_prefix('k').map(|key| Position::Key(key.to_owned()));
            key.or_else(|| text.strip_prefix('p').map(|it| Position::Prefix(it.to_owned())))
        })
        .ok_or_else(|| {
            let message = "The continuation token provided is incorrect";
            Error::argument(message, "continuation-token", token)
        })
}

/// `max-keys` as S3 takes it: more than 1,000 is 1,000.
pub fn max_keys(sent: Option<i64>) -> Result<usize, Error> {
    let Some(sent) = sent else { return Ok(LIST_KEYS_MAX) };
    let taken = i32::try_from(sent).ok().and_then(|keys| usize::try_from(keys).ok());
    taken.map(|keys| keys.min(LIST_KEYS_MAX)).ok_or_else(|| {
        let message = "Argument maxKeys must be an integer between 0 and 2147483647";
        Error::argument(message, "maxKeys", sent.to_string())
    })
}

/// How keys are written in the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    url: bool,
}

impl Encoding {
    /// From `encoding-type`.
    pub fn parse(sent: Option<&str>) -> Result<Self, Error> {
        match sent {
            None => Ok(Self { url: false }),
            Some("url") => Ok(Self { url: true }),
            Some(other) => {
                let message = "Invalid Encoding Method specified in Request";
                Err(Error::argument(message, "encoding-type", other))
            }
        }
    }

    /// `encoding-type`, which the answer repeats.
    pub fn name(self) -> Option<&'static str> {
        self.url.then_some("url")
    }

    /// `text` as it is written: percent-encoded but for letters, digits, `-_.*` and `/`, and a
    /// space as `+`.
    pub fn apply(self, text: &str) -> String {
        if !self.url {
            return text.to_owned();
        }
        let mut encoded = String::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b' ' => encoded.push('+'),
                b'-' | b'_' | b'.' | b'*' | b'/' => encoded.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
                _ => {
                    // Writing into a string cannot fail.
                    let _ = write!(encoded, "%{byte:02X}");
                }
            }
        }
        encoded
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Position, after_prefix, from_token, to_token};

    #[test]
    fn what_comes_after_a_prefix() {
        assert_eq!(after_prefix("a/").as_deref(), Some("a0"));
        assert_eq!(after_prefix("").as_deref(), None);
        assert_eq!(after_prefix("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_prefix("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_prefix("\u{10ffff}").as_deref(), None);
    }

    #[test]
    fn tokens_come_back() {
        for position in [Position::Key("kü".into()), Position::Prefix("a/".into())] {
            assert_eq!(from_token(&to_token(&position)).unwrap(), position);
        }
        for bad in ["", "!", "eA==", "/w=="] {
            assert_eq!(from_token(bad).unwrap_err().code(), "InvalidArgument");
        }
    }

    #[test]
    fn url_encoding() {
        let url = Encoding::parse(Some("url")).unwrap();
        assert_eq!(url.apply("a b/ü+(1)~.txt"), "a+b/%C3%BC%2B%281%29%7E.txt");
        assert_eq!(Encoding::parse(None).unwrap().apply("a b"), "a b");
        assert!(Encoding::parse(Some("URL")).is_err());
    }
}
