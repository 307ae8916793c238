//! `DeleteEventBus`: deletes a bus that has no rules.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{DEFAULT_BUS, State};
use crate::{access, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteEventBusInput {
    name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteEventBusOutput {}

/// Runs the operation.
pub fn delete_event_bus(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteEventBusInput,
) -> Result<DeleteEventBusOutput, Error> {
    if input.name == DEFAULT_BUS {
        return Err(Error::Validation("Cannot delete event bus default.".to_owned()));
    }
    let key = name::bus(cx, Some(&input.name));
    access::check(events, cx, &key, "DeleteEventBus", &[])?;
    if events.rules_of(&key).next().is_some() {
        // guess: AWS documents that its rules must be deleted first, and no words.
        return Err(Error::Validation(format!(
            "Event bus {} can't be deleted since it has rules.",
            key.name
        )));
    }
    // One that is not there is as good as deleted.
    events.buses.remove(&key);
    Ok(DeleteEventBusOutput {})
}
