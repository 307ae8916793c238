//! Signature Version 2, by which boto3 still presigns links for S3 in `us-east-1` unless it is told
//! otherwise, and old clients sign their requests.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::http::HttpRequest;
use crate::query::Query;
use crate::sigv4::{AuthError, SKEW_MAX};

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

/// What a request claims of its signer; not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Names the key pair.
    pub access_key_id: String,
    /// Twenty bytes in base64.
    pub signature: String,
    /// By what it ends.
    pub life: Life,
    /// The session token of a link, if temporary credentials signed.
    pub session_token: Option<String>,
}

/// How long a signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// A link: until then.
    Until(Timestamp),
    /// A signed request: for fifteen minutes around its date, which is also signed as sent.
    Around {
        /// The date.
        date: Timestamp,
        /// The header `Date`; empty if `x-amz-date` tells the date.
        text: String,
    },
}

/// The claim in `Authorization` or in the query; `None` if this version did not sign.
///
/// # Errors
/// [`AuthError::QueryMalformed`] if a link does not tell its end, [`AuthError::HeaderMalformed`],
/// [`AuthError::DateMissing`].
pub fn parse(request: &HttpRequest) -> Result<Option<Claim>, AuthError> {
    if let Some(header) = request.headers.get("authorization") {
        let signed = header.trim_start().strip_prefix("AWS ");
        return signed.map(|signed| from_header(request, signed)).transpose();
    }
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
        life: Life::Until(Timestamp::from_ms(seconds.saturating_mul(1000))),
        session_token: query.get("x-amz-security-token").map(str::to_owned),
    }))
}

fn from_header(request: &HttpRequest, signed: &str) -> Result<Claim, AuthError> {
    let malformed =
        || AuthError::HeaderMalformed("it must be \"AWS AWSAccessKeyId:Signature\".".to_owned());
    let (key, signature) = signed.trim().rsplit_once(':').ok_or_else(malformed)?;
    // RFC 2822 writes GMT as a number.
    let instant = |text: &str| {
        let text = text.replace("+0000", "GMT");
        Timestamp::parse_http_date(&text).or_else(|| Timestamp::parse_amz_date(&text))
    };
    let (text, date) = if let Some(date) = request.headers.get("x-amz-date") {
        ("", instant(date.trim()))
    } else {
        let date = request.headers.get("date").unwrap_or_default().trim();
        (date, instant(date))
    };
    Ok(Claim {
        access_key_id: key.to_owned(),
        signature: signature.to_owned(),
        life: Life::Around { date: date.ok_or(AuthError::DateMissing)?, text: text.to_owned() },
        session_token: request.headers.get("x-amz-security-token").map(str::to_owned),
    })
}

/// Whether the signature still holds.
///
/// # Errors
/// [`AuthError::LinkExpired`], [`AuthError::Skewed`].
pub fn check_time(claim: &Claim, now: Timestamp) -> Result<(), AuthError> {
    match &claim.life {
        Life::Until(end) if now > *end => Err(AuthError::LinkExpired { expired_at: *end, now }),
        Life::Around { date, .. } if date.since(now) > SKEW_MAX || now.since(*date) > SKEW_MAX => {
            Err(AuthError::Skewed { signed_at: date.amz_date(), now })
        }
        _ => Ok(()),
    }
}

/// Checks `claim` against the secret of its key and the server's clock. `bucket` is the one in the
/// host name, if it stands there.
///
/// # Errors
/// As [`check_time`], and [`AuthError::Mismatch`].
pub fn verify(
    claim: &Claim,
    request: &HttpRequest,
    bucket: Option<&str>,
    secret_access_key: &str,
    now: Timestamp,
) -> Result<(), AuthError> {
    check_time(claim, now)?;
    let string_to_sign = string_to_sign(claim, request, bucket);
    let fits = |text: &str| STANDARD.encode(hmac_sha1(secret_access_key, text)) == claim.signature;
    if fits(&string_to_sign) || fits(&with_slash(&string_to_sign)) {
        return Ok(());
    }
    Err(AuthError::Mismatch {
        access_key_id: claim.access_key_id.clone(),
        provided: claim.signature.clone(),
        string_to_sign,
        canonical_request: String::new(),
    })
}

/// The signature of a text, as a form's policy has it.
pub(crate) fn sign(secret_access_key: &str, text: &str) -> String {
    STANDARD.encode(hmac_sha1(secret_access_key, text))
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
    let when = match &claim.life {
        Life::Until(end) => (end.as_ms() / 1000).to_string(),
        Life::Around { text, .. } => text.clone(),
    };
    format!(
        "{}\n{}\n{}\n{when}\n{}{}",
        request.method,
        header("content-md5"),
        header("content-type"),
        amz_headers(claim, request),
        resource(request, bucket)
    )
}

/// The same where the resource is a bucket alone, which clients sign with a slash at its end also if
/// they send none.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html#ConstructingTheCanonicalizedResourceElement>
fn with_slash(string_to_sign: &str) -> String {
    let (before, resource) = string_to_sign.rsplit_once('\n').unwrap_or(("", string_to_sign));
    let (path, query) = match resource.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (resource, String::new()),
    };
    let bucket_alone = path.matches('/').count() == 1 && path.len() > 1;
    let slash = if bucket_alone { "/" } else { "" };
    format!("{before}\n{path}{slash}{query}")
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
    if let (Some(token), Life::Until(_)) = (&claim.session_token, &claim.life) {
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

    /// The example "Object GET" of AWS's page.
    #[test]
    fn aws_example_by_header() {
        let fields = [
            ("Host", "awsexamplebucket1.us-west-1.s3.amazonaws.com"),
            ("Date", "Tue, 27 Mar 2007 19:36:42 +0000"),
            ("Authorization", "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g="),
        ];
        let request = HttpRequest {
            method: "GET".into(),
            target: "/photos/puppy.jpg".into(),
            headers: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            ..HttpRequest::default()
        };
        let claim = parse(&request).unwrap().unwrap();
        let check = |secret: &str, at: &str| {
            let now = Timestamp::parse_iso(at).unwrap();
            verify(&claim, &request, Some("awsexamplebucket1"), secret, now)
        };
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(check(secret, "2007-03-27T19:40:00Z"), Ok(()));
        let late = check(secret, "2007-03-27T20:00:00Z");
        assert!(matches!(late, Err(AuthError::Skewed { .. })));
        let wrong = check("other", "2007-03-27T19:40:00Z");
        assert!(matches!(wrong, Err(AuthError::Mismatch { .. })));
    }

    /// Clients sign a bucket's resource with a slash that they do not send.
    #[test]
    fn a_bucket_alone_is_signed_with_a_slash() {
        let signed = |target: &str, resource: &str| {
            let text = format!("PUT\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n{resource}");
            let authorization = format!("AWS key:{}", sign("secret", &text));
            let fields =
                [("Date", "Tue, 27 Mar 2007 19:36:42 +0000"), ("Authorization", &authorization)];
            let request = HttpRequest {
                method: "PUT".into(),
                target: target.into(),
                headers: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
                ..HttpRequest::default()
            };
            let claim = parse(&request).unwrap().unwrap();
            let now = Timestamp::parse_iso("2007-03-27T19:40:00Z").unwrap();
            verify(&claim, &request, None, "secret", now).is_ok()
        };
        assert!(signed("/bucket", "/bucket"));
        assert!(signed("/bucket", "/bucket/"));
        assert!(signed("/bucket?acl", "/bucket/?acl"));
        assert!(!signed("/bucket/key", "/bucket/key/"));
        assert!(!signed("/bucket", "/bucket//"));
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
