//! A client's request: from what boto3 prepared to what would have come over a socket.

use bytes::Bytes;
use cloudarium_wire::http::{Headers, HttpRequest};

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
