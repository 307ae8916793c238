//! `StopExecution`: stops an execution.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html>

use crate::{arn, drive};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopExecutionInput {
    pub(super) execution_arn: String,
    pub(super) error: Option<String>,
    pub(super) cause: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StopExecutionOutput {
    stop_date: Timestamp,
}

/// Runs the operation.
pub fn stop_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: StopExecutionInput,
) -> Result<StopExecutionOutput, Error> {
    arn::of_kind(&input.execution_arn, &["execution"])?;
    let record = states.execution(&input.execution_arn)?;
    if record.express {
        let message = "This operation is not supported by this type of state machine";
        return Err(Error::state_machine_type_not_supported(message));
    }
    let (error, cause) = (input.error, input.cause);
    drive::act(states, cx, &input.execution_arn, |execution, cx| execution.abort(cx, error, cause));
    let stopped = states.execution(&input.execution_arn)?.stopped;
    Ok(StopExecutionOutput { stop_date: stopped.unwrap_or(cx.now) })
}
