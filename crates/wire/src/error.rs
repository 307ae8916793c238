//! An answer that refuses, and the ids that every answer carries.

use cloudarium_shape::Map;

use crate::checksum::ChecksumError;
use crate::chunked::ChunkError;
use crate::protocol::form::FormError;
use crate::sigv4::{AuthError, Dialect};
use crate::validate::Refusal;

/// A refusal in AWS's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ErrorParts {
    /// AWS's code: `NoSuchKey`.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// AWS's message.
    pub message: String,
    /// What to do about it, in our words: for the page only, never sent.
    pub hint: Option<String>,
    /// Further members of the error's body: `BucketName`, `Key`.
    pub members: Map,
    /// Further headers of the answer.
    pub headers: Vec<(String, String)>,
}

/// What names an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseIds {
    /// `x-amz-request-id`, `x-amzn-RequestId`.
    pub request_id: String,
    /// S3's `x-amz-id-2`.
    pub host_id: String,
}

impl ErrorParts {
    /// A refusal with no more than AWS's three.
    pub fn new(code: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        Self { code: code.into(), status, message: message.into(), ..Self::default() }
    }

    /// Adds a member to the error's body.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<String>) -> Self {
        self.members.insert(member.to_owned(), cloudarium_shape::Value::String(value.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A refused signature, in the words of `dialect`.
    pub fn of_auth(error: &AuthError, dialect: Dialect) -> Self {
        let refusal = error.refusal(dialect);
        let parts = Self::new(refusal.code, refusal.status, refusal.message);
        refusal.members.into_iter().fold(parts, |parts, (name, value)| parts.with(name, value))
    }

    /// XML that is none, or not the operation's.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
    pub fn malformed_xml(hint: impl Into<String>) -> Self {
        Self::new(
            "MalformedXML",
            400,
            "The XML you provided was not well-formed or did not validate against our published \
             schema",
        )
        .hint(hint)
    }
}

impl From<Refusal> for ErrorParts {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.code, 400, refusal.message)
    }
}

impl From<FormError> for ErrorParts {
    fn from(error: FormError) -> Self {
        match error {
            // guess: AWS's code for a form that its parser refuses.
            FormError::Malformed(why) => Self::new("MalformedInput", 400, why),
            FormError::Unknown(name) => Self::new(
                "UnknownParameter",
                400,
                format!("The parameter {name} is not recognized"),
            ),
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
impl From<ChunkError> for ErrorParts {
    fn from(error: ChunkError) -> Self {
        match error {
            ChunkError::Malformed(why) => {
                Self::new("IncompleteBody", 400, "The request body terminated unexpectedly")
                    .hint(why)
            }
            ChunkError::MalformedTrailer => {
                malformed_trailer("A trailer is no `name: value`.".to_owned())
            }
            ChunkError::Incomplete { expected, got } => Self::new(
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length HTTP \
                 header",
            )
            .with("NumberBytesExpected", expected.to_string())
            .with("NumberBytesProvided", got.to_string()),
            ChunkError::SignatureMismatch => Self::new(
                "SignatureDoesNotMatch",
                403,
                "The request signature we calculated does not match the signature you provided. \
                 Check your key and signing method.",
            )
            .hint("A chunk of the body is signed wrongly."),
        }
    }
}

impl From<ChecksumError> for ErrorParts {
    fn from(error: ChecksumError) -> Self {
        use crate::checksum::Algorithm::Md5;
        match error {
            ChecksumError::Invalid(Md5) => {
                Self::new("InvalidDigest", 400, "The Content-MD5 you specified was invalid.")
            }
            ChecksumError::Mismatch(Md5) => Self::new(
                "BadDigest",
                400,
                "The Content-MD5 you specified did not match what we received.",
            ),
            ChecksumError::Invalid(algorithm) => Self::new(
                "InvalidRequest",
                400,
                format!("Value for {} header is invalid.", algorithm.header()),
            ),
            ChecksumError::Mismatch(algorithm) => Self::new(
                "BadDigest",
                400,
                format!(
                    "The {} you specified did not match the calculated checksum.",
                    algorithm.name()
                ),
            ),
            ChecksumError::TrailerMissing(name) => malformed_trailer(format!(
                "x-amz-trailer announces {name}, which does not follow the body."
            )),
        }
    }
}

fn malformed_trailer(hint: String) -> ErrorParts {
    ErrorParts::new(
        "MalformedTrailerError",
        400,
        "The request contained trailing data that was not well-formed or did not conform to our \
         published schema.",
    )
    .hint(hint)
}
