//! Which bytes of an object a read is for.

use std::ops::Range;

use cloudarium_env::BlobRef;

use crate::error::Error;
use crate::model::Object;

/// What a read returns of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// Its bytes.
    pub bytes: Range<u64>,
    /// `Content-Range`, if it is not the whole object: the answer is then 206.
    pub content_range: Option<String>,
    /// How many parts the object has, when a part was asked for.
    pub parts_count: Option<i64>,
}

/// The part or the range that a request names, or all of the object.
///
/// A range that S3 does not understand, or a list of ranges, is ignored: the whole object comes.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
pub fn slice(
    object: &Object,
    range: Option<&str>,
    part_number: Option<i64>,
) -> Result<Slice, Error> {
    let whole = Slice { bytes: 0..object.size, content_range: None, parts_count: None };
    match (range, part_number) {
        (Some(_), Some(_)) => {
            Err(Error::request("Cannot specify both Range header and partNumber query parameter"))
        }
        (None, None) => Ok(whole),
        (None, Some(number)) => part(object, number),
        (Some(range), None) => match resolve(range, object.size) {
            Resolved::Ignored => Ok(whole),
            Resolved::Outside => {
                Err(Error::InvalidRange { range: range.to_owned(), size: object.size.to_string() })
            }
            Resolved::Bytes(bytes) => Ok(Slice {
                content_range: Some(content_range(&bytes, object.size)),
                bytes,
                parts_count: None,
            }),
        },
    }
}

/// Part `number`, from 1. An object that was sent at once is its own only part.
fn part(object: &Object, number: i64) -> Result<Slice, Error> {
    let multipart = object.is_multipart();
    let blobs = object.body.blobs();
    let count = if multipart { blobs.len() } else { 1 };
    let index =
        usize::try_from(number - 1).ok().filter(|_| number <= crate::limits::PART_NUMBER_MAX);
    let index = index.ok_or_else(|| {
        let message = "Part number must be an integer between 1 and 10000, inclusive";
        Error::argument(message, "partNumber", number.to_string())
    })?;
    if index >= count {
        return Err(Error::InvalidPartNumber {
            requested: number.to_string(),
            actual: count.to_string(),
        });
    }
    let length = |parts: &[BlobRef]| parts.iter().map(|part| part.length).sum::<u64>();
    let bytes = match blobs.get(..=index).and_then(<[BlobRef]>::split_last) {
        Some((part, before)) if multipart => length(before)..length(before) + part.length,
        _ => 0..object.size,
    };
    Ok(Slice {
        content_range: (object.size > 0).then(|| content_range(&bytes, object.size)),
        bytes,
        parts_count: multipart.then(|| i64::try_from(count).unwrap_or(i64::MAX)),
    })
}

fn content_range(bytes: &Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", bytes.start, bytes.end.saturating_sub(1))
}

#[derive(Debug, PartialEq, Eq)]
enum Resolved {
    Ignored,
    Outside,
    Bytes(Range<u64>),
}

/// `bytes=0-9`, `bytes=10-`, `bytes=-5` in a body of `size` bytes.
fn resolve(range: &str, size: u64) -> Resolved {
    let Some((first, last)) = range.trim().strip_prefix("bytes=").and_then(|it| it.split_once('-'))
    else {
        return Resolved::Ignored;
    };
    match (position(first), position(last)) {
        (Ok(None), Ok(Some(0))) => Resolved::Outside,
        (Ok(None), Ok(Some(_))) if size == 0 => Resolved::Outside,
        (Ok(None), Ok(Some(suffix))) => Resolved::Bytes(size.saturating_sub(suffix)..size),
        (Ok(Some(first)), Ok(Some(last))) if last < first => Resolved::Ignored,
        (Ok(Some(first)), Ok(_)) if first >= size => Resolved::Outside,
        (Ok(Some(first)), Ok(None)) => Resolved::Bytes(first..size),
        (Ok(Some(first)), Ok(Some(last))) => {
            Resolved::Bytes(first..last.saturating_add(1).min(size))
        }
        _ => Resolved::Ignored,
    }
}

/// Digits, or nothing at all.
fn position(text: &str) -> Result<Option<u64>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(());
    }
    Ok(Some(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::{Resolved, resolve};

    #[test]
    fn ranges() {
        for (range, size, expected) in [
            ("bytes=0-0", 10, Resolved::Bytes(0..1)),
            ("bytes=2-", 10, Resolved::Bytes(2..10)),
            ("bytes=-3", 10, Resolved::Bytes(7..10)),
            ("bytes=-30", 10, Resolved::Bytes(0..10)),
            ("bytes=5-99999999999999999999999", 10, Resolved::Bytes(5..10)),
            ("bytes=10-", 10, Resolved::Outside),
            ("bytes=-0", 10, Resolved::Outside),
            ("bytes=0-", 0, Resolved::Outside),
            ("bytes=-1", 0, Resolved::Outside),
            ("bytes=5-2", 10, Resolved::Ignored),
            ("bytes=0-1,3-4", 10, Resolved::Ignored),
            ("bytes=-", 10, Resolved::Ignored),
            ("bytes=a-b", 10, Resolved::Ignored),
            ("items=0-1", 10, Resolved::Ignored),
        ] {
            assert_eq!(resolve(range, size), expected, "{range} of {size}");
        }
    }
}
