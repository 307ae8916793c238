//! `DescribeConnection`: what is known of a connection, but for its secrets.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::connections::shapes::AuthResponse;
use crate::error::Error;
use crate::model::State;
use crate::{connections, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeConnectionInput {
    name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeConnectionOutput {
    connection_arn: String,
    name: String,
    description: Option<String>,
    connection_state: &'static str,
    state_reason: Option<String>,
    authorization_type: &'static str,
    secret_arn: Option<String>,
    kms_key_identifier: Option<String>,
    auth_parameters: Option<AuthResponse>,
    creation_time: Timestamp,
    last_modified_time: Timestamp,
    last_authorized_time: Option<Timestamp>,
}

/// Runs the operation.
pub fn describe_connection(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeConnectionInput,
) -> Result<DescribeConnectionOutput, Error> {
    let key = name::named(cx, &input.name);
    let connection = events.connection(&key, "describe")?;
    Ok(DescribeConnectionOutput {
        connection_arn: connections::arn(&key, connection),
        description: connection.description.clone(),
        connection_state: connection.state.name(),
        state_reason: connection.state_reason.clone(),
        authorization_type: connection.authorization_type.name(),
        secret_arn: connections::secret_arn(&key, connection),
        kms_key_identifier: connection.kms_key.clone(),
        auth_parameters: connection.parameters.as_ref().map(AuthResponse::from),
        creation_time: connection.created,
        last_modified_time: connection.modified,
        last_authorized_time: connection.authorized,
        name: key.name,
    })
}
