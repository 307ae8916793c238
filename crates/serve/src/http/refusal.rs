//! Bytes that are no request: refused in Amazon S3's words, as S3 is whom such clients mean most.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList>

use bytes::Bytes;
use cloudarium_wire::http::{Headers, HttpResponse};

/// Why a message was refused before the cloud saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no HTTP message.
    Malformed,
    /// Its framing can be read in two ways, or in none.
    Framing,
    /// Its target is neither a path nor an absolute URI.
    Target,
    /// HTTP/1.1 without exactly one `Host`.
    Host,
    /// Its header section is longer than this host reads.
    HeadersTooLarge,
    /// Its body is longer than the longest object that one request can put.
    BodyTooLarge,
    /// A transfer coding other than `chunked`.
    TransferCoding,
    /// An expectation other than `100-continue`.
    Expectation,
    /// It ended before its body did.
    BodyCutShort,
    /// Nothing came for too long.
    TimedOut,
    /// It is not HTTP/1.0 or HTTP/1.1.
    Version,
    /// The host is on its way out.
    ShuttingDown,
    /// What the request changed could not be put on disk.
    NotKept,
}

impl Refusal {
    /// Status, code and message.
    pub const fn parts(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Malformed => {
                (400, "BadRequest", "An error occurred when parsing the HTTP request.")
            }
            Self::Framing => (
                400,
                "BadRequest",
                "An error occurred when parsing the HTTP request: its length is ambiguous.",
            ),
            Self::Target => (400, "InvalidURI", "Couldn't parse the specified URI."),
            Self::Host => (400, "InvalidRequest", "Missing required header for this request: Host"),
            Self::HeadersTooLarge => (
                400,
                "RequestHeaderSectionTooLarge",
                "Your request header section exceeds the maximum allowed size.",
            ),
            Self::BodyTooLarge => (
                400,
                "EntityTooLarge",
                "Your proposed upload exceeds the maximum allowed object size.",
            ),
            Self::TransferCoding => (
                501,
                "NotImplemented",
                "A header you provided implies functionality that is not implemented: Transfer-Encoding",
            ),
            Self::Expectation => (
                417,
                "ExpectationFailed",
                "The server cannot meet the requirements of the Expect request-header field.",
            ),
            Self::BodyCutShort => (
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header",
            ),
            Self::TimedOut => (
                400,
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.",
            ),
            Self::Version => {
                (505, "HttpVersionNotSupported", "The HTTP version specified is not supported.")
            }
            Self::ShuttingDown => {
                (503, "ServiceUnavailable", "Service is unable to handle request.")
            }
            Self::NotKept => (
                503,
                "ServiceUnavailable",
                "The change could not be written to the data folder, so it is not acknowledged.",
            ),
        }
    }

    /// The refusal as an answer.
    pub fn response(self) -> HttpResponse {
        let (status, code, message) = self.parts();
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        let mut headers = Headers::default();
        headers.append("Content-Type", "application/xml");
        HttpResponse { status, headers, body: Bytes::from(body) }
    }
}
