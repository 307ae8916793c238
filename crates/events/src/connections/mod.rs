//! Connections: how EventBridge and Step Functions become known to somebody's API.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection.html>
//!
//! Differences from AWS: secrets are kept in the connection, since there is no Secrets Manager here; that a connection
//! changes its state is no event.

pub mod credentials;
pub mod shapes;
pub mod token;

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::connections::{Authorization, AuthorizationType, Connection, ConnectionState};
use crate::model::{Named, State};
use crate::name;

/// What a connection's ARN has before its name.
pub const KIND: &str = "connection/";
/// Of what the end of a secret's ARN is made.
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// How many of them.
const SECRET_CHARS: usize = 6;

impl AuthorizationType {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basic => "BASIC",
            Self::ApiKey => "API_KEY",
            Self::OAuth => "OAUTH_CLIENT_CREDENTIALS",
        }
    }

    /// By AWS's name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Basic, Self::ApiKey, Self::OAuth].into_iter().find(|it| it.name() == name)
    }
}

impl ConnectionState {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authorizing => "AUTHORIZING",
            Self::Authorized => "AUTHORIZED",
            Self::Deauthorized => "DEAUTHORIZED",
        }
    }
}

/// A connection's ARN.
pub fn arn(key: &Named, connection: &Connection) -> String {
    name::arn_with_id(KIND, key, &connection.id)
}

/// The ARN of the secret that AWS would keep for it.
pub fn secret_arn(key: &Named, connection: &Connection) -> Option<String> {
    let id = connection.secret_id.as_ref()?;
    let resource = format!("secret:events!connection/{}/{id}", key.name);
    Some(place::arn("secretsmanager", &key.region, &key.account, &resource))
}

/// What the ARN of a new secret ends with.
pub fn secret_id(cx: &mut Ctx<'_>) -> String {
    let id = cx.rng.uuid();
    format!("{id}-{}", cx.rng.text(SECRET_ALPHABET, SECRET_CHARS))
}

impl State {
    /// A connection; `verb` says what is to be done with it.
    pub fn connection(&self, key: &Named, verb: &str) -> Result<&Connection, Error> {
        self.connections.get(key).ok_or_else(|| missing(verb, &key.name))
    }

    /// A connection that changes.
    pub fn connection_mut(&mut self, key: &Named, verb: &str) -> Result<&mut Connection, Error> {
        self.connections.get_mut(key).ok_or_else(|| missing(verb, &key.name))
    }
}

/// A connection that is not there. guess: the words; how they begin is seen of API destinations
/// (<https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-apidestination-endpoint>).
pub fn missing(verb: &str, name: &str) -> Error {
    Error::ResourceNotFound(refusal(verb, &format!("Connection '{name}' does not exist.")))
}

/// Why something cannot be done with a connection.
pub fn refusal(verb: &str, why: &str) -> String {
    format!("Failed to {verb} the connection(s). {why}")
}

/// Has a connection with new parameters be authorized: at once, or as soon as its authorization endpoint has answered.
pub fn authorize(state: &mut State, cx: &mut Ctx<'_>, key: &Named) {
    let Some(connection) = state.connections.get_mut(key) else { return };
    forget_token(cx, connection);
    connection.state_reason = None;
    let Some(parameters) = &connection.parameters else { return };
    if matches!(parameters.authorization, Authorization::OAuth(_)) {
        connection.state = ConnectionState::Authorizing;
        token::ask(state, cx, key);
    } else {
        connection.state = ConnectionState::Authorized;
        connection.authorized = Some(cx.now);
    }
}

/// Drops what the authorization endpoint gave, or would give.
pub fn forget_token(cx: &mut Ctx<'_>, connection: &mut Connection) {
    connection.token = None;
    connection.asked = None;
    if let Some(timer) = connection.renewal.take() {
        cx.host.cancel_timer(timer);
    }
}
