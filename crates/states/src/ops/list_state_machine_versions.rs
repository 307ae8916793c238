//! `ListStateMachineVersions`: lists a state machine's versions, the newest first.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html>

use crate::{arn, token};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStateMachineVersionsInput {
    pub(super) state_machine_arn: String,
    pub(super) next_token: Option<String>,
    pub(super) max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStateMachineVersionsOutput {
    state_machine_versions: Vec<VersionItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_state_machine_versions(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListStateMachineVersionsInput,
) -> Result<ListStateMachineVersionsOutput, Error> {
    let _ = cx;
    let (machine_arn, _) = arn::machine(&input.state_machine_arn)?;
    let machine = states.machine(&machine_arn)?;
    let all = machine.versions.iter().rev().map(|(number, version)| VersionItem {
        state_machine_version_arn: format!("{machine_arn}:{number}"),
        creation_date: version.created,
    });
    let (state_machine_versions, next_token) =
        token::page(all, input.max_results, input.next_token.as_deref())?;
    Ok(ListStateMachineVersionsOutput { state_machine_versions, next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct VersionItem {
    state_machine_version_arn: String,
    creation_date: Timestamp,
}
