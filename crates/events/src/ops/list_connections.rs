//! `ListConnections`: the account's connections in a Region.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::connections::Connection;
use crate::model::{Named, State};
use crate::{connections, page};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListConnectionsInput {
    name_prefix: Option<String>,
    connection_state: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListConnectionsOutput {
    connections: Vec<ConnectionShape>,
    next_token: Option<String>,
}

/// A connection in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConnectionShape {
    connection_arn: String,
    name: String,
    connection_state: &'static str,
    state_reason: Option<String>,
    authorization_type: &'static str,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
    last_authorized_time: Option<Timestamp>,
}

impl ConnectionShape {
    fn of(key: &Named, connection: &Connection) -> Self {
        Self {
            connection_arn: connections::arn(key, connection),
            name: key.name.clone(),
            connection_state: connection.state.name(),
            state_reason: connection.state_reason.clone(),
            authorization_type: connection.authorization_type.name(),
            creation_time: connection.created,
            last_modified_time: connection.modified,
            last_authorized_time: connection.authorized,
        }
    }
}

/// Runs the operation.
pub fn list_connections(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListConnectionsInput,
) -> Result<ListConnectionsOutput, Error> {
    let prefix = input.name_prefix.unwrap_or_default();
    let is_here = |key: &Named| key.account == cx.caller.account && key.region == cx.region;
    let rows = events
        .connections
        .iter()
        .filter(|(key, _)| is_here(key) && key.name.starts_with(&prefix))
        .filter(|(_, it)| {
            input.connection_state.as_deref().is_none_or(|state| state == it.state.name())
        })
        .map(|(key, it)| (key.name.clone(), ConnectionShape::of(key, it)));
    let (connections, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListConnectionsOutput { connections, next_token })
}
