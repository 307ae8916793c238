//! The one way to write a request for signing.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};

use super::{ALGORITHM, Dialect};
use crate::http::HttpRequest;

/// All but A–Z, a–z, 0–9, `-`, `.`, `_`, `~` is encoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same within a path, whose slashes stay.
const PATH: &AsciiSet = &UNRESERVED.remove(b'/');

/// What of a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct CanonicalRequest<'a> {
    /// The request.
    pub request: &'a HttpRequest,
    /// Names of the headers to sign, lower-case.
    pub signed_headers: &'a [String],
    /// The body's hash in hexadecimal, or the word that stands for it.
    pub payload_hash: &'a str,
    /// How the path is written.
    pub dialect: Dialect,
}

impl CanonicalRequest<'_> {
    /// The six lines that are hashed.
    pub fn text(&self) -> String {
        let (path, query) =
            self.request.target.split_once('?').unwrap_or((&self.request.target, ""));
        let mut text = String::with_capacity(512);
        text.push_str(&self.request.method);
        text.push('\n');
        text.push_str(&canonical_path(path, self.dialect));
        text.push('\n');
        text.push_str(&canonical_query(query));
        text.push('\n');
        for name in self.signed_headers {
            text.push_str(name);
            text.push(':');
            push_values(&mut text, self.request, name);
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.signed_headers.join(";"));
        text.push('\n');
        text.push_str(self.payload_hash);
        text
    }
}

/// The text that the signing key signs.
pub fn string_to_sign(signed_at: &str, scope: &str, canonical_request: &str) -> String {
    let digest = hex::encode(Sha256::digest(canonical_request.as_bytes()));
    format!("{ALGORITHM}\n{signed_at}\n{scope}\n{digest}")
}

fn canonical_path(path: &str, dialect: Dialect) -> String {
    match dialect {
        // S3's keys are what they are: `a//b` and `../c` are not normalised.
        Dialect::S3 => {
            let decoded: Vec<u8> = percent_decode_str(path).collect();
            encode_path(&decoded)
        }
        Dialect::General => encode_path(normalised(path).as_bytes()),
    }
}

fn encode_path(path: &[u8]) -> String {
    if path.is_empty() { "/".to_owned() } else { percent_encode(path, PATH).to_string() }
}

/// The path without empty, `.` and `..` segments (RFC 3986, section 6.2.2.3).
fn normalised(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    let mut out = format!("/{}", segments.join("/"));
    if path.ends_with('/') && !segments.is_empty() {
        out.push('/');
    }
    out
}

/// The query's parameters, decoded, encoded in the one way, sorted; without the signature itself.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (recoded(name), recoded(value)))
        .filter(|(name, _)| name != "X-Amz-Signature")
        .collect();
    pairs.sort();
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn recoded(text: &str) -> String {
    let spaced = text.replace('+', "%20");
    let decoded: Vec<u8> = percent_decode_str(&spaced).collect();
    percent_encode(&decoded, UNRESERVED).to_string()
}

/// All values of `name`, each trimmed and its runs of blanks folded, joined by commas.
fn push_values(text: &mut String, request: &HttpRequest, name: &str) {
    let mut values = request.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    if let Some((_, value)) = values.next() {
        push_folded(text, value);
    }
    for (_, value) in values {
        text.push(',');
        push_folded(text, value);
    }
}

fn push_folded(text: &mut String, value: &str) {
    for (index, word) in value.split_ascii_whitespace().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}
