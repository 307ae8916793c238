//! `DescribeApiDestination`: what is known of an API destination.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeApiDestination.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::connections::ApiDestination;
use crate::model::{Named, State};
use crate::{destinations, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeApiDestinationInput {
    name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeApiDestinationOutput {
    description: Option<String>,
    #[serde(flatten)]
    destination: ApiDestinationShape,
}

/// An API destination, as answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ApiDestinationShape {
    api_destination_arn: String,
    name: String,
    api_destination_state: &'static str,
    connection_arn: String,
    invocation_endpoint: String,
    http_method: String,
    invocation_rate_limit_per_second: Option<u32>,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
}

impl ApiDestinationShape {
    /// An API destination.
    pub fn of(events: &State, key: &Named, destination: &ApiDestination) -> Self {
        Self {
            api_destination_arn: destinations::arn(key, destination),
            name: key.name.clone(),
            api_destination_state: events.destination_state(destination),
            connection_arn: destination.connection_arn.clone(),
            invocation_endpoint: destination.endpoint.clone(),
            http_method: destination.method.clone(),
            invocation_rate_limit_per_second: destination.rate_limit,
            creation_time: destination.created,
            last_modified_time: destination.modified,
        }
    }
}

/// Runs the operation.
pub fn describe_api_destination(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeApiDestinationInput,
) -> Result<DescribeApiDestinationOutput, Error> {
    let key = name::named(cx, &input.name);
    let destination = events.destination(&key, "describe")?;
    Ok(DescribeApiDestinationOutput {
        description: destination.description.clone(),
        destination: ApiDestinationShape::of(events, &key, destination),
    })
}
