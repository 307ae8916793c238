//! `CreateStateMachineAlias`: gives one version or two a name.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;

use super::shared::Route;
use crate::arn;
use crate::limits::ALIASES_MAX;
use crate::model::Alias;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateStateMachineAliasInput {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) routing_configuration: Vec<Route>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateStateMachineAliasOutput {
    state_machine_alias_arn: String,
    creation_date: Timestamp,
}

/// Runs the operation.
pub fn create_state_machine_alias(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateStateMachineAliasInput,
) -> Result<CreateStateMachineAliasOutput, Error> {
    arn::check_name(&input.name)?;
    if input.name.parse::<u64>().is_ok() {
        return Err(Error::invalid_name(format!("Invalid Name: '{}'", input.name)));
    }
    let (machine_arn, routes) = super::shared::routes(states, input.routing_configuration)?;
    let mut machine = (**states.machine(&machine_arn)?).clone();
    let state_machine_alias_arn = format!("{machine_arn}:{}", input.name);
    let description = input.description.unwrap_or_default();
    if let Some(there) = machine.aliases.get(&input.name) {
        if there.routes != routes || there.description != description {
            let message = "Failed to create alias because an alias with the same name and a different \
                           routing configuration already exists.";
            return Err(Error::conflict(message));
        }
        let creation_date = there.created;
        return Ok(CreateStateMachineAliasOutput { state_machine_alias_arn, creation_date });
    }
    if machine.aliases.len() >= ALIASES_MAX {
        return Err(Error::service_quota_exceeded(
            "You have reached the maximum number of aliases",
        ));
    }
    let alias = Alias { description, routes, created: cx.now, updated: cx.now };
    machine.aliases.insert(input.name, alias);
    states.machines.insert(machine_arn, Rc::new(machine));
    Ok(CreateStateMachineAliasOutput { state_machine_alias_arn, creation_date: cx.now })
}
