//! Every AWS error code that EventBridge answers here.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html> and each operation's page.

use cloudarium_service::Fault;

use crate::model::{BusKey, RuleKey};

/// A refusal by EventBridge, with AWS's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// No policy that lets the caller.
    AccessDenied(String),
    /// Not in the state that it is in.
    IllegalStatus(String),
    /// A text that is no pattern, and why.
    InvalidEventPattern(String),
    /// More than may be.
    LimitExceeded,
    /// A policy that is too long.
    PolicyLengthExceeded(String),
    /// It is there already.
    ResourceAlreadyExists(String),
    /// It is not there.
    ResourceNotFound(String),
    /// A parameter that cannot be.
    Validation(String),
    /// AWS has it, this cloud does not.
    NotSimulated(String),
}

impl Error {
    /// A bus that is not there.
    pub fn no_bus(key: &BusKey) -> Self {
        Self::ResourceNotFound(format!("Event bus {} does not exist.", key.name))
    }

    /// A rule that is not there.
    pub fn no_rule(key: &RuleKey) -> Self {
        let RuleKey { bus, name } = key;
        Self::ResourceNotFound(format!("Rule {name} does not exist on EventBus {}.", bus.name))
    }

    /// A parameter that cannot be.
    pub fn parameter(name: &str) -> Self {
        Self::Validation(format!("Parameter {name} is not valid."))
    }

    /// The code and the words, as entries of a batch have them.
    pub fn parts(&self) -> (&'static str, String) {
        let (code, words) = match self {
            Self::AccessDenied(words) => ("AccessDeniedException", words.as_str()),
            Self::IllegalStatus(words) => ("IllegalStatusException", words.as_str()),
            Self::InvalidEventPattern(why) => {
                let words = format!("Event pattern is not valid. Reason: {why}");
                return ("InvalidEventPatternException", words);
            }
            Self::LimitExceeded => (
                "LimitExceededException",
                "The requested resource exceeds the maximum number allowed.",
            ),
            Self::PolicyLengthExceeded(words) => ("PolicyLengthExceededException", words.as_str()),
            Self::ResourceAlreadyExists(words) => {
                ("ResourceAlreadyExistsException", words.as_str())
            }
            Self::ResourceNotFound(words) => ("ResourceNotFoundException", words.as_str()),
            Self::Validation(words) => ("ValidationException", words.as_str()),
            Self::NotSimulated(what) => ("NotImplemented", what.as_str()),
        };
        (code, words.to_owned())
    }
}

impl From<cloudarium_event_pattern::Invalid> for Error {
    fn from(invalid: cloudarium_event_pattern::Invalid) -> Self {
        Self::InvalidEventPattern(invalid.to_string())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        if let Error::NotSimulated(what) = &error {
            return Self::not_implemented(what);
        }
        let (code, words) = error.parts();
        Self::new(code, 400, words)
    }
}
