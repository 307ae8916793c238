//! Presigned links: addresses that do one thing with one object, signed without asking anybody.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_wire::http::{Headers, HttpRequest};
use cloudarium_wire::sigv4::{self, Secret};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::User;

/// What a key's part of an address holds as it is.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkWish<'a> {
    /// `GET` opens the object, `PUT` puts it.
    pub method: &'a str,
    /// The bucket.
    pub bucket: &'a str,
    /// The key, as it is.
    pub key: &'a str,
    /// The bucket's Region.
    pub region: &'a str,
    /// How long it lives.
    pub expires_s: u64,
}

/// The path of an object where the host names its bucket.
pub fn path_of(key: &str) -> String {
    format!("/{}", utf8_percent_encode(key, KEY))
}

/// The request that a link stands for, signed with `user`'s key at `now`: whoever sends it acts as that user.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>
pub fn presigned(user: &User, wish: &LinkWish<'_>, now: Timestamp) -> HttpRequest {
    let LinkWish { method, bucket, key, region, expires_s } = *wish;
    let key = path_of(key);
    // A name with dots is no name of a host that a certificate would fit.
    let (host, target) = if bucket.contains('.') {
        (format!("s3.{region}.amazonaws.com"), format!("/{bucket}{key}"))
    } else {
        (format!("{bucket}.s3.{region}.amazonaws.com"), key)
    };
    let mut headers = Headers::default();
    headers.append("Host", host);
    let method = method.to_owned();
    let mut link = HttpRequest { method, target, headers, body: Bytes::new() };
    let secret = Secret {
        access_key_id: user.access_key_id.clone(),
        secret_access_key: user.secret_access_key.clone(),
        session_token: None,
    };
    sigv4::presign(&mut link, &secret, (region, "s3"), expires_s, now);
    link
}

/// The address of a link.
pub fn address(link: &HttpRequest) -> String {
    format!("https://{}{}", link.headers.get("host").unwrap_or_default(), link.target)
}
