//! `DescribeExecution`: tells where an execution stands.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html>

use super::shared::Included;
use crate::arn;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeExecutionInput {
    pub(super) execution_arn: String,
    pub(super) included_data: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeExecutionOutput {
    execution_arn: String,
    state_machine_arn: String,
    name: String,
    status: &'static str,
    start_date: Timestamp,
    stop_date: Option<Timestamp>,
    input: Option<String>,
    input_details: Included,
    output: Option<String>,
    output_details: Option<Included>,
    trace_header: Option<String>,
    map_run_arn: Option<String>,
    error: Option<String>,
    cause: Option<String>,
    state_machine_version_arn: Option<String>,
    state_machine_alias_arn: Option<String>,
    redrive_count: u32,
    redrive_date: Option<Timestamp>,
    redrive_status: &'static str,
    redrive_status_reason: Option<String>,
}

/// Runs the operation.
pub fn describe_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeExecutionInput,
) -> Result<DescribeExecutionOutput, Error> {
    arn::of_kind(&input.execution_arn, &["execution", "express"])?;
    let record = states.execution(&input.execution_arn)?;
    if record.express && record.map_run_arn.is_none() {
        let message = "This operation is not supported by this type of state machine";
        return Err(Error::state_machine_type_not_supported(message));
    }
    let whole = input.included_data.as_deref() != Some("METADATA_ONLY");
    let (error, cause) = record.error();
    let output = record.output().map(|output| output.text().to_string());
    let (redrive_status, redrive_status_reason) = super::shared::redrivable(record, cx.now);
    Ok(DescribeExecutionOutput {
        state_machine_arn: record.machine_arn.clone(),
        name: record.identity.name.clone(),
        status: record.status(),
        start_date: Timestamp::from_ms(record.identity.started_ms),
        stop_date: record.stopped,
        input: whole.then(|| record.input.text().to_string()),
        input_details: Included { included: whole },
        output_details: output.is_some().then_some(Included { included: whole }),
        output: output.filter(|_| whole),
        trace_header: record.trace_header.clone(),
        map_run_arn: record.map_run_arn.clone(),
        error,
        cause,
        state_machine_version_arn: record.identity.version_arn.clone(),
        state_machine_alias_arn: record.alias_arn.clone(),
        redrive_count: record.identity.redrive_count,
        redrive_date: record.redriven,
        redrive_status,
        redrive_status_reason,
        execution_arn: input.execution_arn,
    })
}
