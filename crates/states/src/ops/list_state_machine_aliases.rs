//! `ListStateMachineAliases`: lists a state machine's aliases, or those of a version.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineAliases.html>

use crate::model::Alias;
use crate::{arn, token};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStateMachineAliasesInput {
    pub(super) state_machine_arn: String,
    pub(super) next_token: Option<String>,
    pub(super) max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStateMachineAliasesOutput {
    state_machine_aliases: Vec<AliasItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_state_machine_aliases(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListStateMachineAliasesInput,
) -> Result<ListStateMachineAliasesOutput, Error> {
    let _ = cx;
    let (machine_arn, qualifier) = arn::machine(&input.state_machine_arn)?;
    let machine = states.machine(&machine_arn)?;
    let names = |alias: &Alias| {
        qualifier.is_none()
            || alias.routes.iter().any(|(version, _)| *version == input.state_machine_arn)
    };
    let all =
        machine.aliases.iter().filter(|(_, alias)| names(alias)).map(|(name, alias)| AliasItem {
            state_machine_alias_arn: format!("{machine_arn}:{name}"),
            creation_date: alias.created,
        });
    let (state_machine_aliases, next_token) =
        token::page(all, input.max_results, input.next_token.as_deref())?;
    Ok(ListStateMachineAliasesOutput { state_machine_aliases, next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AliasItem {
    state_machine_alias_arn: String,
    creation_date: Timestamp,
}
