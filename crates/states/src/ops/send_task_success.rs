//! `SendTaskSuccess`: a worker tells that a task has ended well.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html>

use crate::limits::PAYLOAD_BYTES_MAX;
use crate::tasks;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendTaskSuccessInput {
    pub(super) task_token: String,
    pub(super) output: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendTaskSuccessOutput {}

/// Runs the operation.
pub fn send_task_success(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: SendTaskSuccessInput,
) -> Result<SendTaskSuccessOutput, Error> {
    let place = super::shared::task(states, &input.task_token)?;
    // guess: that the words are those of an execution's input.
    let output = super::shared::read_json(&input.output)
        .map_err(|why| Error::invalid_output(format!("Invalid Output: '{why}'")))?
        .into_value();
    if input.output.len() > PAYLOAD_BYTES_MAX {
        return Err(Error::invalid_output("Invalid Output: 'Output exceeds the maximum size'"));
    }
    tasks::succeed(states, cx, (&place.execution_arn, place.task), output);
    Ok(SendTaskSuccessOutput {})
}
