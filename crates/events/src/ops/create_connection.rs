//! `CreateConnection`: keeps how somebody's API is to be asked.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html>
//!
//! Differences from AWS: there are no private connections.

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::connections::shapes::AuthRequest;
use crate::connections::{self, refusal};
use crate::error::Error;
use crate::limits::CONNECTIONS_MAX;
use crate::model::connections::{AuthorizationType, Connection, ConnectionState};
use crate::model::{Named, State};
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateConnectionInput {
    name: String,
    description: Option<String>,
    authorization_type: String,
    auth_parameters: AuthRequest,
    kms_key_identifier: Option<String>,
}

/// A connection, as most answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConnectionOutput {
    connection_arn: String,
    connection_state: &'static str,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
    last_authorized_time: Option<Timestamp>,
}

impl ConnectionOutput {
    /// A connection.
    pub fn of(key: &Named, connection: &Connection) -> Self {
        Self {
            connection_arn: connections::arn(key, connection),
            connection_state: connection.state.name(),
            creation_time: connection.created,
            last_modified_time: connection.modified,
            last_authorized_time: connection.authorized,
        }
    }

    /// The same on its way to another state.
    pub fn becoming(self, connection_state: &'static str) -> Self {
        Self { connection_state, ..self }
    }
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateConnectionOutput {
    connection_arn: String,
    connection_state: &'static str,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
}

/// Runs the operation.
pub fn create_connection(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateConnectionInput,
) -> Result<CreateConnectionOutput, Error> {
    let key = name::named(cx, &input.name);
    if events.connections.contains_key(&key) {
        // guess: the words.
        let why = format!("Connection '{}' already exists.", key.name);
        return Err(Error::ResourceAlreadyExists(refusal("create", &why)));
    }
    let is_here = |it: &&Named| it.account == key.account && it.region == key.region;
    if events.connections.keys().filter(is_here).count() >= CONNECTIONS_MAX {
        return Err(Error::LimitExceeded);
    }
    let kind = AuthorizationType::named(&input.authorization_type)
        .ok_or_else(|| Error::parameter("AuthorizationType"))?;
    let parameters = input.auth_parameters.read(kind, None, "create")?;
    let connection = Connection {
        id: cx.rng.uuid(),
        description: input.description,
        authorization_type: kind,
        parameters: Some(parameters),
        secret_id: Some(connections::secret_id(cx)),
        kms_key: input.kms_key_identifier.filter(|it| !it.is_empty()),
        state: ConnectionState::Authorizing,
        state_reason: None,
        created: cx.now,
        modified: cx.now,
        authorized: None,
        token: None,
        asked: None,
        renewal: None,
    };
    events.connections.insert(key.clone(), connection);
    connections::authorize(events, cx, &key);
    let connection = events.connection(&key, "create")?;
    Ok(CreateConnectionOutput {
        connection_arn: connections::arn(&key, connection),
        connection_state: connection.state.name(),
        creation_time: connection.created,
        last_modified_time: connection.modified,
    })
}
