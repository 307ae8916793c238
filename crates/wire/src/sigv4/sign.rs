//! Making signatures: what a client does, and what a server does again to compare.

use std::fmt;

use cloudarium_env::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::{ALGORITHM, CanonicalRequest, Credential, Dialect, string_to_sign};
use crate::http::HttpRequest;

/// What an address holds as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A key pair, and the session token of temporary ones. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// `AKIA...`
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// Of temporary credentials.
    pub session_token: Option<String>,
}

impl Secret {
    /// What is told of the key: for one day, Region and service.
    fn credential(&self, (region, service): (&str, &str), signed_at: &str) -> Credential {
        Credential {
            access_key_id: self.access_key_id.clone(),
            date: signed_at.chars().take(8).collect(),
            region: region.to_owned(),
            service: service.to_owned(),
        }
    }

    /// The signature of a request that is told by `canonical`.
    fn signature(&self, credential: &Credential, signed_at: &str, canonical: &str) -> String {
        let to_sign = string_to_sign(signed_at, &credential.scope(), canonical);
        sign_text(&self.secret_access_key, credential, &to_sign)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so there is always a state to finish.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(message);
        mac.finalize().into_bytes().into()
    })
}

/// The key that signs for one day, Region and service.
pub fn signing_key(secret_access_key: &str, credential: &Credential) -> [u8; 32] {
    let date =
        hmac_sha256(format!("AWS4{secret_access_key}").as_bytes(), credential.date.as_bytes());
    let region = hmac_sha256(&date, credential.region.as_bytes());
    let service = hmac_sha256(&region, credential.service.as_bytes());
    hmac_sha256(&service, b"aws4_request")
}

/// The signature of a text, as a form's policy has it.
pub(crate) fn sign_text(secret_access_key: &str, credential: &Credential, text: &str) -> String {
    let key = signing_key(secret_access_key, credential);
    hex::encode(hmac_sha256(&key, text.as_bytes()))
}

/// Signs `request` by header, in place, as of `now`: adds `X-Amz-Date`, the session token if there
/// is one, S3's `x-amz-content-sha256`, and `Authorization`. `Host` must be there.
pub fn sign_request(
    request: &mut HttpRequest,
    secret: &Secret,
    place: (&str, &str),
    dialect: Dialect,
    now: Timestamp,
) {
    let signed_at = now.amz_date();
    let credential = secret.credential(place, &signed_at);
    request.headers.set("X-Amz-Date", signed_at.clone());
    if let Some(token) = &secret.session_token {
        request.headers.set("X-Amz-Security-Token", token.clone());
    }
    let payload_hash = match request.headers.get("x-amz-content-sha256") {
        Some(given) => given.to_owned(),
        None => hex::encode(Sha256::digest(&request.body)),
    };
    if dialect == Dialect::S3 {
        request.headers.set("x-amz-content-sha256", payload_hash.clone());
    }
    let mut signed_headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name == "host" || name == "content-type" || name.starts_with("x-amz-"))
        .collect();
    signed_headers.sort();
    signed_headers.dedup();
    let canonical = CanonicalRequest {
        request,
        signed_headers: &signed_headers,
        payload_hash: &payload_hash,
        dialect,
    }
    .text();
    let signature = secret.signature(&credential, &signed_at, &canonical);
    let header = format!(
        "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={signature}",
        credential.access_key_id,
        credential.scope(),
        signed_headers.join(";")
    );
    request.headers.set("Authorization", header);
}

/// Signs an address in place: from `now` on it opens for `expires_s` seconds to whoever holds it. `Host` must be there;
/// it alone is signed.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
pub fn presign(
    request: &mut HttpRequest,
    secret: &Secret,
    place: (&str, &str),
    expires_s: u64,
    now: Timestamp,
) {
    let signed_at = now.amz_date();
    let credential = secret.credential(place, &signed_at);
    let scope = credential.scope();
    let mut query = vec![
        ("X-Amz-Algorithm", ALGORITHM.to_owned()),
        ("X-Amz-Credential", format!("{}/{scope}", credential.access_key_id)),
        ("X-Amz-Date", signed_at.clone()),
        ("X-Amz-Expires", expires_s.to_string()),
        ("X-Amz-SignedHeaders", "host".to_owned()),
    ];
    query.extend(secret.session_token.clone().map(|token| ("X-Amz-Security-Token", token)));
    for (name, value) in query {
        let between = if request.target.contains('?') { '&' } else { '?' };
        let value = utf8_percent_encode(&value, UNRESERVED);
        request.target.extend([between.to_string(), format!("{name}={value}")]);
    }
    let signed_headers = ["host".to_owned()];
    let canonical = CanonicalRequest {
        request,
        signed_headers: &signed_headers,
        payload_hash: "UNSIGNED-PAYLOAD",
        dialect: Dialect::S3,
    }
    .text();
    let signature = secret.signature(&credential, &signed_at, &canonical);
    request.target.extend(["&X-Amz-Signature=", &signature]);
}
