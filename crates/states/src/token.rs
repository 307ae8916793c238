//! Tokens that lead to the next page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use crate::error::Error;
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};

/// How many a page holds.
pub fn page_size(asked: Option<i64>) -> usize {
    let asked = asked.and_then(|asked| usize::try_from(asked).ok()).filter(|asked| *asked > 0);
    asked.unwrap_or(PAGE_DEFAULT).min(PAGE_MAX)
}

/// The token that follows the first `taken`.
pub fn write(taken: usize) -> String {
    BASE64.encode(format!("after {taken}"))
}

/// How many a token has behind it.
pub fn read(token: Option<&str>) -> Result<usize, Error> {
    let Some(token) = token else { return Ok(0) };
    let invalid = || Error::invalid_token(format!("Invalid Token: '{token}'"));
    let bytes = BASE64.decode(token).map_err(|_| invalid())?;
    let text = String::from_utf8(bytes).map_err(|_| invalid())?;
    text.strip_prefix("after ").and_then(|taken| taken.parse().ok()).ok_or_else(invalid)
}

/// One page of `all`, and the token of the next.
pub fn page<T>(
    all: impl Iterator<Item = T>,
    size: Option<i64>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Error> {
    let (size, skip) = (page_size(size), read(token)?);
    let mut rest = all.skip(skip);
    let page: Vec<T> = rest.by_ref().take(size).collect();
    let next = rest.next().map(|_| write(skip + page.len()));
    Ok((page, next))
}
