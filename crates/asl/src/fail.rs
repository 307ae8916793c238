//! [`Failure`]: an error name and a cause, in AWS's words.

/// Why a state failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `States.Runtime`; `None`: a task failed without naming it.
    pub error: Option<String>,
    /// AWS's words.
    pub cause: Option<String>,
    /// Where an expression failed, which the history tells by an event of its own; empty if that
    /// tells no place.
    pub location: Option<String>,
    /// Whether that event follows the entering of the state, not what led to it.
    pub late: bool,
    /// Whether the cause is to begin with the state and the event at which it was entered.
    pub placed: bool,
}

/// What no `States.ALL` catches.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>
pub const RUNTIME: &str = "States.Runtime";
/// A payload that is too long.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
/// An expression that gave nothing, or not what is needed.
pub const QUERY_EVALUATION: &str = "States.QueryEvaluationError";
/// A state that took too long.
pub const TIMEOUT: &str = "States.Timeout";
/// A worker that fell silent.
pub const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";

impl Failure {
    /// A failure whose cause is told as it is.
    pub fn new(error: &str, cause: impl Into<String>) -> Self {
        Self {
            error: Some(error.to_owned()),
            cause: Some(cause.into()),
            location: None,
            late: false,
            placed: false,
        }
    }

    /// `States.Runtime`, with the state named before the cause.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self { placed: true, ..Self::new(RUNTIME, cause) }
    }

    /// A failure of this name with the state named before the cause.
    pub fn placed(error: &str, cause: impl Into<String>) -> Self {
        Self { placed: true, ..Self::new(error, cause) }
    }

    /// `States.QueryEvaluationError` at a place in the state.
    pub fn evaluation(location: &str, cause: impl Into<String>) -> Self {
        Self {
            placed: true,
            location: Some(location.to_owned()),
            ..Self::new(QUERY_EVALUATION, cause)
        }
    }

    /// A payload that is too long.
    pub fn too_long(what: &str) -> Self {
        Self::new(
            DATA_LIMIT_EXCEEDED,
            format!(
                "The state/task '{what}' returned a result with a size exceeding the maximum number \
                 of bytes service limit."
            ),
        )
    }

    /// Whether an `ErrorEquals` that holds `name` matches.
    pub fn matches(&self, name: &str) -> bool {
        let error = self.error.as_deref().unwrap_or_default();
        if error == RUNTIME {
            return false;
        }
        match name {
            // AWS's guide leaves States.DataLimitExceeded out, its recorded answers do not.
            "States.ALL" => true,
            "States.TaskFailed" => {
                error != TIMEOUT && error != DATA_LIMIT_EXCEEDED && error != HEARTBEAT_TIMEOUT
            }
            TIMEOUT => error == TIMEOUT || error == HEARTBEAT_TIMEOUT,
            name => error == name,
        }
    }

    /// What a Catcher puts into the output.
    pub fn output(&self) -> serde_json::Value {
        let timed_out = matches!(self.error.as_deref(), Some(TIMEOUT | HEARTBEAT_TIMEOUT));
        let cause = self.cause.as_deref().or(timed_out.then_some(""));
        serde_json::json!({"Error": self.error, "Cause": cause})
    }
}
