//! An answer as bytes.

use std::io::Write as _;

use cloudarium_wire::http::{HttpResponse, reason};

/// Bodies up to this size travel in one buffer with their head: one system call.
const JOINED_BYTES_MAX: usize = 64 * 1024;

/// An answer ready to be written.
#[derive(Debug)]
pub struct Answer {
    /// The head, and a small body behind it.
    pub first: Vec<u8>,
    /// Whether the body is still to be written by itself.
    pub body_follows: bool,
}

/// How to frame an answer.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Whether the request was `HEAD`.
    pub head_only: bool,
    /// Whether the connection ends after it.
    pub close: bool,
    /// The `Date` for an answer that has none.
    pub date: &'a str,
}

/// Writes `response` as HTTP/1.1. This host alone says how the body is delimited.
pub fn encode(response: &HttpResponse, frame: Frame<'_>) -> Answer {
    let bodiless = matches!(response.status, 100..=199 | 204 | 304);
    let body: &[u8] = if bodiless || frame.head_only { &[] } else { &response.body };
    let body_follows = body.len() > JOINED_BYTES_MAX;
    let joined = if body_follows { 0 } else { body.len() };
    let mut first = Vec::with_capacity(512 + joined);
    // Writing into a vector does not fail.
    let _ = write!(first, "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    let mut dated = false;
    for (name, value) in response.headers.iter() {
        if is_framing(name) {
            continue;
        }
        dated |= name.eq_ignore_ascii_case("date");
        field(&mut first, name, value);
    }
    if !dated {
        field(&mut first, "Date", frame.date);
    }
    if frame.close {
        field(&mut first, "Connection", "close");
    }
    // RFC 9110 8.6: the answer to HEAD tells the length that GET's would have.
    let told = response.headers.get("content-length").filter(|_| frame.head_only);
    match told {
        _ if bodiless => {}
        Some(length) => field(&mut first, "Content-Length", length),
        None => {
            let _ = write!(first, "Content-Length: {}\r\n", response.body.len());
        }
    }
    first.extend_from_slice(b"\r\n");
    if !body_follows {
        first.extend_from_slice(body);
    }
    Answer { first, body_follows }
}

fn is_framing(name: &str) -> bool {
    ["content-length", "transfer-encoding", "connection"]
        .iter()
        .any(|framing| name.eq_ignore_ascii_case(framing))
}

/// One field. Bytes that would end the line cannot be part of a value: they become spaces.
fn field(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend(
        value.bytes().map(|byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { byte }),
    );
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloudarium_wire::http::Headers;

    const FRAME: Frame<'_> = Frame { head_only: false, close: false, date: "now" };

    fn response(status: u16, fields: &[(&str, &str)], body: &'static str) -> HttpResponse {
        let headers: Headers =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        HttpResponse { status, headers, body: body.into() }
    }

    fn text(response: &HttpResponse, frame: Frame<'_>) -> String {
        String::from_utf8(encode(response, frame).first).unwrap()
    }

    #[test]
    fn the_host_says_how_long_the_body_is() {
        let wrong = response(200, &[("content-length", "9"), ("ETag", "\"e\"")], "hi");
        let expected = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nDate: now\r\nContent-Length: 2\r\n\r\nhi";
        assert_eq!(text(&wrong, FRAME), expected);
        let closing = text(&wrong, Frame { close: true, ..FRAME });
        assert!(closing.contains("Connection: close\r\n"), "{closing}");
    }

    #[test]
    fn the_answer_to_head_tells_the_length_and_has_no_body() {
        let frame = Frame { head_only: true, ..FRAME };
        let told = text(&response(200, &[("Content-Length", "9"), ("Date", "then")], ""), frame);
        assert_eq!(told, "HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 9\r\n\r\n");
        let untold = text(&response(404, &[], "<Error/>"), frame);
        assert!(untold.ends_with("Content-Length: 8\r\n\r\n"), "{untold}");
    }

    #[test]
    fn no_content_has_no_length() {
        assert_eq!(
            text(&response(204, &[], ""), FRAME),
            "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n"
        );
    }

    #[test]
    fn a_value_cannot_end_its_line() {
        let split = text(&response(200, &[("x-amz-meta-a", "1\r\nEvil: 2")], ""), FRAME);
        assert!(split.contains("x-amz-meta-a: 1  Evil: 2\r\n"), "{split}");
    }

    #[test]
    fn a_long_body_is_not_copied() {
        let mut long = response(200, &[], "");
        long.body = vec![b'x'; JOINED_BYTES_MAX + 1].into();
        let answer = encode(&long, FRAME);
        assert!(answer.body_follows && answer.first.ends_with(b"\r\n\r\n"));
    }
}
