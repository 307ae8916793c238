//! A client's request: from what boto3 prepared to what would have come over a socket.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_wire::http::{Headers, HttpRequest};
use cloudarium_wire::sigv4::{self, Secret};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a key's part of an address holds as it is.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Where a call stands in the learner's files; not part of what is signed.
const SOURCE: &str = "x-cloudarium-source";

/// The request as a server would see it: `url` is split into `Host` and target, the length is that
/// of the body as it came (a client's own framing of it is gone by now).
pub fn request(
    method: &str,
    url: &str,
    headers: &str,
    body: Vec<u8>,
    source: &str,
) -> Result<HttpRequest, String> {
    let (host, target) = split(url).ok_or_else(|| format!("{url} is no address"))?;
    let mut fields = read_headers(headers)?;
    if fields.get("host").is_none() {
        fields.append("Host", host);
    }
    fields.remove("transfer-encoding");
    if !body.is_empty() || fields.get("content-length").is_some() {
        fields.set("Content-Length", body.len().to_string());
    }
    fields.remove(SOURCE);
    if !source.is_empty() {
        fields.append(SOURCE, source);
    }
    let (method, body) = (method.to_owned(), Bytes::from(body));
    Ok(HttpRequest { method, target, headers: fields, body })
}

/// An address that opens an object to whoever holds it, from `now` on and for `expires_s` seconds.
pub fn presigned(
    (bucket, key): (&str, &str),
    secret: &Secret,
    region: &str,
    expires_s: u64,
    now: Timestamp,
) -> String {
    let key = utf8_percent_encode(key, KEY);
    // A name with dots is no name of a host that a certificate would fit.
    let (host, target) = if bucket.contains('.') {
        (format!("s3.{region}.amazonaws.com"), format!("/{bucket}/{key}"))
    } else {
        (format!("{bucket}.s3.{region}.amazonaws.com"), format!("/{key}"))
    };
    let mut headers = Headers::default();
    headers.append("Host", host.clone());
    let method = "GET".to_owned();
    let mut link = HttpRequest { method, target, headers, body: Bytes::new() };
    sigv4::presign(&mut link, secret, (region, "s3"), expires_s, now);
    format!("https://{host}{}", link.target)
}

/// `https://b.s3.amazonaws.com/k?x` is `b.s3.amazonaws.com` and `/k?x`.
fn split(url: &str) -> Option<(&str, String)> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at_checked(at)?;
    let slash = if target.starts_with('/') { "" } else { "/" };
    (!host.is_empty()).then(|| (host, format!("{slash}{target}")))
}

fn read_headers(json: &str) -> Result<Headers, String> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|error| format!("headers are no JSON: {error}"))?;
    Ok(object
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, host: &str, target: &str) {
        let request = request("GET", url, "{}", Vec::new(), "").unwrap();
        assert_eq!((request.headers.get("host"), request.target.as_str()), (Some(host), target));
    }

    #[test]
    fn an_address_is_a_host_and_a_target() {
        check("https://s3.amazonaws.com/", "s3.amazonaws.com", "/");
        check("https://b.s3.amazonaws.com", "b.s3.amazonaws.com", "/");
        check("http://localhost:4566?Action=x", "localhost:4566", "/?Action=x");
        check("https://s3.amazonaws.com/b/a%20k?x=/#f", "s3.amazonaws.com", "/b/a%20k?x=/");
        assert!(request("GET", "nonsense", "{}", Vec::new(), "").is_err());
        assert!(request("GET", "https:///x", "{}", Vec::new(), "").is_err());
    }

    #[test]
    fn a_source_cannot_be_forged_by_a_header() {
        let headers = r#"{"X-Cloudarium-Source": "forged.py:1", "Transfer-Encoding": "chunked"}"#;
        let url = "https://s3.amazonaws.com/";
        let request = request("PUT", url, headers, b"abc".to_vec(), "main.py:6").unwrap();
        assert_eq!(request.headers.get(SOURCE), Some("main.py:6"));
        assert_eq!(request.headers.get("content-length"), Some("3"));
        assert_eq!(request.headers.get("transfer-encoding"), None);
    }
}
