//! `DeleteStateMachine`: deletes a state machine with its versions and aliases; executions that run go on.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html>
//!
//! Differences from AWS: it is gone at once, not after its executions have ended.

use crate::arn;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteStateMachineInput {
    pub(super) state_machine_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteStateMachineOutput {}

/// Runs the operation.
pub fn delete_state_machine(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteStateMachineInput,
) -> Result<DeleteStateMachineOutput, Error> {
    let _ = cx;
    let (machine_arn, qualifier) = arn::machine(&input.state_machine_arn)?;
    if machine_arn.contains('/') {
        // guess: the words; the code is documented for the ARN of a Distributed Map state.
        let message = format!("Invalid State Machine Arn: '{}'", input.state_machine_arn);
        return Err(Error::validation(message));
    }
    if qualifier.is_some() {
        // guess: versions and aliases have operations of their own.
        return Err(Error::invalid_arn(format!("Invalid Arn: '{}'", input.state_machine_arn)));
    }
    states.machines.remove(&machine_arn);
    states.tags.remove(&machine_arn);
    states.stops.remove(&machine_arn);
    Ok(DeleteStateMachineOutput {})
}
