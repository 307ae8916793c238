//! Whether a request was signed by whom it claims.

use cloudarium_env::Timestamp;
use sha2::{Digest, Sha256};

use super::sign::hmac_sha256;
use super::{
    AuthError, CanonicalRequest, Carrier, Claim, Dialect, SKEW_MAX, signing_key, string_to_sign,
};
use crate::http::HttpRequest;

const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// What a verified signature gives to those who check signed chunks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Signs the chunks as well.
    pub signing_key: [u8; 32],
    /// `20260105T090000Z`
    pub signed_at: String,
    /// `20260105/us-east-1/s3/aws4_request`
    pub scope: String,
    /// The request's own signature, which the first chunk's builds upon.
    pub seed_signature: String,
}

/// Checks `claim` against the secret of its key and the server's clock.
///
/// # Errors
/// Whatever of [`AuthError`] fits, the signature before the clock as an answer must not tell an
/// impostor more than a mismatch; except that a presigned link tells of its expiry at once.
pub fn verify(
    claim: &Claim,
    request: &HttpRequest,
    secret_access_key: &str,
    dialect: Dialect,
    now: Timestamp,
) -> Result<Proof, AuthError> {
    check_time(claim, now)?;
    if dialect == Dialect::S3 {
        check_coverage(claim, request)?;
    }
    let payload_hash = payload_hash(claim, request, dialect)?;
    let canonical_request = CanonicalRequest {
        request,
        signed_headers: &claim.signed_headers,
        payload_hash: &payload_hash,
        dialect,
    }
    .text();
    let scope = claim.credential.scope();
    let string_to_sign = string_to_sign(&claim.signed_at_text, &scope, &canonical_request);
    let signing_key = signing_key(secret_access_key, &claim.credential);
    let expected = hex::encode(hmac_sha256(&signing_key, string_to_sign.as_bytes()));
    if !same(&expected, &claim.signature) {
        return Err(AuthError::Mismatch {
            access_key_id: claim.credential.access_key_id.clone(),
            provided: claim.signature.clone(),
            string_to_sign,
            canonical_request,
        });
    }
    check_body(request, &payload_hash, dialect)?;
    Ok(Proof {
        signing_key,
        signed_at: claim.signed_at_text.clone(),
        scope,
        seed_signature: expected,
    })
}

/// Whether a claim is within its time. Also for keys whose signature is not verified: the expiry
/// of a presigned link always holds.
///
/// # Errors
/// [`AuthError::Skewed`], [`AuthError::Expired`], [`AuthError::NotYetValid`].
pub fn check_time(claim: &Claim, now: Timestamp) -> Result<(), AuthError> {
    let ahead = claim.signed_at.since(now);
    match claim.carrier {
        Carrier::Header if ahead > SKEW_MAX || now.since(claim.signed_at) > SKEW_MAX => {
            Err(AuthError::Skewed { signed_at: claim.signed_at_text.clone(), now })
        }
        Carrier::Query { .. } if ahead > SKEW_MAX => Err(AuthError::NotYetValid),
        Carrier::Query { expires } if now.since(claim.signed_at) > expires => {
            Err(AuthError::Expired {
                expires_s: expires.as_secs(),
                expired_at: claim.signed_at.plus(expires),
                now,
            })
        }
        _ => Ok(()),
    }
}

/// S3 wants `host` and every `x-amz-` header signed.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
fn check_coverage(claim: &Claim, request: &HttpRequest) -> Result<(), AuthError> {
    let covered = |name: &str| claim.signed_headers.iter().any(|signed| signed == name);
    let mut missing: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name == "host" || name.starts_with("x-amz-"))
        // The hash itself is signed as the last line of the canonical request.
        .filter(|name| name != "x-amz-content-sha256" && !covered(name))
        .collect();
    missing.sort();
    missing.dedup();
    if missing.is_empty() { Ok(()) } else { Err(AuthError::HeadersNotSigned(missing)) }
}

/// What stands for the body in the canonical request.
fn payload_hash(
    claim: &Claim,
    request: &HttpRequest,
    dialect: Dialect,
) -> Result<String, AuthError> {
    let header = request.headers.get("x-amz-content-sha256").map(str::trim);
    match (dialect, claim.carrier, header) {
        (Dialect::S3, _, Some(value)) if !is_content_hash(value) => {
            Err(AuthError::ContentHashInvalid(value.to_owned()))
        }
        (Dialect::S3, _, Some(value)) => Ok(value.to_owned()),
        (Dialect::S3, Carrier::Query { .. }, None) => Ok(UNSIGNED.to_owned()),
        (Dialect::S3, Carrier::Header, None) => Err(AuthError::ContentHashMissing),
        (Dialect::General, _, _) => Ok(hex::encode(Sha256::digest(&request.body))),
    }
}

fn is_content_hash(value: &str) -> bool {
    is_digest(value)
        || matches!(
            value,
            UNSIGNED
                | "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
                | "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
                | "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
        )
}

fn is_digest(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The body must hash to what was signed.
fn check_body(
    request: &HttpRequest,
    payload_hash: &str,
    dialect: Dialect,
) -> Result<(), AuthError> {
    if dialect == Dialect::General || !is_digest(payload_hash) {
        return Ok(());
    }
    let computed = hex::encode(Sha256::digest(&request.body));
    if same(&computed, &payload_hash.to_ascii_lowercase()) {
        return Ok(());
    }
    Err(AuthError::ContentHashMismatch { provided: payload_hash.to_owned(), computed })
}

/// Compares in a time that does not depend on where the texts differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}
