//! `DescribeStateMachineAlias`: tells what an alias names.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html>

use super::shared::Route;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeStateMachineAliasInput {
    pub(super) state_machine_alias_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeStateMachineAliasOutput {
    state_machine_alias_arn: String,
    name: String,
    description: Option<String>,
    routing_configuration: Vec<Route>,
    creation_date: Timestamp,
    update_date: Timestamp,
}

/// Runs the operation.
pub fn describe_state_machine_alias(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeStateMachineAliasInput,
) -> Result<DescribeStateMachineAliasOutput, Error> {
    let _ = cx;
    let (_, name) = super::shared::alias_name(&input.state_machine_alias_arn)?;
    let alias = super::shared::alias(states, &input.state_machine_alias_arn)?;
    Ok(DescribeStateMachineAliasOutput {
        name,
        description: Some(alias.description.clone()).filter(|text| !text.is_empty()),
        routing_configuration: alias.routes.iter().map(Route::of).collect(),
        creation_date: alias.created,
        update_date: alias.updated,
        state_machine_alias_arn: input.state_machine_alias_arn,
    })
}
