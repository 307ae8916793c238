//! Every AWS error code that CloudWatch Logs answers here. All have the status 400.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html>

use cloudarium_service::Fault;

/// A refusal by CloudWatch Logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A parameter that cannot be: AWS's words.
    InvalidParameter(String),
    /// No such group.
    NoSuchGroup,
    /// No such stream.
    NoSuchStream,
    /// No such filter: `subscription`, `metric`.
    NoSuchFilter(&'static str),
    /// No such resource, by its ARN.
    NoSuchResource,
    /// The group is there already.
    GroupExists,
    /// The stream is there already.
    StreamExists,
    /// As many groups as there may be.
    LimitExceeded,
    /// More tags than a group may have.
    TooManyTags(String),
    /// AWS has it, this cloud does not.
    NotSimulated(String),
}

impl Error {
    /// An [`Error::InvalidParameter`].
    pub fn parameter(message: impl Into<String>) -> Self {
        Self::InvalidParameter(message.into())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let (code, message) = match error {
            Error::InvalidParameter(message) => ("InvalidParameterException", message),
            Error::NoSuchGroup => {
                ("ResourceNotFoundException", "The specified log group does not exist.".to_owned())
            }
            Error::NoSuchStream => {
                ("ResourceNotFoundException", "The specified log stream does not exist.".to_owned())
            }
            // guess: the words, after those for groups and streams.
            Error::NoSuchFilter(kind) => {
                let message = format!("The specified {kind} filter does not exist.");
                ("ResourceNotFoundException", message)
            }
            // guess: the words of the model's documentation.
            Error::NoSuchResource => {
                ("ResourceNotFoundException", "The specified resource does not exist.".to_owned())
            }
            Error::GroupExists => (
                "ResourceAlreadyExistsException",
                "The specified log group already exists".to_owned(),
            ),
            Error::StreamExists => (
                "ResourceAlreadyExistsException",
                "The specified log stream already exists".to_owned(),
            ),
            Error::LimitExceeded => {
                ("LimitExceededException", "Resource limit exceeded.".to_owned())
            }
            // guess: the words of the model's documentation.
            Error::TooManyTags(name) => {
                let message = "The resource has too many tags.".to_owned();
                return Self::new("TooManyTagsException", 400, message).with("resourceName", name);
            }
            Error::NotSimulated(what) => return Self::not_implemented(&what),
        };
        Self::new(code, 400, message)
    }
}
