//! Comma-separated values (RFC 4180), with another delimiter where asked.

/// The rows of a text; empty lines are none.
pub fn rows(text: &str, delimiter: char) -> impl Iterator<Item = Vec<String>> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let (row, after) = row(rest, delimiter);
            rest = after;
            if row.len() > 1 || row.first().is_some_and(|cell| !cell.is_empty()) {
                return Some(row);
            }
        }
    })
}

/// The first row, and what follows it.
fn row(text: &str, delimiter: char) -> (Vec<String>, &str) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '"' if quoted && after.starts_with('"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\r' if !quoted && after.starts_with('\n') => {}
            '\n' if !quoted => {
                cells.push(cell);
                return (cells, after);
            }
            c if c == delimiter && !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    (cells, "")
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn cells_may_be_quoted() {
        let all: Vec<_> = rows("a,b\r\n\"1,\n2\",\"say \"\"hi\"\"\"\n\nx,\n", ',').collect();
        assert_eq!(all, [vec!["a", "b"], vec!["1,\n2", "say \"hi\""], vec!["x", ""]]);
    }
}
