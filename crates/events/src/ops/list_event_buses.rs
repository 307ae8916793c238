//! `ListEventBuses`: the account's buses in a Region.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::describe_event_bus::DescribeEventBusOutput;
use crate::error::Error;
use crate::model::{BusKey, State};
use crate::{name, page};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListEventBusesInput {
    name_prefix: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEventBusesOutput {
    event_buses: Vec<DescribeEventBusOutput>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_event_buses(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListEventBusesInput,
) -> Result<ListEventBusesOutput, Error> {
    let default = name::bus(cx, None);
    let is_here = |it: &BusKey| it.account == default.account && it.region == default.region;
    let mut rows: BTreeMap<&BusKey, _> =
        events.buses.iter().filter(|(key, _)| is_here(key)).map(|(k, it)| (k, Some(it))).collect();
    rows.entry(&default).or_insert(None);
    let prefix = input.name_prefix.unwrap_or_default();
    let rows = rows
        .into_iter()
        .filter(|(key, _)| key.name.starts_with(&prefix))
        .map(|(key, bus)| (key.name.clone(), DescribeEventBusOutput::of(key, bus)));
    let (event_buses, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListEventBusesOutput { event_buses, next_token })
}
