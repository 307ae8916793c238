//! `CreateStateMachine`: makes a state machine, or finds the same one that is there.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>
//!
//! Differences from AWS: keys of the customer's own are refused.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::Timestamp;

use super::shared::{Encryption, LoggingConfiguration, Tracing, check_encryption};
use crate::limits::STATE_MACHINES_MAX;
use crate::model::{Revision, StateMachine};
use crate::store::Tag;
use crate::{arn, log};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateStateMachineInput {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) role_arn: String,
    pub(super) r#type: Option<String>,
    pub(super) logging_configuration: Option<LoggingConfiguration>,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) tracing_configuration: Option<Tracing>,
    pub(super) publish: Option<bool>,
    pub(super) version_description: Option<String>,
    pub(super) encryption_configuration: Option<Encryption>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateStateMachineOutput {
    state_machine_arn: String,
    creation_date: Timestamp,
    state_machine_version_arn: Option<String>,
}

/// Runs the operation.
pub fn create_state_machine(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateStateMachineInput,
) -> Result<CreateStateMachineOutput, Error> {
    let publish = input.publish.unwrap_or(false);
    arn::check_name(&input.name)?;
    arn::check_role(&input.role_arn)?;
    check_encryption(input.encryption_configuration.as_ref())?;
    if input.version_description.is_some() && !publish {
        return Err(Error::validation("Version description can only be set when publish is true"));
    }
    let express = input.r#type.as_deref() == Some("EXPRESS");
    super::shared::check_definition(&input.definition, express)?;
    let state_machine_arn = arn::here(cx, "stateMachine", &input.name);
    let revision = Revision {
        id: String::new(),
        definition: input.definition.into(),
        role_arn: input.role_arn,
        logging: input
            .logging_configuration
            .map(LoggingConfiguration::check)
            .transpose()?
            .flatten(),
        tracing: input.tracing_configuration.is_some_and(|tracing| tracing.enabled == Some(true)),
    };
    if let Some(there) = states.machines.get(&state_machine_arn) {
        let same = there.express == express
            && Revision {
                id: String::new(),
                role_arn: revision.role_arn.clone(),
                ..there.revision.clone()
            } == revision;
        if !same {
            let message = format!("State Machine Already Exists: '{state_machine_arn}'");
            return Err(Error::state_machine_already_exists(message));
        }
        let creation_date = there.created;
        let version = publish.then(|| there.versions.keys().next_back().copied()).flatten();
        return Ok(CreateStateMachineOutput {
            state_machine_version_arn: version
                .map(|number| format!("{state_machine_arn}:{number}")),
            state_machine_arn,
            creation_date,
        });
    }
    if states.machines.len() >= STATE_MACHINES_MAX {
        return Err(Error::state_machine_limit_exceeded("State Machine Limit Exceeded"));
    }
    states.tag(&state_machine_arn, input.tags.unwrap_or_default())?;
    let mut machine = StateMachine {
        arn: state_machine_arn.clone(),
        name: input.name,
        revision,
        express,
        created: cx.now,
        updated: cx.now,
        versions: BTreeMap::new(),
        next_version: 1,
        aliases: BTreeMap::new(),
    };
    let state_machine_version_arn = if publish {
        Some(super::shared::publish(&mut machine, cx, input.version_description)?)
    } else {
        None
    };
    if let Some(logging) = &machine.revision.logging {
        log::begin(cx, logging);
    }
    states.machines.insert(state_machine_arn.clone(), Rc::new(machine));
    Ok(CreateStateMachineOutput {
        state_machine_arn,
        creation_date: cx.now,
        state_machine_version_arn,
    })
}
