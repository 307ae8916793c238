//! `DeleteStateMachineVersion`: deletes a version that no alias names.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html>

use std::rc::Rc;

use crate::arn;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteStateMachineVersionInput {
    pub(super) state_machine_version_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteStateMachineVersionOutput {}

/// Runs the operation.
pub fn delete_state_machine_version(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteStateMachineVersionInput,
) -> Result<DeleteStateMachineVersionOutput, Error> {
    let _ = cx;
    let (machine_arn, qualifier) = arn::machine(&input.state_machine_version_arn)?;
    let invalid =
        || Error::invalid_arn(format!("Invalid Arn: '{}'", input.state_machine_version_arn));
    let number: u64 = qualifier.and_then(|number| number.parse().ok()).ok_or_else(invalid)?;
    let Some(machine) = states.machines.get_mut(&machine_arn) else {
        return Ok(DeleteStateMachineVersionOutput {});
    };
    let referring = machine.aliases.iter().filter(|(_, alias)| {
        alias.routes.iter().any(|(version, _)| *version == input.state_machine_version_arn)
    });
    let names: Vec<&str> = referring.map(|(name, _)| name.as_str()).collect();
    if !names.is_empty() {
        let message = format!(
            "Version to be deleted must not be referenced by an alias. Current list of aliases \
             referencing this version: [{}]",
            names.join(", ")
        );
        return Err(Error::conflict(message));
    }
    Rc::make_mut(machine).versions.remove(&number);
    Ok(DeleteStateMachineVersionOutput {})
}
