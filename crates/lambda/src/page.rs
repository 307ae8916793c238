//! Pages of lists.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;

/// The rows after the one that `marker` names, and the marker of the last if there are more.
pub fn cut<T>(
    rows: impl Iterator<Item = (String, T)>,
    marker: Option<&str>,
    max_items: Option<i64>,
    usual: usize,
) -> Result<(Vec<T>, Option<String>), Error> {
    let after = marker.map(read).transpose()?;
    // AWS gives at most 50 rows, however many are asked for.
    let most = max_items.and_then(|most| usize::try_from(most).ok()).unwrap_or(usual).min(usual);
    let mut rows = rows.skip_while(|(name, _)| after.as_ref().is_some_and(|after| name != after));
    if after.is_some() {
        rows.next();
    }
    let (mut page, mut last) = (Vec::new(), None);
    for (name, row) in rows.by_ref().take(most) {
        page.push(row);
        last = Some(name);
    }
    let more = rows.next().is_some();
    Ok((page, last.filter(|_| more).map(|name| STANDARD.encode(name))))
}

fn read(marker: &str) -> Result<String, Error> {
    let decoded = STANDARD.decode(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    // guess: AWS documents no words for it.
    decoded.ok_or_else(|| Error::parameter("Invalid Marker"))
}
