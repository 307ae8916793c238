//! Reads the head of an HTTP/1.1 request, within bounds.

use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
const LINE_BYTES_MAX: u64 = 16 * 1024;
/// The most header lines that are read.
const LINES_MAX: usize = 200;

/// What a static host needs to know of a request.
#[derive(Debug, Default)]
pub struct Request {
    pub method: String,
    /// The path, percent-decoded, without the query.
    pub path: String,
    pub accept_encoding: String,
    pub if_none_match: String,
    pub keep_alive: bool,
}

/// Why no request came of the bytes.
#[derive(Debug)]
pub enum Error {
    /// The connection is gone, or silent for too long.
    Gone,
    /// The bytes are no request.
    Malformed,
}

/// Reads one request head; `None` when the client has closed the connection.
pub fn read(reader: &mut impl BufRead) -> Result<Option<Request>, Error> {
    let Some(first) = line(reader)? else { return Ok(None) };
    let mut words = first.split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Error::Malformed);
    };
    let path = target.split(['?', '#']).next().unwrap_or(target);
    let mut request = Request {
        method: method.to_owned(),
        path: decode(path).ok_or(Error::Malformed)?,
        keep_alive: first.ends_with("1.1"),
        ..Request::default()
    };
    for _ in 0..LINES_MAX {
        let header = line(reader)?.ok_or(Error::Malformed)?;
        if header.is_empty() {
            return Ok(Some(request));
        }
        let (name, value) = header.split_once(':').ok_or(Error::Malformed)?;
        note(&mut request, name, value.trim())?;
    }
    Err(Error::Malformed)
}

fn note(request: &mut Request, name: &str, value: &str) -> Result<(), Error> {
    match name.to_ascii_lowercase().as_str() {
        "accept-encoding" => value.clone_into(&mut request.accept_encoding),
        "if-none-match" => value.clone_into(&mut request.if_none_match),
        "connection" if value.eq_ignore_ascii_case("close") => request.keep_alive = false,
        // A body would be taken for the next request: close after the answer.
        "content-length" if value != "0" => request.keep_alive = false,
        "transfer-encoding" => return Err(Error::Malformed),
        _ => {}
    }
    Ok(())
}

/// One line without its line end; `None` at the end of the stream.
fn line(reader: &mut impl BufRead) -> Result<Option<String>, Error> {
    let mut text = String::new();
    let read = reader.take(LINE_BYTES_MAX).read_line(&mut text);
    match read {
        Ok(0) => Ok(None),
        Ok(_) if !text.ends_with('\n') => Err(Error::Malformed),
        Ok(_) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Error::Malformed),
        Err(_) => Err(Error::Gone),
    }
}

/// Percent-decodes a path; `None` if it is no UTF-8 or an escape is cut short.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
