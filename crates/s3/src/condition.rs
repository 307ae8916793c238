//! `If-Match` and its kin.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html>

use cloudarium_env::Timestamp;

use crate::error::Error;
use crate::model::{Bucket, Etag, Object, Version};
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
            (Some(etags), _) if !matches(etags, object.etag) => {
                return Err(Failed::Refused("If-Match"));
            }
            (None, Some(since)) if modified_since(since) => {
                return Err(Failed::Refused("If-Unmodified-Since"));
            }
            _ => {}
        }
        match (self.if_none_match, self.if_modified_since) {
            (Some(etags), _) if matches(etags, object.etag) => Err(Failed::NotModified),
            (None, Some(since)) if !modified_since(since) => Err(Failed::NotModified),
            _ => Ok(()),
        }
    }

    /// What a `GET` or `HEAD` answers.
    pub fn check_read(&self, version: &Version, object: &Object) -> Result<(), Error> {
        self.judge(version, object).map_err(|failed| match failed {
            Failed::Refused(condition) => precondition_failed(condition),
            Failed::NotModified => Error::NotModified {
                etag: object.quoted_etag(),
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

/// Conditions of a write.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteConditions<'a> {
    /// `If-Match`: one entity tag.
    pub if_match: Option<&'a str>,
    /// `If-None-Match`: `*`.
    pub if_none_match: Option<&'a str>,
}

impl WriteConditions<'_> {
    /// What a conditional write answers. A key whose current version is a delete marker is not there.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>
    pub fn check(&self, bucket: &Bucket, key: &str) -> Result<(), Error> {
        let refused = |header: &str| {
            let why = format!("We don't accept the provided value of {header} header for this API");
            Err(Error::no_such_header(header, &why))
        };
        match (self.if_match, self.if_none_match) {
            (Some(_), Some(_)) => Err(Error::no_such_header(
                "If-Match,If-None-Match",
                "Multiple conditional request headers present in the request",
            )),
            (Some("*"), None) => refused("If-Match"),
            (Some(etag), None) => check_delete(bucket, key, Some(etag)),
            (None, Some("*")) if bucket.current(key).is_some() => {
                Err(precondition_failed("If-None-Match"))
            }
            (None, None | Some("*")) => Ok(()),
            (None, Some(_)) => refused("If-None-Match"),
        }
    }
}

/// What a conditional delete answers, by the current version.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html>
pub fn check_delete(bucket: &Bucket, key: &str, if_match: Option<&str>) -> Result<(), Error> {
    let Some(etags) = if_match else { return Ok(()) };
    match bucket.current(key) {
        None => Err(Error::no_such_key(key)),
        Some((_, object)) if !matches(etags, object.etag) => Err(precondition_failed("If-Match")),
        Some(_) => Ok(()),
    }
}

fn precondition_failed(condition: &str) -> Error {
    Error::PreconditionFailed { condition: condition.to_owned() }
}

/// Whether a list of entity tags, quoted or not, names `etag`; `*` names all.
fn matches(etags: &str, etag: Etag) -> bool {
    let etag = etag.to_string();
    etags.split(',').map(str::trim).any(|named| {
        let named = named.strip_prefix("W/").unwrap_or(named);
        named == "*" || named.trim_matches('"') == etag
    })
}

#[cfg(test)]
mod tests {
    use super::matches;
    use crate::model::Etag;

    #[test]
    fn entity_tags() {
        let etag = Etag { md5: [0xab; 16], parts: 2 };
        let hex = etag.to_string();
        for good in
            [&hex, &format!("\"{hex}\""), &format!("W/\"{hex}\""), "*", &format!("x, {hex}")]
        {
            assert!(matches(good, etag), "{good}");
        }
        for bad in ["", "\"\"", "ab", &hex.to_uppercase(), hex.trim_end_matches("-2")] {
            assert!(!matches(bad, etag), "{bad}");
        }
    }
}
