//! Pages of lists.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;
use crate::limits::PAGE_MAX;

/// A page of rows that are in the order of their names, and what asks for the next.
pub fn cut<T>(
    rows: impl Iterator<Item = (String, T)>,
    next_token: Option<&str>,
    limit: Option<i64>,
) -> Result<(Vec<T>, Option<String>), Error> {
    let after = next_token.map(read).transpose()?;
    let most = usize::try_from(limit.unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX)).unwrap_or(1);
    let mut rows = rows.filter(|(name, _)| after.as_ref().is_none_or(|after| name > after));
    let (mut page, mut last) = (Vec::new(), None);
    for (name, row) in rows.by_ref().take(most) {
        page.push(row);
        last = Some(name);
    }
    let more = rows.next().is_some();
    Ok((page, last.filter(|_| more).map(|name| STANDARD.encode(name))))
}

fn read(token: &str) -> Result<String, Error> {
    let read = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    // guess: AWS documents no words.
    read.ok_or_else(|| Error::parameter("NextToken"))
}
