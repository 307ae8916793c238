//! `UpdateApiDestination`: changes where events are sent, and how.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateApiDestination.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::create_api_destination::ApiDestinationOutput;
use crate::error::Error;
use crate::model::State;
use crate::{destinations, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateApiDestinationInput {
    name: String,
    description: Option<String>,
    connection_arn: Option<String>,
    invocation_endpoint: Option<String>,
    http_method: Option<String>,
    invocation_rate_limit_per_second: Option<u32>,
}

/// Runs the operation. guess: what is not sent stays.
pub fn update_api_destination(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateApiDestinationInput,
) -> Result<ApiDestinationOutput, Error> {
    let key = name::named(cx, &input.name);
    let mut destination = events.destination(&key, "update")?.clone();
    let given = (input.invocation_endpoint.as_deref(), input.connection_arn.as_deref());
    destinations::check(events, cx, "update", given)?;
    destination.description = input.description.or(destination.description);
    destination.connection_arn = input.connection_arn.unwrap_or(destination.connection_arn);
    destination.endpoint = input.invocation_endpoint.unwrap_or(destination.endpoint);
    destination.method = input.http_method.unwrap_or(destination.method);
    destination.rate_limit = input.invocation_rate_limit_per_second.or(destination.rate_limit);
    destination.modified = cx.now;
    let output = ApiDestinationOutput::of(events, &key, &destination);
    events.destinations.insert(key, destination);
    Ok(output)
}
