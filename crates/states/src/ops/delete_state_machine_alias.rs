//! `DeleteStateMachineAlias`: deletes an alias.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineAlias.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteStateMachineAliasInput {
    pub(super) state_machine_alias_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteStateMachineAliasOutput {}

/// Runs the operation.
pub fn delete_state_machine_alias(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteStateMachineAliasInput,
) -> Result<DeleteStateMachineAliasOutput, Error> {
    let _ = cx;
    let (machine_arn, name) = super::shared::alias_name(&input.state_machine_alias_arn)?;
    super::shared::alias(states, &input.state_machine_alias_arn)?;
    if let Some(machine) = states.machines.get_mut(&machine_arn) {
        Rc::make_mut(machine).aliases.remove(&name);
    }
    Ok(DeleteStateMachineAliasOutput {})
}
