//! Every AWS error code that SQS answers here.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html> and each operation's page.
//!
//! SQS kept the codes that it had before it spoke JSON: they travel beside the new ones, in a header, and it is them
//! that clients show. No model tells them any more.
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait>

use cloudarium_service::Fault;

/// The header of the older code.
const OLDER: &str = "x-amzn-query-error";

/// Makes the enum: a variant an AWS code, with the older code and the status; each carries AWS's words.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal $older:literal $status:literal,)*) => {
        /// A refusal by SQS, with AWS's words.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Error {
            $($(#[$doc])* $name(String),)*
            /// AWS has it, this cloud does not.
            NotSimulated(String),
        }

        impl Error {
            /// The older code, which is also that of an entry of a batch; and AWS's words.
            pub fn parts(&self) -> (&'static str, &str) {
                match self {
                    $(Error::$name(message) => ($older, message),)*
                    Error::NotSimulated(what) => ("NotImplemented", what),
                }
            }
        }

        impl From<Error> for Fault {
            fn from(error: Error) -> Self {
                match error {
                    $(Error::$name(message) => {
                        Fault::new($code, $status, message).header(OLDER, concat!($older, ";Sender"))
                    })*
                    Error::NotSimulated(what) => Fault::not_implemented(&what),
                }
            }
        }
    };
}

errors! {
    /// No policy that lets the caller.
    AccessDenied = "AccessDenied" "AccessDenied" 403,
    /// Two entries with one id.
    BatchEntryIdsNotDistinct = "BatchEntryIdsNotDistinct" "AWS.SimpleQueueService.BatchEntryIdsNotDistinct" 400,
    /// All messages of a batch together are too long.
    BatchRequestTooLong = "BatchRequestTooLong" "AWS.SimpleQueueService.BatchRequestTooLong" 400,
    /// No entries.
    EmptyBatchRequest = "EmptyBatchRequest" "AWS.SimpleQueueService.EmptyBatchRequest" 400,
    /// A text that is no address of a queue.
    InvalidAddress = "InvalidAddress" "InvalidAddress" 404,
    /// An attribute that is none.
    InvalidAttributeName = "InvalidAttributeName" "InvalidAttributeName" 400,
    /// A value that an attribute cannot have.
    InvalidAttributeValue = "InvalidAttributeValue" "InvalidAttributeValue" 400,
    /// An entry's id that cannot be.
    InvalidBatchEntryId = "InvalidBatchEntryId" "AWS.SimpleQueueService.InvalidBatchEntryId" 400,
    /// Characters that a message cannot have.
    InvalidMessageContents = "InvalidMessageContents" "InvalidMessageContents" 400,
    /// A parameter that cannot be.
    InvalidParameterValue = "InvalidParameterValue" "InvalidParameterValue" 400,
    /// A parameter that is missing.
    MissingParameter = "MissingParameter" "MissingParameter" 400,
    /// More than may be.
    OverLimit = "OverLimit" "OverLimit" 403,
    /// It was purged just now.
    PurgeQueueInProgress = "PurgeQueueInProgress" "AWS.SimpleQueueService.PurgeQueueInProgress" 403,
    /// The name was free too short a time.
    QueueDeletedRecently = "QueueDeletedRecently" "AWS.SimpleQueueService.QueueDeletedRecently" 400,
    /// It is not there.
    QueueDoesNotExist = "QueueDoesNotExist" "AWS.SimpleQueueService.NonExistentQueue" 400,
    /// It is there, and is not as asked for.
    QueueNameExists = "QueueNameExists" "QueueAlreadyExists" 400,
    /// A text that is no receipt handle.
    ReceiptHandleIsInvalid = "ReceiptHandleIsInvalid" "ReceiptHandleIsInvalid" 404,
    /// A queue or a task that is not there.
    ResourceNotFound = "ResourceNotFoundException" "ResourceNotFoundException" 404,
    /// More than ten entries.
    TooManyEntries = "TooManyEntriesInBatchRequest" "AWS.SimpleQueueService.TooManyEntriesInBatchRequest" 400,
    /// Not now, or not with this queue.
    UnsupportedOperation = "UnsupportedOperation" "AWS.SimpleQueueService.UnsupportedOperation" 400,
    /// A mistake of ours.
    Internal = "InternalFailure" "InternalFailure" 500,
}

impl Error {
    /// A queue that is not there.
    pub fn no_queue() -> Self {
        Self::QueueDoesNotExist("The specified queue does not exist.".to_owned())
    }

    /// A value that a parameter cannot have.
    pub fn value(value: &str, parameter: &str, reason: &str) -> Self {
        Self::InvalidParameterValue(format!(
            "Value {value} for parameter {parameter} is invalid. Reason: {reason}"
        ))
    }

    /// A parameter that is missing.
    pub fn missing(parameter: &str) -> Self {
        Self::MissingParameter(format!("The request must contain the parameter {parameter}."))
    }
}
