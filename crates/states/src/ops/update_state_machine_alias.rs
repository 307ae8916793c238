//! `UpdateStateMachineAlias`: changes what an alias names.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;

use super::shared::Route;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateStateMachineAliasInput {
    pub(super) state_machine_alias_arn: String,
    pub(super) description: Option<String>,
    pub(super) routing_configuration: Option<Vec<Route>>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateStateMachineAliasOutput {
    update_date: Timestamp,
}

/// Runs the operation.
pub fn update_state_machine_alias(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateStateMachineAliasInput,
) -> Result<UpdateStateMachineAliasOutput, Error> {
    let (machine_arn, name) = super::shared::alias_name(&input.state_machine_alias_arn)?;
    super::shared::alias(states, &input.state_machine_alias_arn)?;
    if input.description.is_none() && input.routing_configuration.is_none() {
        // guess: the words; that one of them is needed is documented.
        return Err(Error::validation(
            "Either description or routingConfiguration must be specified",
        ));
    }
    let routes = input
        .routing_configuration
        .map(|routes| super::shared::routes(states, routes))
        .transpose()?;
    if let Some(machine) = states.machines.get_mut(&machine_arn)
        && let Some(alias) = Rc::make_mut(machine).aliases.get_mut(&name)
    {
        if let Some((_, routes)) = routes {
            alias.routes = routes;
        }
        if let Some(description) = input.description {
            alias.description = description;
        }
        alias.updated = cx.now;
    }
    Ok(UpdateStateMachineAliasOutput { update_date: cx.now })
}
