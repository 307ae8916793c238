//! `CancelMessageMoveTask`: stops a task that moves messages; those that were moved stay where they are.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::moves;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CancelMessageMoveTaskInput {
    task_handle: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CancelMessageMoveTaskOutput {
    approximate_number_of_messages_moved: u64,
}

/// Runs the operation.
pub fn cancel_message_move_task(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: CancelMessageMoveTaskInput,
) -> Result<CancelMessageMoveTaskOutput, Error> {
    let moved = moves::cancel(sqs, cx, &input.task_handle)?;
    Ok(CancelMessageMoveTaskOutput { approximate_number_of_messages_moved: moved })
}
