//! Every AWS error code that Step Functions answers here. All have the status 400.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html>

use cloudarium_service::Fault;

/// A refusal by Step Functions: AWS's code, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: &'static str,
    message: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal;)*) => {
        impl Error {
            $($(#[$doc])* pub fn $name(message: impl Into<String>) -> Self {
                Self { code: $code, message: message.into() }
            })*
        }
    };
}

codes! {
    /// An alias or version that conflicts.
    conflict "ConflictException";
    /// An activity that is not there.
    activity_does_not_exist "ActivityDoesNotExist";
    /// As many activities as there may be.
    activity_limit_exceeded "ActivityLimitExceeded";
    /// The name is taken.
    execution_already_exists "ExecutionAlreadyExists";
    /// An execution that is not there.
    execution_does_not_exist "ExecutionDoesNotExist";
    /// As many executions as may run at once.
    execution_limit_exceeded "ExecutionLimitExceeded";
    /// It cannot be redriven.
    execution_not_redrivable "ExecutionNotRedrivable";
    /// No ARN of this kind.
    invalid_arn "InvalidArn";
    /// No definition.
    invalid_definition "InvalidDefinition";
    /// No JSON.
    invalid_execution_input "InvalidExecutionInput";
    /// A logging configuration that cannot be.
    invalid_logging_configuration "InvalidLoggingConfiguration";
    /// No name.
    invalid_name "InvalidName";
    /// No JSON, or too long.
    invalid_output "InvalidOutput";
    /// No token.
    invalid_token "InvalidToken";
    /// Nothing to change.
    missing_required_parameter "MissingRequiredParameter";
    /// A resource that is not there.
    resource_not_found "ResourceNotFound";
    /// More than there may be.
    service_quota_exceeded "ServiceQuotaExceededException";
    /// The name is taken by another machine.
    state_machine_already_exists "StateMachineAlreadyExists";
    /// A machine that is being deleted.
    state_machine_deleting "StateMachineDeleting";
    /// A machine that is not there.
    state_machine_does_not_exist "StateMachineDoesNotExist";
    /// As many machines as there may be.
    state_machine_limit_exceeded "StateMachineLimitExceeded";
    /// Not for machines of this type.
    state_machine_type_not_supported "StateMachineTypeNotSupported";
    /// A task that is not there.
    task_does_not_exist "TaskDoesNotExist";
    /// A task that is no longer waited for.
    task_timed_out "TaskTimedOut";
    /// More tags than a resource may have.
    too_many_tags "TooManyTags";
    /// A parameter that cannot be.
    validation "ValidationException";
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::new(error.code, 400, error.message)
    }
}
