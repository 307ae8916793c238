//! `CreateApiDestination`: makes an address a place that events can be sent to.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::destinations::{self, refusal};
use crate::error::Error;
use crate::limits::API_DESTINATIONS_MAX;
use crate::model::connections::ApiDestination;
use crate::model::{Named, State};
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateApiDestinationInput {
    name: String,
    description: Option<String>,
    connection_arn: String,
    invocation_endpoint: String,
    http_method: String,
    invocation_rate_limit_per_second: Option<u32>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ApiDestinationOutput {
    api_destination_arn: String,
    api_destination_state: &'static str,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
}

impl ApiDestinationOutput {
    /// An API destination.
    pub fn of(events: &State, key: &Named, destination: &ApiDestination) -> Self {
        Self {
            api_destination_arn: destinations::arn(key, destination),
            api_destination_state: events.destination_state(destination),
            creation_time: destination.created,
            last_modified_time: destination.modified,
        }
    }
}

/// Runs the operation.
pub fn create_api_destination(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateApiDestinationInput,
) -> Result<ApiDestinationOutput, Error> {
    let key = name::named(cx, &input.name);
    if events.destinations.contains_key(&key) {
        // guess: the words.
        let why = format!("An api-destination '{}' already exists.", key.name);
        return Err(Error::ResourceAlreadyExists(refusal("create", &why)));
    }
    let is_here = |it: &&Named| it.account == key.account && it.region == key.region;
    if events.destinations.keys().filter(is_here).count() >= API_DESTINATIONS_MAX {
        return Err(Error::LimitExceeded);
    }
    let given = (Some(input.invocation_endpoint.as_str()), Some(input.connection_arn.as_str()));
    destinations::check(events, cx, "create", given)?;
    let destination = ApiDestination {
        id: cx.rng.uuid(),
        description: input.description,
        connection_arn: input.connection_arn,
        endpoint: input.invocation_endpoint,
        method: input.http_method,
        rate_limit: input.invocation_rate_limit_per_second,
        created: cx.now,
        modified: cx.now,
        second: cx.now,
        taken: 0,
    };
    let output = ApiDestinationOutput::of(events, &key, &destination);
    events.destinations.insert(key, destination);
    Ok(output)
}
