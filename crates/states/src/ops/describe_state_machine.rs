//! `DescribeStateMachine`: tells what a state machine, a version or an alias does.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html>

use super::shared::{LoggingConfiguration, Tracing, type_of};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeStateMachineInput {
    pub(super) state_machine_arn: String,
    pub(super) included_data: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeStateMachineOutput {
    state_machine_arn: String,
    name: String,
    status: &'static str,
    definition: String,
    role_arn: String,
    r#type: &'static str,
    creation_date: Timestamp,
    logging_configuration: LoggingConfiguration,
    tracing_configuration: Tracing,
    revision_id: Option<String>,
    description: Option<String>,
}

/// Runs the operation.
pub fn describe_state_machine(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeStateMachineInput,
) -> Result<DescribeStateMachineOutput, Error> {
    let found = states.resolve(cx, &input.state_machine_arn)?;
    let (machine, revision) = (&found.machine, &found.revision);
    let whole = input.included_data.as_deref() != Some("METADATA_ONLY");
    let number = found.version_arn.as_deref().and_then(|arn| arn.rsplit(':').next()?.parse().ok());
    let version = number.and_then(|number: u64| machine.versions.get(&number));
    Ok(DescribeStateMachineOutput {
        name: machine.name.clone(),
        status: "ACTIVE",
        // "`METADATA_ONLY` returns a successful result with an empty definition."
        definition: if whole { revision.definition.to_string() } else { "{}".to_owned() },
        role_arn: revision.role_arn.clone(),
        r#type: type_of(machine.express),
        creation_date: version.map_or(machine.created, |version| version.created),
        logging_configuration: LoggingConfiguration::of(revision.logging.as_ref()),
        tracing_configuration: Tracing { enabled: Some(revision.tracing) },
        revision_id: Some(revision.id.clone()).filter(|id| !id.is_empty()),
        description: version
            .map(|version| version.description.clone())
            .filter(|text| !text.is_empty()),
        state_machine_arn: input.state_machine_arn,
    })
}
