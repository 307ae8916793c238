//! `DeleteApiDestination`: drops an API destination.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteApiDestination.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{destinations, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteApiDestinationInput {
    name: String,
}

/// Nothing.
#[derive(Debug, Serialize)]
pub struct DeleteApiDestinationOutput {}

/// Runs the operation.
pub fn delete_api_destination(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteApiDestinationInput,
) -> Result<DeleteApiDestinationOutput, Error> {
    let key = name::named(cx, &input.name);
    match events.destinations.remove(&key) {
        Some(_) => Ok(DeleteApiDestinationOutput {}),
        None => Err(destinations::missing("delete", &key.name)),
    }
}
