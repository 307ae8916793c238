//! `ListStateMachines`: lists state machines, the newest first.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html>

use super::shared::type_of;
use crate::{arn, token};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStateMachinesInput {
    pub(super) max_results: Option<i64>,
    pub(super) next_token: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStateMachinesOutput {
    state_machines: Vec<StateMachineItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_state_machines(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListStateMachinesInput,
) -> Result<ListStateMachinesOutput, Error> {
    let here = arn::here(cx, "stateMachine", "");
    let mut all: Vec<_> =
        states.machines.values().filter(|machine| machine.arn.starts_with(&here)).collect();
    all.sort_by_key(|machine| std::cmp::Reverse(machine.created));
    let (page, next_token) =
        token::page(all.into_iter(), input.max_results, input.next_token.as_deref())?;
    let state_machines = page
        .into_iter()
        .map(|machine| StateMachineItem {
            state_machine_arn: machine.arn.clone(),
            name: machine.name.clone(),
            r#type: type_of(machine.express),
            creation_date: machine.created,
        })
        .collect();
    Ok(ListStateMachinesOutput { state_machines, next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StateMachineItem {
    state_machine_arn: String,
    name: String,
    r#type: &'static str,
    creation_date: Timestamp,
}
