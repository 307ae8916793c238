//! `multipart/form-data`, as browsers send forms.
//!
//! <https://www.rfc-editor.org/rfc/rfc7578>

use bytes::Bytes;

use crate::http::HttpRequest;

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of the file that it holds, if it says one.
    pub file_name: Option<String>,
    /// Its own `Content-Type`.
    pub content_type: Option<String>,
    /// Its content; memory is shared with the request.
    pub body: Bytes,
}

/// What parts the fields of `request`; `None` if it is no such form.
pub fn boundary(request: &HttpRequest) -> Option<String> {
    let kind = request.headers.get("content-type")?;
    let (media, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    Some(parameter(parameters, "boundary").unwrap_or_default())
}

/// Reads the fields in their order; `None` if the body is no such form.
pub fn read(body: &Bytes, boundary: &str) -> Option<Vec<Part>> {
    if boundary.is_empty() {
        return None;
    }
    let delimiter = format!("--{boundary}");
    let delimiter = delimiter.as_bytes();
    // What stands before the first delimiter is nothing of the form.
    let mut at = find(body, delimiter, 0)? + delimiter.len();
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        // Blanks may follow a delimiter, then its line ends.
        let line = find(body, b"\r\n", at)?;
        let begin = line + 2;
        let next = next_delimiter(body, delimiter, begin)?;
        parts.push(part(&body.slice(begin..next))?);
        at = next + 2 + delimiter.len();
    }
}

/// Where the line break before the next delimiter is.
fn next_delimiter(body: &[u8], delimiter: &[u8], from: usize) -> Option<usize> {
    let mut line = Vec::with_capacity(delimiter.len() + 2);
    line.extend_from_slice(b"\r\n");
    line.extend_from_slice(delimiter);
    find(body, &line, from)
}

fn part(bytes: &Bytes) -> Option<Part> {
    let (head, body) = match find(bytes, b"\r\n\r\n", 0) {
        Some(end) => (bytes.get(..end)?, bytes.slice(end + 4..)),
        None => return None,
    };
    let head = String::from_utf8_lossy(head);
    let mut found = Part { name: String::new(), file_name: None, content_type: None, body };
    for line in head.split("\r\n") {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-disposition") {
            let parameters = value.split_once(';').map_or("", |(_, rest)| rest);
            found.name = parameter(parameters, "name")?;
            found.file_name = parameter(parameters, "filename");
        } else if name.eq_ignore_ascii_case("content-type") {
            found.content_type = Some(value.trim().to_owned());
        }
    }
    (!found.name.is_empty()).then_some(found)
}

/// The value of `name` in `; name="value"; other=1`. Browsers write a quote as `%22` or `\"`.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|it: char| it == ';' || it.is_whitespace());
        let (key, after) = rest.split_once('=')?;
        let (value, after) = value(after)?;
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
}

fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.trim_start().strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return Some((text.get(..end)?.trim().to_owned(), text.get(end..)?));
    };
    let mut out = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((out, quoted.get(at + 1..)?)),
            // Only a quote is escaped: old browsers send paths with backslashes as they are.
            '\\' if quoted.get(at + 1..).is_some_and(|rest| rest.starts_with('"')) => {
                letters.next();
                out.push('"');
            }
            letter => out.push(letter),
        }
    }
    None
}

/// The first place of `needle` at or after `from`.
fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        let rest = hay.get(at..)?;
        let step = rest.iter().position(|byte| *byte == first)?;
        at += step;
        if hay.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}
