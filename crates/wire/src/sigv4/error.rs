//! Why a signature is refused, in the words of S3 and of the other services.

use std::fmt::Write as _;

use cloudarium_env::Timestamp;

use super::{Dialect, SKEW_MAX};

/// Why a request is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthError {
    /// The header `Authorization` is not of Signature Version 4's form; says what is wrong.
    HeaderMalformed(String),
    /// A presigned link's query is incomplete or out of bounds; says what is wrong.
    QueryMalformed(String),
    /// Signature Version 2, 4A, or something unknown.
    MechanismNotSupported,
    /// Neither `X-Amz-Date` nor `Date` tells when it was signed.
    DateMissing,
    /// The access key id is not known.
    UnknownKey(String),
    /// The signature is not what the secret key gives.
    Mismatch {
        /// The key id that the request names.
        access_key_id: String,
        /// The signature that came.
        provided: String,
        /// What should have been signed.
        string_to_sign: String,
        /// The request as it should have been written for signing.
        canonical_request: String,
    },
    /// The clocks differ by more than fifteen minutes.
    Skewed {
        /// When it was signed, as sent.
        signed_at: String,
        /// The server's clock.
        now: Timestamp,
    },
    /// A presigned link whose time is over.
    Expired {
        /// Its life in seconds.
        expires_s: u64,
        /// When it ended.
        expired_at: Timestamp,
        /// The server's clock.
        now: Timestamp,
    },
    /// A link presigned with Signature Version 2 whose time is over.
    LinkExpired {
        /// When it ended.
        expired_at: Timestamp,
        /// The server's clock.
        now: Timestamp,
    },
    /// A presigned link signed in the future.
    NotYetValid,
    /// Headers named `x-amz-` that the signature does not cover.
    HeadersNotSigned(Vec<String>),
    /// `x-amz-content-sha256` is missing where S3 needs it.
    ContentHashMissing,
    /// `x-amz-content-sha256` is neither a hash nor one of the words.
    ContentHashInvalid(String),
    /// The body's hash is not `x-amz-content-sha256`.
    ContentHashMismatch {
        /// The hash that came.
        provided: String,
        /// The hash of the body.
        computed: String,
    },
}

/// An [`AuthError`] as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// AWS's code.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// AWS's message.
    pub message: String,
    /// Further members of the body.
    pub members: Vec<(&'static str, String)>,
}

impl Refusal {
    fn new(code: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), members: Vec::new() }
    }

    fn with(mut self, member: &'static str, value: impl Into<String>) -> Self {
        self.members.push((member, value.into()));
        self
    }
}

impl AuthError {
    /// The answer in the words of `dialect`. S3's are on
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>, the others' on
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>.
    pub fn refusal(&self, dialect: Dialect) -> Refusal {
        match dialect {
            Dialect::S3 => self.refusal_s3(),
            Dialect::General => self.refusal_general(),
        }
    }

    fn refusal_s3(&self) -> Refusal {
        match self {
            Self::HeaderMalformed(why) => Refusal::new(
                "AuthorizationHeaderMalformed",
                400,
                format!("The authorization header is malformed; {why}"),
            ),
            Self::QueryMalformed(why) => {
                Refusal::new("AuthorizationQueryParametersError", 400, why.clone())
            }
            Self::MechanismNotSupported => Refusal::new(
                "InvalidRequest",
                400,
                "The authorization mechanism you have provided is not supported. Please use \
                 AWS4-HMAC-SHA256.",
            ),
            Self::DateMissing => Refusal::new(
                "AccessDenied",
                403,
                "AWS authentication requires a valid Date or x-amz-date header",
            ),
            Self::UnknownKey(id) => Refusal::new(
                "InvalidAccessKeyId",
                403,
                "The AWS Access Key Id you provided does not exist in our records.",
            )
            .with("AWSAccessKeyId", id.clone()),
            Self::Mismatch { access_key_id, provided, string_to_sign, canonical_request } => {
                Refusal::new(
                    "SignatureDoesNotMatch",
                    403,
                    "The request signature we calculated does not match the signature you \
                     provided. Check your key and signing method.",
                )
                .with("AWSAccessKeyId", access_key_id.clone())
                .with("StringToSign", string_to_sign.clone())
                .with("SignatureProvided", provided.clone())
                .with("StringToSignBytes", spaced_hex(string_to_sign))
                .with("CanonicalRequest", canonical_request.clone())
                .with("CanonicalRequestBytes", spaced_hex(canonical_request))
            }
            Self::Skewed { signed_at, now } => Refusal::new(
                "RequestTimeTooSkewed",
                403,
                "The difference between the request time and the current time is too large.",
            )
            .with("RequestTime", signed_at.clone())
            .with("ServerTime", now.iso_s())
            .with("MaxAllowedSkewMilliseconds", SKEW_MAX.as_millis().to_string()),
            Self::Expired { expires_s, expired_at, now } => {
                Refusal::new("AccessDenied", 403, "Request has expired")
                    .with("X-Amz-Expires", expires_s.to_string())
                    .with("Expires", expired_at.iso_s())
                    .with("ServerTime", now.iso_s())
            }
            Self::LinkExpired { expired_at, now } => {
                Refusal::new("AccessDenied", 403, "Request has expired")
                    .with("Expires", expired_at.iso_s())
                    .with("ServerTime", now.iso_s())
            }
            Self::NotYetValid => Refusal::new("AccessDenied", 403, "Request is not valid yet"),
            other => other.refusal_s3_content(),
        }
    }

    /// Refusals about what the signature covers.
    fn refusal_s3_content(&self) -> Refusal {
        match self {
            Self::HeadersNotSigned(names) => Refusal::new(
                "AccessDenied",
                403,
                "There were headers present in the request which were not signed",
            )
            .with("HeadersNotSigned", names.join(", ")),
            Self::ContentHashMissing => Refusal::new(
                "InvalidRequest",
                400,
                "Missing required header for this request: x-amz-content-sha256",
            ),
            Self::ContentHashInvalid(value) => Refusal::new(
                "InvalidArgument",
                400,
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, \
                 STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, \
                 STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, \
                 STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, \
                 STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
            )
            .with("ArgumentName", "x-amz-content-sha256")
            .with("ArgumentValue", value.clone()),
            Self::ContentHashMismatch { provided, computed } => Refusal::new(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            )
            .with("ClientComputedContentSHA256", provided.clone())
            .with("S3ComputedContentSHA256", computed.clone()),
            _ => Refusal::new("AccessDenied", 403, "Access Denied"),
        }
    }

    fn refusal_general(&self) -> Refusal {
        match self {
            Self::HeaderMalformed(why) | Self::QueryMalformed(why) => {
                Refusal::new("IncompleteSignature", 400, why.clone())
            }
            Self::MechanismNotSupported => Refusal::new(
                "IncompleteSignature",
                400,
                "Unsupported AWS 'algorithm': this service takes AWS4-HMAC-SHA256.",
            ),
            Self::DateMissing => Refusal::new(
                "IncompleteSignature",
                400,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' \
                 header.",
            ),
            Self::UnknownKey(_) => Refusal::new(
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid.",
            ),
            Self::Skewed { signed_at, now } => {
                Refusal::new("SignatureDoesNotMatch", 403, skew_words(signed_at, *now))
            }
            Self::Expired { expired_at, now, .. } | Self::LinkExpired { expired_at, now } => {
                Refusal::new(
                    "SignatureDoesNotMatch",
                    403,
                    format!(
                        "Signature expired: {} is now earlier than {}",
                        expired_at.amz_date(),
                        now.amz_date()
                    ),
                )
            }
            Self::NotYetValid => {
                Refusal::new("SignatureDoesNotMatch", 403, "Signature not yet current")
            }
            Self::Mismatch { .. }
            | Self::HeadersNotSigned(_)
            | Self::ContentHashMissing
            | Self::ContentHashInvalid(_)
            | Self::ContentHashMismatch { .. } => Refusal::new(
                "SignatureDoesNotMatch",
                403,
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. Consult the service \
                 documentation for details.",
            ),
        }
    }
}

fn skew_words(signed_at: &str, now: Timestamp) -> String {
    let skew_ms = i64::try_from(SKEW_MAX.as_millis()).unwrap_or(i64::MAX);
    let edge = |ms: i64| Timestamp::from_ms(now.as_ms().saturating_add(ms)).amz_date();
    match Timestamp::parse_amz_date(signed_at) {
        Some(at) if at > now => format!(
            "Signature not yet current: {signed_at} is still later than {} ({} + 15 min.)",
            edge(skew_ms),
            now.amz_date()
        ),
        _ => format!(
            "Signature expired: {signed_at} is now earlier than {} ({} - 15 min.)",
            edge(-skew_ms),
            now.amz_date()
        ),
    }
}

/// `41 57 53 34`: how S3 shows the bytes of a text.
fn spaced_hex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for (index, byte) in text.bytes().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
