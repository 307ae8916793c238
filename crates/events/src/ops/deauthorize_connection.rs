//! `DeauthorizeConnection`: takes a connection's parameters and its secret away.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeauthorizeConnection.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::create_connection::ConnectionOutput;
use crate::error::Error;
use crate::model::State;
use crate::model::connections::ConnectionState;
use crate::{connections, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeauthorizeConnectionInput {
    name: String,
}

/// Runs the operation. guess: "The status of the connection changes to De-authorizing until the process is complete", which
/// here it is as soon as this has answered.
pub fn deauthorize_connection(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeauthorizeConnectionInput,
) -> Result<ConnectionOutput, Error> {
    let key = name::named(cx, &input.name);
    let connection = events.connection_mut(&key, "deauthorize")?;
    connections::forget_token(cx, connection);
    connection.parameters = None;
    connection.secret_id = None;
    connection.state = ConnectionState::Deauthorized;
    connection.state_reason = None;
    connection.modified = cx.now;
    Ok(ConnectionOutput::of(&key, connection).becoming("DEAUTHORIZING"))
}
