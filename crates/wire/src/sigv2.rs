//! Links presigned with Signature Version 2, which boto3 still makes for S3 in `us-east-1` unless it
//! is told otherwise. Only links: requests signed so by header are refused, as newer Regions do.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::http::HttpRequest;
use crate::query::Query;
use crate::sigv4::AuthError;

/// The parameters that name a part of the resource, and so are signed.
const SUB_RESOURCES: [&str; 32] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
];

/// What a link claims; not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Names the key pair.
    pub access_key_id: String,
    /// Twenty bytes in base64.
    pub signature: String,
    /// When the link ends.
    pub expires_at: Timestamp,
    /// The session token, if temporary credentials signed.
    pub session_token: Option<String>,
}

/// The claim in the query; `None` if the request is no such link.
///
/// # Errors
/// [`AuthError::QueryMalformed`] if `Expires` is missing or no number.
pub fn parse(request: &HttpRequest) -> Result<Option<Claim>, AuthError> {
    let query = Query::of(&request.target);
    let (Some(key), Some(signature)) = (query.get("AWSAccessKeyId"), query.get("Signature")) else {
        return Ok(None);
    };
    let malformed = || {
        AuthError::QueryMalformed(
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId \
             parameters"
                .to_owned(),
        )
    };
    let seconds: i64 = query.get("Expires").and_then(|it| it.parse().ok()).ok_or_else(malformed)?;
    Ok(Some(Claim {
        access_key_id: key.to_owned(),
        signature: signature.to_owned(),
        expires_at: Timestamp::from_ms(seconds.saturating_mul(1000)),
        session_token: query.get("x-amz-security-token").map(str::to_owned),
    }))
}

/// Whether the link still lives.
///
/// # Errors
/// [`AuthError::LinkExpired`].
pub fn check_time(claim: &Claim, now: Timestamp) -> Result<(), AuthError> {
    if now <= claim.expires_at {
        return Ok(());
    }
    Err(AuthError::LinkExpired { expired_at: claim.expires_at, now })
}

/// Checks `claim` against the secret of its key and the server's clock. `bucket` is the one in the
/// host name, if it stands there.
///
/// # Errors
/// [`AuthError::LinkExpired`], [`AuthError::Mismatch`].
pub fn verify(
    claim: &Claim,
    request: &HttpRequest,
    bucket: Option<&str>,
    secret_access_key: &str,
    now: Timestamp,
) -> Result<(), AuthError> {
    check_time(claim, now)?;
    let string_to_sign = string_to_sign(claim, request, bucket);
    let expected = STANDARD.encode(hmac_sha1(secret_access_key, &string_to_sign));
    if expected == claim.signature {
        return Ok(());
    }
    Err(AuthError::Mismatch {
        access_key_id: claim.access_key_id.clone(),
        provided: claim.signature.clone(),
        string_to_sign,
        canonical_request: String::new(),
    })
}

fn hmac_sha1(key: &str, message: &str) -> [u8; 20] {
    // HMAC takes keys of any length, so there is always a state to finish.
    Hmac::<Sha1>::new_from_slice(key.as_bytes()).map_or([0; 20], |mut mac| {
        mac.update(message.as_bytes());
        mac.finalize().into_bytes().into()
    })
}

fn string_to_sign(claim: &Claim, request: &HttpRequest, bucket: Option<&str>) -> String {
    let header = |name: &str| request.headers.get(name).unwrap_or("");
    format!(
        "{}\n{}\n{}\n{}\n{}{}",
        request.method,
        header("content-md5"),
        header("content-type"),
        claim.expires_at.as_ms() / 1000,
        amz_headers(claim, request),
        resource(request, bucket)
    )
}

/// `x-amz-` headers, sorted, a line each; values of the same name joined by commas.
fn amz_headers(claim: &Claim, request: &HttpRequest) -> String {
    let mut fields: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for (name, value) in request.headers.iter() {
        let name = name.to_ascii_lowercase();
        if name.starts_with("x-amz-") {
            fields
                .entry(name)
                .and_modify(|values| values.extend([",", value.trim()]))
                .or_insert_with(|| value.trim().to_owned());
        }
    }
    if let Some(token) = &claim.session_token {
        fields.insert("x-amz-security-token".to_owned(), token.clone());
    }
    let mut lines = String::new();
    for (name, value) in &fields {
        lines.extend([name.as_str(), ":", value, "\n"]);
    }
    lines
}

/// `/bucket/key?acl`
fn resource(request: &HttpRequest, bucket: Option<&str>) -> String {
    let path = request.target.split_once('?').map_or(request.target.as_str(), |(path, _)| path);
    let mut resource = bucket.map_or_else(String::new, |bucket| format!("/{bucket}"));
    resource.push_str(path);
    let query = Query::of(&request.target);
    let mut parts: Vec<String> = query
        .iter()
        .filter(|(name, _)| SUB_RESOURCES.contains(name))
        .map(
            |(name, value)| {
                if value.is_empty() { name.to_owned() } else { format!("{name}={value}") }
            },
        )
        .collect();
    parts.sort();
    if !parts.is_empty() {
        resource.push('?');
        resource.push_str(&parts.join("&"));
    }
    resource
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example "Query string request authentication" of AWS's page.
    #[test]
    fn aws_example() {
        let request = HttpRequest {
            method: "GET".into(),
            target: "/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\
                     &Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620"
                .into(),
            headers: [("Host".to_owned(), "johnsmith.us-west-1.s3.amazonaws.com".to_owned())]
                .into_iter()
                .collect(),
            ..HttpRequest::default()
        };
        let claim = parse(&request).unwrap().unwrap();
        let check = |secret: &str, now_s: i64| {
            let now = Timestamp::from_ms(now_s * 1000);
            verify(&claim, &request, Some("johnsmith"), secret, now)
        };
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(check(secret, 1_175_139_620), Ok(()));
        assert!(matches!(check(secret, 1_175_139_621), Err(AuthError::LinkExpired { .. })));
        assert!(matches!(check("other", 1_175_139_620), Err(AuthError::Mismatch { .. })));
    }

    #[test]
    fn a_link_without_an_end_is_malformed() {
        let request = HttpRequest {
            target: "/b/k?AWSAccessKeyId=a&Signature=s&Expires=soon".into(),
            ..HttpRequest::default()
        };
        assert!(matches!(parse(&request), Err(AuthError::QueryMalformed(_))));
        assert_eq!(parse(&HttpRequest::default()), Ok(None));
    }
}
