//! `SendTaskHeartbeat`: a worker shows that it lives.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html>

use crate::drive;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendTaskHeartbeatInput {
    pub(super) task_token: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendTaskHeartbeatOutput {}

/// Runs the operation.
pub fn send_task_heartbeat(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: SendTaskHeartbeatInput,
) -> Result<SendTaskHeartbeatOutput, Error> {
    let place = super::shared::task(states, &input.task_token)?;
    drive::act(states, cx, &place.execution_arn, |execution, cx| {
        execution.task_heartbeat(cx, place.task)
    });
    Ok(SendTaskHeartbeatOutput {})
}
