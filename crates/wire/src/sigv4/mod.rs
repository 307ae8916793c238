//! Signature Version 4: reading, checking and making signatures.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>;
//! S3's own form: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html>.
//! Start in [`parse`] (who claims to sign) and [`verify`] (whether they did).

mod canonical;
mod error;
mod parse;
mod sign;
mod verify;

use std::time::Duration;

use cloudarium_env::Timestamp;

pub use canonical::{CanonicalRequest, string_to_sign};
pub use error::{AuthError, Refusal};
pub(crate) use parse::credential;
pub use parse::parse;
pub use sign::{Secret, presign, sign_request, signing_key};
pub(crate) use sign::{hmac_sha256, sign_text};
pub(crate) use verify::same;
pub use verify::{Proof, check_time, verify};

/// How far the clocks of client and server may differ.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html> (`RequestTimeTooSkewed`)
pub const SKEW_MAX: Duration = Duration::from_mins(15);

/// The longest life of a presigned link: seven days.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
pub const EXPIRES_MAX_S: u64 = 604_800;

/// The one algorithm that is simulated.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The ways in which S3 signs and words its refusals unlike all other services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The path is encoded once and not normalised; the payload's hash is a header.
    S3,
    /// The path is normalised and encoded twice.
    General,
}

/// `AKIAIOSFODNN7EXAMPLE/20260105/us-east-1/s3/aws4_request`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Names the key pair.
    pub access_key_id: String,
    /// `20260105`
    pub date: String,
    /// `us-east-1`
    pub region: String,
    /// `s3`
    pub service: String,
}

impl Credential {
    /// The credential without the key: `20260105/us-east-1/s3/aws4_request`.
    pub fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }
}

/// Where a signature travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// In the header `Authorization`.
    Header,
    /// In the query: a presigned link.
    Query {
        /// How long the link lives after it was signed.
        expires: Duration,
    },
}

/// What a request claims of its signer; not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whose key, and for where.
    pub credential: Credential,
    /// Names of the headers that were signed, lower-case, in the order given.
    pub signed_headers: Vec<String>,
    /// 64 hexadecimal digits.
    pub signature: String,
    /// When it was signed, as `20260105T090000Z`.
    pub signed_at_text: String,
    /// The same as an instant.
    pub signed_at: Timestamp,
    /// The session token, if temporary credentials signed.
    pub session_token: Option<String>,
    /// Header or query.
    pub carrier: Carrier,
}

#[cfg(test)]
mod tests;
