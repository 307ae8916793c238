//! Every AWS error code that STS answers here.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>

use cloudarium_service::Fault;

/// A refusal by STS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// A request that nobody signed.
    MissingAuthenticationToken,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::MissingAuthenticationToken => Self::new(
                "MissingAuthenticationToken",
                403,
                "Request is missing Authentication Token",
            )
            .hint("Sign the request: give the client an access key id and a secret."),
        }
    }
}
