//! `DescribeEventBus`: what is known of a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html>
//!
//! Differences from AWS: of a default bus that was never changed no times are told.

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Bus, BusKey, State};
use crate::{name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeEventBusInput {
    name: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeEventBusOutput {
    name: String,
    arn: String,
    description: Option<String>,
    policy: Option<String>,
    creation_time: Option<Timestamp>,
    last_modified_time: Option<Timestamp>,
}

impl DescribeEventBusOutput {
    /// What is known of a bus.
    pub fn of(key: &BusKey, bus: Option<&Bus>) -> Self {
        Self {
            name: key.name.clone(),
            arn: name::bus_arn(key),
            description: bus.and_then(|it| it.description.clone()),
            policy: bus.and_then(|it| it.policy.clone()),
            creation_time: bus.map(|it| it.created),
            last_modified_time: bus.map(|it| it.modified),
        }
    }
}

/// Runs the operation.
pub fn describe_event_bus(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeEventBusInput,
) -> Result<DescribeEventBusOutput, Error> {
    let key = store::bus(events, cx, input.name.as_deref(), "DescribeEventBus")?;
    Ok(DescribeEventBusOutput::of(&key, events.buses.get(&key)))
}
