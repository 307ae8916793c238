//! The head of a request: request line and header fields.

use bytes::{Buf, BytesMut};
use cloudarium_wire::http::Headers;

use super::Refusal;

/// How many bytes of head this host reads. AWS allows 8 KB for a PUT's header section; the room
/// above it lets the cloud itself refuse, in the service's own words.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
pub const HEAD_BYTES_MAX: usize = 64 * 1024;

/// How many header fields this host reads.
const FIELDS_MAX: usize = 512;

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// As sent.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// As sent.
    pub headers: Headers,
    /// How its body is delimited.
    pub framing: Framing,
    /// Whether the client waits for `100 Continue` before it sends the body.
    pub expects_continue: bool,
    /// Whether the connection goes on after the answer.
    pub keep_alive: bool,
}

/// How a body is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// So many bytes (0: no body).
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

/// Takes a head off the front of `buffer`; `None` when it has not arrived in full.
pub fn take(buffer: &mut BytesMut) -> Result<Option<Head>, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(buffer) {
        Ok(httparse::Status::Complete(length)) if length <= HEAD_BYTES_MAX => {
            let head = read(&request)?;
            buffer.advance(length);
            Ok(Some(head))
        }
        Ok(httparse::Status::Partial) if buffer.len() <= HEAD_BYTES_MAX => Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => Err(Refusal::HeadersTooLarge),
        Err(httparse::Error::Version) if has_strange_version(buffer) => Err(Refusal::Version),
        Err(_) => Err(Refusal::Malformed),
    }
}

/// Whether the first line ends in an HTTP version, only not in ours.
fn has_strange_version(buffer: &[u8]) -> bool {
    let line = buffer.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let version = line.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    match version {
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor] => {
            major.is_ascii_digit() && minor.is_ascii_digit()
        }
        _ => false,
    }
}

fn read(request: &httparse::Request<'_, '_>) -> Result<Head, Refusal> {
    let method = request.method.ok_or(Refusal::Malformed)?;
    let target = request.path.ok_or(Refusal::Target)?;
    let current = request.version == Some(1);
    let mut facts = Facts { keep_alive: current, ..Facts::default() };
    let mut headers = Headers::default();
    for field in request.headers.iter() {
        let value = text(field.value);
        facts.note(field.name, &value, current)?;
        headers.append(field.name, value);
    }
    let (authority, target) = split_target(target)?;
    if let Some(authority) = authority {
        headers.set("Host", authority);
    } else if facts.hosts > 1 || (current && facts.hosts == 0) {
        return Err(Refusal::Host);
    }
    Ok(Head {
        method: method.to_owned(),
        target: target.to_owned(),
        framing: facts.framing(current)?,
        expects_continue: facts.expects_continue,
        keep_alive: facts.keep_alive,
        headers,
    })
}

/// What the header fields say about the message itself.
#[derive(Default)]
struct Facts {
    hosts: usize,
    length: Option<u64>,
    chunked: bool,
    expects_continue: bool,
    keep_alive: bool,
}

impl Facts {
    fn note(&mut self, name: &str, value: &str, current: bool) -> Result<(), Refusal> {
        if name.eq_ignore_ascii_case("host") {
            self.hosts += 1;
        } else if name.eq_ignore_ascii_case("content-length") {
            let length = decimal(value).ok_or(Refusal::Framing)?;
            if self.length.replace(length).is_some_and(|other| other != length) {
                return Err(Refusal::Framing);
            }
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            if self.chunked || !value.trim().eq_ignore_ascii_case("chunked") {
                return Err(Refusal::TransferCoding);
            }
            self.chunked = true;
        } else if name.eq_ignore_ascii_case("expect") {
            if !value.trim().eq_ignore_ascii_case("100-continue") {
                return Err(Refusal::Expectation);
            }
            // RFC 9110 10.1.1: an HTTP/1.0 client is not told to continue.
            self.expects_continue = current;
        } else if name.eq_ignore_ascii_case("connection") {
            for option in value.split(',').map(str::trim) {
                if option.eq_ignore_ascii_case("close") {
                    self.keep_alive = false;
                } else if option.eq_ignore_ascii_case("keep-alive") && !current {
                    self.keep_alive = true;
                }
            }
        }
        Ok(())
    }

    /// RFC 9112 6.1 and 6.3: both fields at once, or chunks in HTTP/1.0, are how requests are
    /// smuggled.
    fn framing(&self, current: bool) -> Result<Framing, Refusal> {
        match (self.chunked, self.length) {
            (true, None) if current => Ok(Framing::Chunked),
            (true, _) => Err(Refusal::Framing),
            (false, length) => Ok(Framing::Length(length.unwrap_or(0))),
        }
    }
}

/// RFC 9112 3.2: a path, or an absolute URI, whose authority then is the host.
fn split_target(target: &str) -> Result<(Option<&str>, &str), Refusal> {
    if target.starts_with('/') {
        return Ok((None, target));
    }
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        target.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        target.get(scheme.len()..)
    });
    let rest = rest.ok_or(Refusal::Target)?;
    match rest.find(['/', '?']) {
        Some(at) if rest.as_bytes().get(at) == Some(&b'/') => {
            Ok((rest.get(..at), rest.get(at..).unwrap_or("/")))
        }
        Some(_) => Err(Refusal::Target),
        None => Ok((Some(rest), "/")),
    }
}

/// Digits only: no sign, no list.
fn decimal(value: &str) -> Option<u64> {
    let value = value.trim();
    value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok())?
}

/// UTF-8 where the bytes are, else Latin-1.
fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Result<Option<Head>, Refusal> {
        take(&mut BytesMut::from(text.as_bytes()))
    }

    fn head(text: &str) -> Head {
        taken(text).unwrap().unwrap()
    }

    #[test]
    fn the_target_stays_as_it_was_sent() {
        for target in ["/b/../x", "//", "/b//%2e%2E/?a=1&&b", "/b/%zz", "/b/ü", "/b?list-type=2#f"]
        {
            assert_eq!(head(&format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")).target, target);
        }
        let absolute = head("GET HTTP://b.h:1/../k?q HTTP/1.1\r\nhost: other\r\n\r\n");
        assert_eq!(
            (absolute.target.as_str(), absolute.headers.get("Host")),
            ("/../k?q", Some("b.h:1"))
        );
    }

    #[test]
    fn headers_are_text_whatever_their_bytes() {
        let mut bytes =
            BytesMut::from(&b"GET / HTTP/1.1\r\nHost: h\r\nA: \xc3\xbc\r\nB: \xfc\r\n\r\nrest"[..]);
        let head = take(&mut bytes).unwrap().unwrap();
        assert_eq!((head.headers.get("a"), head.headers.get("b")), (Some("ü"), Some("ü")));
        assert_eq!(bytes, b"rest"[..]);
    }

    #[test]
    fn connections_go_on_as_the_version_says() {
        assert!(head("GET / HTTP/1.1\r\nHost: h\r\n\r\n").keep_alive);
        assert!(!head("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n").keep_alive);
        assert!(!head("GET / HTTP/1.0\r\n\r\n").keep_alive);
        assert!(head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
    }

    #[test]
    fn what_is_no_request_is_refused_by_name() {
        let with = |fields: &str| taken(&format!("PUT /b HTTP/1.1\r\nHost: h\r\n{fields}\r\n"));
        let cases = [
            (taken("PUT / HTTP/1.1\r\n\r\n"), Refusal::Host),
            (with("Host: i\r\n"), Refusal::Host),
            (with("Content-Length: 1\r\nContent-Length: 2\r\n"), Refusal::Framing),
            (with("Content-Length: -1\r\n"), Refusal::Framing),
            (with("Content-Length: 1, 1\r\n"), Refusal::Framing),
            (with("Content-Length: 99999999999999999999\r\n"), Refusal::Framing),
            (with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), Refusal::Framing),
            (with("Transfer-Encoding: gzip, chunked\r\n"), Refusal::TransferCoding),
            (with("Expect: 200-ok\r\n"), Refusal::Expectation),
            (taken("PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), Refusal::Framing),
            (taken("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"), Refusal::Target),
            (taken("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), Refusal::Version),
            (taken("GET / HTTPS\r\n\r\n"), Refusal::Malformed),
            (taken("\u{16}\u{3}\u{1}\r\n\r\n"), Refusal::Malformed),
            (with(&"a: b\r\n".repeat(FIELDS_MAX)), Refusal::HeadersTooLarge),
            (with(&format!("a: {}\r\n", "b".repeat(HEAD_BYTES_MAX))), Refusal::HeadersTooLarge),
            (taken(&format!("GET /{}", "b".repeat(HEAD_BYTES_MAX))), Refusal::HeadersTooLarge),
        ];
        for (at, (answer, refusal)) in cases.into_iter().enumerate() {
            assert_eq!(answer, Err(refusal), "case {at}");
        }
    }

    #[test]
    fn half_a_head_waits() {
        let whole = "PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n";
        for length in 0..whole.len() {
            assert_eq!(taken(&whole[..length]), Ok(None), "{length}");
        }
        assert_eq!(head(whole).framing, Framing::Length(3));
    }
}
