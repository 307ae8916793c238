//! `DescribeStateMachineForExecution`: tells what an execution runs.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html>

use super::shared::{LoggingConfiguration, Tracing};
use crate::arn;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeStateMachineForExecutionInput {
    pub(super) execution_arn: String,
    pub(super) included_data: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeStateMachineForExecutionOutput {
    state_machine_arn: String,
    name: String,
    definition: Option<String>,
    role_arn: String,
    update_date: Timestamp,
    logging_configuration: LoggingConfiguration,
    tracing_configuration: Tracing,
    map_run_arn: Option<String>,
    revision_id: Option<String>,
}

/// Runs the operation.
pub fn describe_state_machine_for_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeStateMachineForExecutionInput,
) -> Result<DescribeStateMachineForExecutionOutput, Error> {
    let _ = cx;
    arn::of_kind(&input.execution_arn, &["execution"])?;
    let record = states.execution(&input.execution_arn)?;
    let whole = input.included_data.as_deref() != Some("METADATA_ONLY");
    let machine = states.machines.get(&record.machine_arn);
    let started = Timestamp::from_ms(record.identity.started_ms);
    Ok(DescribeStateMachineForExecutionOutput {
        state_machine_arn: record.machine_arn.clone(),
        name: record.identity.machine_name.clone(),
        definition: whole.then(|| record.revision.definition.to_string()),
        role_arn: record.revision.role_arn.clone(),
        update_date: machine.map_or(started, |machine| machine.updated),
        logging_configuration: LoggingConfiguration::of(record.revision.logging.as_ref()),
        tracing_configuration: Tracing { enabled: Some(record.revision.tracing) },
        map_run_arn: record.map_run_arn.clone(),
        revision_id: Some(record.revision.id.clone()).filter(|id| !id.is_empty()),
    })
}
