//! `UpdateConnection`: changes a connection, and has it authorized again.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::create_connection::ConnectionOutput;
use crate::connections;
use crate::connections::shapes::AuthRequest;
use crate::error::Error;
use crate::model::State;
use crate::model::connections::AuthorizationType;
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateConnectionInput {
    name: String,
    description: Option<String>,
    authorization_type: Option<String>,
    auth_parameters: Option<AuthRequest>,
    kms_key_identifier: Option<String>,
}

/// Runs the operation. guess: what is not sent stays.
pub fn update_connection(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateConnectionInput,
) -> Result<ConnectionOutput, Error> {
    let key = name::named(cx, &input.name);
    let before = events.connection(&key, "update")?;
    let kind = match &input.authorization_type {
        Some(name) => {
            AuthorizationType::named(name).ok_or_else(|| Error::parameter("AuthorizationType"))?
        }
        None => before.authorization_type,
    };
    // Without parameters one that was deauthorized stays so.
    let is_kept = before.parameters.is_none()
        && input.auth_parameters.is_none()
        && input.authorization_type.is_none();
    let parameters = if is_kept {
        None
    } else {
        let request = input.auth_parameters.unwrap_or_default();
        Some(request.read(kind, before.parameters.as_ref(), "update")?)
    };
    let has_secret = before.secret_id.is_some();
    let secret_id = (!has_secret && parameters.is_some()).then(|| connections::secret_id(cx));
    let connection = events.connection_mut(&key, "update")?;
    connection.authorization_type = kind;
    connection.parameters = parameters;
    connection.secret_id = connection.secret_id.take().or(secret_id);
    connection.description = input.description.or(connection.description.take());
    if let Some(kms_key) = input.kms_key_identifier {
        // "To remove a customer managed key, specify an empty string."
        connection.kms_key = (!kms_key.is_empty()).then_some(kms_key);
    }
    connection.modified = cx.now;
    connections::authorize(events, cx, &key);
    Ok(ConnectionOutput::of(&key, events.connection(&key, "update")?))
}
