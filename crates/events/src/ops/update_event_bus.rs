//! `UpdateEventBus`: changes what a bus is for.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateEventBusInput {
    name: Option<String>,
    description: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateEventBusOutput {
    arn: String,
    name: String,
    description: Option<String>,
}

/// Runs the operation.
pub fn update_event_bus(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateEventBusInput,
) -> Result<UpdateEventBusOutput, Error> {
    let key = store::bus(events, cx, input.name.as_deref(), "UpdateEventBus")?;
    let bus = events.bus_mut(&key, cx.now)?;
    bus.description.clone_from(&input.description);
    bus.modified = cx.now;
    Ok(UpdateEventBusOutput {
        arn: name::bus_arn(&key),
        name: key.name,
        description: input.description,
    })
}
