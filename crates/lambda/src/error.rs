//! Every AWS error code that Lambda answers here.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html> and each operation's page.

use cloudarium_service::Fault;

/// Makes the enum: a variant an AWS code, with its status; each carries AWS's words.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal,)*) => {
        /// A refusal by Lambda, with AWS's words.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Error {
            $($(#[$doc])* $name(String),)*
            /// Too many at a time: AWS's reason.
            Throttled(&'static str),
            /// AWS has it, this cloud does not.
            NotSimulated(String),
        }

        impl From<Error> for Fault {
            fn from(error: Error) -> Self {
                match error {
                    $(Error::$name(message) => {
                        let blame = if $status < 500 { "User" } else { "Service" };
                        Fault::new($code, $status, message).with("Type", blame)
                    })*
                    Error::Throttled(reason) => {
                        Fault::new("TooManyRequestsException", 429, "Rate Exceeded.")
                            .with("Type", "User")
                            .with("Reason", reason)
                            .hint("More invocations at a time than the function may have.")
                    }
                    Error::NotSimulated(what) => Fault::not_implemented(&what),
                }
            }
        }
    };
}

errors! {
    /// Another account's function, and no policy that lets it.
    AccessDenied = "AccessDeniedException" 403,
    /// More code than a Region holds.
    CodeStorageExceeded = "CodeStorageExceededException" 400,
    /// A parameter that cannot be.
    InvalidParameter = "InvalidParameterValueException" 400,
    /// An event that is no JSON.
    InvalidContent = "InvalidRequestContentException" 400,
    /// A policy that would be too long.
    PolicyLength = "PolicyLengthExceededException" 400,
    /// A revision that is not the latest.
    Precondition = "PreconditionFailedException" 412,
    /// A loop.
    Recursive = "RecursiveInvocationException" 400,
    /// An event that is too large.
    RequestTooLarge = "RequestTooLargeException" 413,
    /// It is there, or is just being changed.
    Conflict = "ResourceConflictException" 409,
    /// It is just being changed.
    InUse = "ResourceInUseException" 400,
    /// It is not there.
    NotFound = "ResourceNotFoundException" 404,
    /// No environments wait.
    NoProvisioned = "ProvisionedConcurrencyConfigNotFoundException" 404,
    /// A mistake of ours, or a body that is lost.
    Service = "ServiceException" 500,
}

impl Error {
    /// An [`Error::InvalidParameter`].
    pub fn parameter(message: impl Into<String>) -> Self {
        Self::InvalidParameter(message.into())
    }

    /// A version or function that is not there.
    pub fn no_function(arn: &str) -> Self {
        Self::NotFound(format!("Function not found: {arn}"))
    }

    /// What has no words of its own.
    pub fn no_resource() -> Self {
        Self::NotFound("The resource you requested does not exist.".to_owned())
    }
}
