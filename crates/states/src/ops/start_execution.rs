//! `StartExecution`: starts an execution; the same start of one that still runs finds it.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html>

use crate::drive;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartExecutionInput {
    pub(super) state_machine_arn: String,
    pub(super) name: Option<String>,
    pub(super) input: Option<String>,
    pub(super) trace_header: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartExecutionOutput {
    execution_arn: String,
    start_date: Timestamp,
}

/// Runs the operation.
pub fn start_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: StartExecutionInput,
) -> Result<StartExecutionOutput, Error> {
    let found = states.resolve(cx, &input.state_machine_arn)?;
    let begun =
        super::shared::begin(states, cx, found, (input.name, input.input, input.trace_header))?;
    if begun.is_new {
        drive::run_soon(cx, &begun.arn);
    }
    Ok(StartExecutionOutput { execution_arn: begun.arn, start_date: begun.started })
}
