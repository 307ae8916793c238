//! Pages of lists.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;
use crate::limits::LIST_MAX;

/// A page of rows that are in the order of their names, and what asks for the next; that is told only to who asks for
/// pages.
pub fn cut<T>(
    rows: impl Iterator<Item = (String, T)>,
    next_token: Option<&str>,
    max_results: Option<i64>,
) -> Result<(Vec<T>, Option<String>), Error> {
    if let Some(asked) = max_results.filter(|it| !(1..=LIST_MAX).contains(it)) {
        let reason = format!("MaxResults must be an integer between 1 and {LIST_MAX}.");
        return Err(Error::value(&asked.to_string(), "MaxResults", &reason));
    }
    let after = next_token.map(read).transpose()?;
    let most = usize::try_from(max_results.unwrap_or(LIST_MAX)).unwrap_or(usize::MAX);
    let mut rows = rows.filter(|(name, _)| after.as_ref().is_none_or(|after| name > after));
    let (mut page, mut last) = (Vec::new(), None);
    for (name, row) in rows.by_ref().take(most) {
        page.push(row);
        last = Some(name);
    }
    let more = max_results.is_some() && rows.next().is_some();
    Ok((page, last.filter(|_| more).map(|name| STANDARD.encode(name))))
}

fn read(token: &str) -> Result<String, Error> {
    let read = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    read.ok_or_else(|| Error::InvalidParameterValue("Invalid or expired next token.".to_owned()))
}
