//! Ways to spoil a good request.

use bytes::Bytes;
use cloudarium_env::Rng;
use cloudarium_wire::http::{Headers, HttpRequest};

const NOISE: &[&str] = &[
    "",
    "%",
    "%zz",
    "%ff%fe",
    "?",
    "/",
    "//",
    "..",
    "{}",
    "[",
    "<",
    "<a>",
    "&#x0;",
    "&amp",
    "\u{0}",
    "\u{fffd}",
    "\u{1f980}",
    "-1",
    "99999999999999999999",
    "1e999",
    "NaN",
    "null",
    "\"",
    ";",
    ",",
    "=",
    "a=b",
    " ",
    "\r\n",
    "AWS4-HMAC-SHA256",
    "uploadId",
    "list-type=2",
    "x-id=",
    "partNumber=0",
];
const METHODS: &[&str] =
    &["", "GET", "PUT", "POST", "HEAD", "DELETE", "PATCH", "OPTIONS", "get", "G E T", "\u{0}"];
const NAMES: &[&str] = &[
    "Authorization",
    "Host",
    "X-Amz-Date",
    "X-Amz-Target",
    "Content-Type",
    "Content-MD5",
    "Range",
    "x-amz-content-sha256",
    "x-amz-decoded-content-length",
    "x-amz-checksum-crc32",
    "x-amz-trailer",
    "x-amz-copy-source",
    "Content-Encoding",
    "Content-Length",
    "If-Match",
    "If-Modified-Since",
    "x-amz-security-token",
    "x-amz-meta-a",
    "x-amz-tagging",
    "x-amz-storage-class",
    "Expect",
];

pub(crate) fn spoil(rng: &mut Rng, bases: &[HttpRequest]) -> HttpRequest {
    let mut request = bases[below(rng, bases.len())].clone();
    for _ in 0..=below(rng, 3) {
        match below(rng, 8) {
            0 => request.method = pick(rng, METHODS).to_owned(),
            1 | 2 => request.target = text(rng, &request.target.clone()),
            3 | 4 => header(rng, &mut request.headers),
            5 => request.body = other_body(rng),
            _ => request.body = bytes(rng, &request.body),
        }
    }
    request
}

fn below(rng: &mut Rng, below: usize) -> usize {
    usize::try_from(rng.below(below as u64)).unwrap_or(0)
}

fn pick(rng: &mut Rng, from: &[&'static str]) -> &'static str {
    from[below(rng, from.len())]
}

/// Noise put in, a part taken out, or the end cut off.
fn text(rng: &mut Rng, good: &str) -> String {
    let mut characters: Vec<char> = good.chars().collect();
    let at = below(rng, characters.len() + 1);
    match below(rng, 4) {
        0 => characters.truncate(at),
        1 => {
            let end = (at + 1 + below(rng, 8)).min(characters.len());
            characters.drain(at.min(end)..end);
        }
        2 => return pick(rng, NOISE).to_owned(),
        _ => {
            characters.splice(at..at, pick(rng, NOISE).chars());
        }
    }
    characters.into_iter().collect()
}

fn header(rng: &mut Rng, headers: &mut Headers) {
    let name = pick(rng, NAMES);
    match below(rng, 5) {
        0 => headers.remove(name),
        1 => headers.append(name, pick(rng, NOISE)),
        2 => {
            let length = if below(rng, 2_000) == 0 { 10_000_000 } else { below(rng, 2_000) };
            headers.set(name, "x".repeat(length));
        }
        3 => headers.set(pick(rng, NOISE), pick(rng, NOISE)),
        _ => {
            let good = headers.get(name).unwrap_or_default().to_owned();
            headers.set(name, text(rng, &good));
        }
    }
}

/// Bytes flipped, put in, taken out, or the end cut off.
fn bytes(rng: &mut Rng, good: &Bytes) -> Bytes {
    let mut body = good.to_vec();
    for _ in 0..=below(rng, 4) {
        let at = below(rng, body.len() + 1);
        match below(rng, 4) {
            0 => body.truncate(at),
            1 if at < body.len() => body[at] ^= 1 << below(rng, 8),
            2 if at < body.len() => {
                body.remove(at);
            }
            _ => {
                body.splice(at..at, pick(rng, NOISE).bytes().chain([0xff]));
            }
        }
    }
    body.into()
}

fn other_body(rng: &mut Rng) -> Bytes {
    let deep = 1 + below(rng, 5_000);
    match below(rng, 8) {
        0 => "[".repeat(deep).into(),
        1 => "{\"a\":".repeat(deep).into(),
        2 => "<a>".repeat(deep).into(),
        3 => format!("<Delete>{}</Delete>", "<Object><Key>k</Key></Object>".repeat(deep)).into(),
        4 => format!("Action=AssumeRole&Version=2011-06-15&Tags{}=1", ".member.1".repeat(deep))
            .into(),
        5 => "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>".into(),
        6 => format!("{:x}\r\nhello\r\n0\r\n\r\n", rng.next_u64()).into(),
        _ => pick(rng, NOISE).into(),
    }
}
