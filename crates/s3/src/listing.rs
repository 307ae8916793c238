//! One page of a bucket's keys. Its cost is that of the page: the start is found by a seek, and a
//! whole common prefix is passed over by another.
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
use crate::model::{Object, Version, Versions};

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
}

/// One row of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Row<'a> {
    /// A key and what it holds.
    Key(&'a str, &'a Version, &'a Object),
    /// Keys that begin so are rolled up into this row.
    CommonPrefix(String),
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<'a> {
    /// In the order of their bytes.
    pub rows: Vec<Row<'a>>,
    /// Where the next page begins; `None` if there is none.
    pub next: Option<Position>,
}

/// Lists one page.
pub fn list<'a>(keys: &'a OrdMap<Arc<str>, Versions>, query: Query<'_>) -> Page<'a> {
    let mut page = Page { rows: Vec::new(), next: None };
    if query.max_keys == 0 {
        return page;
    }
    let Some(mut start) = first_bound(query) else { return page };
    'seek: loop {
        for (key, versions) in keys.range::<_, str>((bound(&start), Bound::Unbounded)) {
            if !key.starts_with(query.prefix) {
                return page;
            }
            let Some(object) = versions.newest.object() else { continue };
            if page.rows.len() == query.max_keys {
                page.next = page.rows.last().map(Row::position);
                return page;
            }
            let Some(common) = query.common_prefix(key) else {
                page.rows.push(Row::Key(key, &versions.newest, object));
                continue;
            };
            let past = after_prefix(common);
            if !query.is_passed(common) {
                page.rows.push(Row::CommonPrefix(common.to_owned()));
            }
            match past {
                Some(past) => start = Bound::Included(past),
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
}

impl Row<'_> {
    /// The place after this row.
    fn position(&self) -> Position {
        match self {
            Self::Key(key, ..) => Position::Key((*key).to_owned()),
            Self::CommonPrefix(prefix) => Position::Prefix(prefix.clone()),
        }
    }
}

/// Where the first key of the page may be; `None` if there can be no such key.
fn first_bound(query: Query<'_>) -> Option<Bound<String>> {
    let prefix = query.prefix.to_owned();
    Some(match query.after {
        None => Bound::Included(prefix),
        Some(Position::Key(key)) if key.as_str() < query.prefix => Bound::Included(prefix),
        Some(Position::Key(key)) => Bound::Excluded(key.clone()),
        Some(Position::Prefix(passed)) => Bound::Included(after_prefix(passed)?.max(prefix)),
    })
}

fn bound(bound: &Bound<String>) -> Bound<&str> {
    match bound {
        Bound::Included(key) => Bound::Included(key),
        Bound::Excluded(key) => Bound::Excluded(key),
        Bound::Unbounded => Bound::Unbounded,
    }
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
        Position::Key(key) => ('k', key),
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
