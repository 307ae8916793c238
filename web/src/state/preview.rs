//! Shows the beginning of an object: as text, pretty JSON, a table, or an image.

/// How many bytes of an object are fetched to be shown.
pub const TEXT_BYTES_MAX: u64 = 64 * 1024;
/// Images are shown whole or not at all.
pub const IMAGE_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// How many rows of a table are shown.
pub const ROWS_MAX: usize = 50;
/// How many columns of a table are shown.
pub const COLUMNS_MAX: usize = 30;

/// How an object can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Text,
    Json,
    Csv,
    Image,
    Other,
}

/// What is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Text(String),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        more: bool,
    },
    /// Bytes that are no text.
    Binary,
}

/// What a content type, or the end of a key, promises.
pub fn kind(content_type: &str, key: &str) -> Kind {
    let media = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let ending = key.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let by_type = match media.as_str() {
        "application/json" | "text/json" => Kind::Json,
        "text/csv" | "text/tab-separated-values" => Kind::Csv,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif"
        | "image/svg+xml" => Kind::Image,
        _ if media.ends_with("+json") => Kind::Json,
        _ => Kind::Other,
    };
    if by_type != Kind::Other {
        return by_type;
    }
    match ending.as_str() {
        "json" => Kind::Json,
        "csv" | "tsv" => Kind::Csv,
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" => Kind::Image,
        _ if media.starts_with("text/") => Kind::Text,
        // Without a type, S3 says binary/octet-stream: the bytes themselves will tell.
        _ if media.is_empty() || media.ends_with("octet-stream") => Kind::Text,
        "txt" | "md" | "log" | "py" | "xml" | "html" | "css" | "js" | "yaml" | "yml" | "toml"
        | "jsonl" => Kind::Text,
        _ => Kind::Other,
    }
}

/// The type to tell the browser for an image that was stored without one.
pub fn image_type<'a>(content_type: &'a str, key: &str) -> &'a str {
    if content_type.starts_with("image/") {
        return content_type;
    }
    let ending = key.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => "image/png",
    }
}

/// Shows bytes as their kind asks; `whole` says whether they are all there is.
pub fn show(kind: Kind, bytes: &[u8], whole: bool) -> Shown {
    let Some(text) = text_of(bytes, whole) else { return Shown::Binary };
    match kind {
        Kind::Json if whole => match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(value) => Shown::Text(serde_json::to_string_pretty(&value).unwrap_or(text)),
            Err(_) => Shown::Text(text),
        },
        Kind::Csv => table(&text, whole),
        _ => Shown::Text(text),
    }
}

/// Valid UTF-8 without control characters; the end may be cut through a letter when more follows.
fn text_of(bytes: &[u8], whole: bool) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if !whole && error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}');
    if text.contains(odd) { None } else { Some(text.trim_start_matches('\u{feff}').to_owned()) }
}

fn table(text: &str, whole: bool) -> Shown {
    let first = text.lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let comma =
        [',', ';', '\t', '|'].into_iter().max_by_key(|c| (count(*c), *c == ',')).unwrap_or(',');
    let mut rows = records(text, comma, ROWS_MAX + 2);
    if !whole && rows.len() < ROWS_MAX + 2 {
        rows.pop(); // its end may be missing
    }
    if rows.is_empty() {
        return Shown::Text(text.to_owned());
    }
    let head = rows.remove(0);
    let more = rows.len() > ROWS_MAX || !whole;
    rows.truncate(ROWS_MAX);
    Shown::Table { head, rows, more }
}

/// RFC 4180, and any separator: fields may be quoted, quotes within doubled.
fn records(text: &str, separator: char, max: usize) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = vec![];
    let mut record: Vec<String> = vec![];
    let mut field = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                field.push('"');
                letters.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
                if records.len() == max {
                    return records;
                }
            }
            c if c == separator && !quoted => record.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_decides_and_then_the_key() {
        let cases = [
            ("application/json; charset=utf-8", "a", Kind::Json),
            ("binary/octet-stream", "orders.csv", Kind::Csv),
            ("binary/octet-stream", "notes", Kind::Text),
            ("image/png", "a.csv", Kind::Image),
            ("video/mp4", "a.mp4", Kind::Other),
            ("", "a.JPG", Kind::Image),
        ];
        for (media, key, expected) in cases {
            assert_eq!(kind(media, key), expected, "{media} {key}");
        }
    }

    #[test]
    fn a_table_knows_quotes_and_crlf() {
        let text = "id,words\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,\r\n";
        let Shown::Table { head, rows, more } = show(Kind::Csv, text.as_bytes(), true) else {
            panic!("no table");
        };
        assert_eq!(head, ["id", "words"]);
        assert_eq!(rows, [["1", "a, \"b\"\nc"], ["2", ""]]);
        assert!(!more);
    }

    #[test]
    fn a_cut_table_drops_its_last_line() {
        let Shown::Table { rows, more, .. } = show(Kind::Csv, b"a;b\n1;2\n3;", false) else {
            panic!("no table");
        };
        assert_eq!(rows, [["1", "2"]]);
        assert!(more);
    }

    #[test]
    fn json_is_made_pretty_and_broken_json_stays() {
        assert_eq!(
            show(Kind::Json, b"{\"a\":[1]}", true),
            Shown::Text("{\n  \"a\": [\n    1\n  ]\n}".into())
        );
        assert_eq!(show(Kind::Json, b"{\"a\":", true), Shown::Text("{\"a\":".into()));
    }

    #[test]
    fn bytes_that_are_no_text_are_not_shown_as_text() {
        assert_eq!(show(Kind::Text, &[0xff, 0xd8, 0xff], true), Shown::Binary);
        assert_eq!(show(Kind::Text, b"a\0b", true), Shown::Binary);
        assert_eq!(
            show(Kind::Text, "a\u{fc}".as_bytes().split_at(2).0, false),
            Shown::Text("a".into())
        );
    }
}
