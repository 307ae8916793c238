//! `PublishStateMachineVersion`: publishes what a state machine does now as a version.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;

use crate::arn;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishStateMachineVersionInput {
    pub(super) state_machine_arn: String,
    pub(super) revision_id: Option<String>,
    pub(super) description: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishStateMachineVersionOutput {
    creation_date: Timestamp,
    state_machine_version_arn: String,
}

/// Runs the operation.
pub fn publish_state_machine_version(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: PublishStateMachineVersionInput,
) -> Result<PublishStateMachineVersionOutput, Error> {
    let (machine_arn, _) = arn::machine(&input.state_machine_arn)?;
    let mut machine = (**states.machine(&machine_arn)?).clone();
    let asked = input.revision_id.as_deref().map(|id| if id == "INITIAL" { "" } else { id });
    if asked.is_some_and(|id| id != machine.revision.id) {
        let message = "Failed to publish the State Machine version for revision. The current State \
                       Machine revision does not match the provided revisionId";
        return Err(Error::conflict(message));
    }
    // The same revision is published once.
    let last = machine.versions.iter().next_back();
    if let Some((number, version)) =
        last.filter(|(_, version)| version.revision == machine.revision)
    {
        return Ok(PublishStateMachineVersionOutput {
            creation_date: version.created,
            state_machine_version_arn: format!("{machine_arn}:{number}"),
        });
    }
    let state_machine_version_arn = super::shared::publish(&mut machine, cx, input.description)?;
    states.machines.insert(machine_arn, Rc::new(machine));
    Ok(PublishStateMachineVersionOutput { creation_date: cx.now, state_machine_version_arn })
}
