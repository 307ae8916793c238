//! `DeleteConnection`: drops a connection. API destinations that use it are `INACTIVE` from then on.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteConnection.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::create_connection::ConnectionOutput;
use crate::error::Error;
use crate::model::State;
use crate::{connections, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteConnectionInput {
    name: String,
}

/// Runs the operation. guess: that it is still being deleted when this answers, as AWS's state of that name suggests.
pub fn delete_connection(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteConnectionInput,
) -> Result<ConnectionOutput, Error> {
    let key = name::named(cx, &input.name);
    let connection = events.connection_mut(&key, "delete")?;
    connections::forget_token(cx, connection);
    let output = ConnectionOutput::of(&key, connection).becoming("DELETING");
    events.connections.remove(&key);
    Ok(output)
}
