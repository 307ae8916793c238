//! `If-Match` and its kin.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html>

use cloudarium_env::Timestamp;

use crate::error::Error;
use crate::model::{Bucket, Object, Version};
use crate::store::to_second;

/// Conditions of a read.
#[expect(clippy::struct_field_names, reason = "they are the headers' own names")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions<'a> {
    /// `If-Match`
    pub if_match: Option<&'a str>,
    /// `If-None-Match`
    pub if_none_match: Option<&'a str>,
    /// `If-Modified-Since`
    pub if_modified_since: Option<Timestamp>,
    /// `If-Unmodified-Since`
    pub if_unmodified_since: Option<Timestamp>,
}

/// How a condition that does not hold is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// The request is refused by 412, naming the condition.
    Refused(&'static str),
    /// The client has it already.
    NotModified,
}

impl Conditions<'_> {
    /// Judges the conditions in the order of RFC 9110, as S3 does: `If-Match` that holds makes
    /// `If-Unmodified-Since` irrelevant, and `If-None-Match` makes `If-Modified-Since` so.
    pub fn judge(&self, version: &Version, object: &Object) -> Result<(), Failed> {
        let modified_since = |since: Timestamp| version.modified > to_second(since);
        match (self.if_match, self.if_unmodified_since) {
            (Some(etags), _) if !matches(etags, &object.etag) => {
                return Err(Failed::Refused("If-Match"));
            }
            (None, Some(since)) if modified_since(since) => {
                return Err(Failed::Refused("If-Unmodified-Since"));
            }
            _ => {}
        }
        match (self.if_none_match, self.if_modified_since) {
            (Some(etags), _) if matches(etags, &object.etag) => Err(Failed::NotModified),
            (None, Some(since)) if !modified_since(since) => Err(Failed::NotModified),
            _ => Ok(()),
        }
    }

    /// What a `GET` or `HEAD` answers.
    pub fn check_read(&self, version: &Version, object: &Object) -> Result<(), Error> {
        self.judge(version, object).map_err(|failed| match failed {
            Failed::Refused(condition) => precondition_failed(condition),
            Failed::NotModified => Error::NotModified {
                etag: format!("\"{}\"", object.etag),
                modified: version.modified.http_date(),
            },
        })
    }

    /// What a copy answers about its source: 412, whatever the condition.
    pub fn check_source(&self, version: &Version, object: &Object) -> Result<(), Error> {
        self.judge(version, object).map_err(|failed| {
            precondition_failed(match failed {
                Failed::Refused("If-Match") => "x-amz-copy-source-If-Match",
                Failed::Refused(_) => "x-amz-copy-source-If-Unmodified-Since",
                Failed::NotModified if self.if_none_match.is_some() => {
                    "x-amz-copy-source-If-None-Match"
                }
                Failed::NotModified => "x-amz-copy-source-If-Modified-Since",
            })
        })
    }
}

/// What a conditional write (or, without `if_none_match`, a conditional delete) answers.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>
pub fn check_write(
    bucket: &Bucket,
    key: &str,
    if_match: Option<&str>,
    if_none_match: Option<&str>,
) -> Result<(), Error> {
    let current = bucket.current(key).map(|(_, object)| object);
    match if_none_match {
        Some("*") if current.is_some() => return Err(precondition_failed("If-None-Match")),
        None | Some("*") => {}
        Some(_) => return Err(Error::NotImplemented { header: "If-None-Match".to_owned() }),
    }
    match (if_match, current) {
        (Some(_), None) => Err(Error::NoSuchKey { key: key.to_owned() }),
        (Some(etags), Some(object)) if !matches(etags, &object.etag) => {
            Err(precondition_failed("If-Match"))
        }
        _ => Ok(()),
    }
}

fn precondition_failed(condition: &str) -> Error {
    Error::PreconditionFailed { condition: condition.to_owned() }
}

/// Whether a list of entity tags, quoted or not, names `etag`; `*` names all.
fn matches(etags: &str, etag: &str) -> bool {
    etags.split(',').map(str::trim).any(|named| {
        let named = named.strip_prefix("W/").unwrap_or(named);
        named == "*" || named.trim_matches('"') == etag
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn entity_tags() {
        for good in ["abc", "\"abc\"", "W/\"abc\"", "*", "\"x\", \"abc\""] {
            assert!(matches(good, "abc"), "{good}");
        }
        for bad in ["", "\"\"", "ab", "\"ABC\"", "\"abc-1\""] {
            assert!(!matches(bad, "abc"), "{bad}");
        }
    }
}
