//! `UpdateStateMachine`: changes what a state machine does from the next execution on.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html>
//!
//! Differences from AWS: keys of the customer's own are refused.

use std::rc::Rc;

use cloudarium_env::Timestamp;

use super::shared::{Encryption, LoggingConfiguration, Tracing, check_encryption};
use crate::{arn, log};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateStateMachineInput {
    pub(super) state_machine_arn: String,
    pub(super) definition: Option<String>,
    pub(super) role_arn: Option<String>,
    pub(super) logging_configuration: Option<LoggingConfiguration>,
    pub(super) tracing_configuration: Option<Tracing>,
    pub(super) publish: Option<bool>,
    pub(super) version_description: Option<String>,
    pub(super) encryption_configuration: Option<Encryption>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateStateMachineOutput {
    update_date: Timestamp,
    revision_id: Option<String>,
    state_machine_version_arn: Option<String>,
}

/// Runs the operation.
pub fn update_state_machine(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateStateMachineInput,
) -> Result<UpdateStateMachineOutput, Error> {
    let publish = input.publish.unwrap_or(false);
    let (machine_arn, qualifier) = arn::machine(&input.state_machine_arn)?;
    if qualifier.is_some() {
        let message = format!("Invalid Arn: '{}'", input.state_machine_arn);
        return Err(Error::invalid_arn(message));
    }
    check_encryption(input.encryption_configuration.as_ref())?;
    if input.version_description.is_some() && !publish {
        return Err(Error::validation("Version description can only be set when publish is true"));
    }
    let mut machine = (**states.machine(&machine_arn)?).clone();
    let nothing = input.definition.is_none()
        && input.role_arn.is_none()
        && input.logging_configuration.is_none()
        && input.tracing_configuration.is_none();
    if nothing && !publish {
        let message = "Either the definition, the role ARN, the LoggingConfiguration, the \
                       TracingConfiguration or EncryptionConfiguration must be specified";
        return Err(Error::missing_required_parameter(message));
    }
    if let Some(definition) = input.definition {
        super::shared::check_definition(&definition, machine.express)?;
        machine.revision.definition = definition.into();
    }
    if let Some(role_arn) = input.role_arn {
        arn::check_role(&role_arn)?;
        machine.revision.role_arn = role_arn;
    }
    let is_logging_new = input.logging_configuration.is_some();
    if let Some(logging) = input.logging_configuration {
        machine.revision.logging = logging.check()?;
    }
    if let Some(tracing) = input.tracing_configuration {
        machine.revision.tracing = tracing.enabled == Some(true);
    }
    if !nothing {
        machine.revision.id = cx.rng.uuid();
        machine.updated = cx.now;
    }
    let revision_id = machine.revision.id.clone();
    let state_machine_version_arn = if publish {
        Some(super::shared::publish(&mut machine, cx, input.version_description)?)
    } else {
        None
    };
    if let Some(logging) = machine.revision.logging.as_ref().filter(|_| is_logging_new) {
        log::begin(cx, logging);
    }
    states.machines.insert(machine_arn, Rc::new(machine));
    let revision_id = Some(revision_id).filter(|id| !id.is_empty());
    Ok(UpdateStateMachineOutput { update_date: cx.now, revision_id, state_machine_version_arn })
}
