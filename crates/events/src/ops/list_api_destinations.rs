//! `ListApiDestinations`: the account's API destinations in a Region.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::describe_api_destination::ApiDestinationShape;
use crate::error::Error;
use crate::model::{Named, State};
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListApiDestinationsInput {
    name_prefix: Option<String>,
    connection_arn: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListApiDestinationsOutput {
    api_destinations: Vec<ApiDestinationShape>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_api_destinations(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListApiDestinationsInput,
) -> Result<ListApiDestinationsOutput, Error> {
    let prefix = input.name_prefix.unwrap_or_default();
    let is_here = |key: &Named| key.account == cx.caller.account && key.region == cx.region;
    let rows = events
        .destinations
        .iter()
        .filter(|(key, _)| is_here(key) && key.name.starts_with(&prefix))
        .filter(|(_, it)| input.connection_arn.as_ref().is_none_or(|arn| it.connection_arn == *arn))
        .map(|(key, it)| (key.name.clone(), ApiDestinationShape::of(events, key, it)));
    let (api_destinations, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListApiDestinationsOutput { api_destinations, next_token })
}
