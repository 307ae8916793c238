//! `SendTaskFailure`: a worker tells that a task has ended badly.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html>

use crate::tasks;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendTaskFailureInput {
    pub(super) task_token: String,
    pub(super) error: Option<String>,
    pub(super) cause: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendTaskFailureOutput {}

/// Runs the operation.
pub fn send_task_failure(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: SendTaskFailureInput,
) -> Result<SendTaskFailureOutput, Error> {
    let place = super::shared::task(states, &input.task_token)?;
    let why = (input.error, input.cause);
    tasks::fail(states, cx, (&place.execution_arn, place.task), why);
    Ok(SendTaskFailureOutput {})
}
