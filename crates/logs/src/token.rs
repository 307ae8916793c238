//! Tokens of lists, and the sequence tokens that nobody looks at any more.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;

/// A token that says where a list goes on.
pub fn write(place: &str) -> String {
    STANDARD.encode(place)
}

/// What [`write`] wrote.
pub fn read(token: &str) -> Result<String, Error> {
    let decoded = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.ok_or_else(invalid)
}

/// How a token that is none is refused.
pub fn invalid() -> Error {
    Error::parameter("The specified nextToken is invalid.")
}

/// How many rows an answer has.
pub fn page_size(limit: Option<i64>, most: usize) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(most).min(most)
}

/// AWS's have 56 digits and begin so.
pub fn sequence(next: u64) -> String {
    format!("4963{next:052}")
}
