//! What a connection gives to a request: its authorization above all.
//!
//! For API destinations, and for the HTTP Tasks of Step Functions, which puts `Events.ConnectionResource.` before the codes:
//! <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>. guess: all words of the refusals.
//!
//! Differences from AWS: that the role of a task may use a connection and read its secret is not looked at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_service::{Ctx, Fault, http};
use cloudarium_shape::{Map, Value};

use crate::model::State;
use crate::model::connections::{
    Authorization, AuthorizationType, Connection, ConnectionState, HttpParameters, Parameter,
};
use crate::name;

/// What Step Functions asks by.
pub const RETRIEVE: &str = "RetrieveConnectionCredentials";
/// The code while the authorization endpoint is asked.
pub const IN_PROGRESS: &str = "AuthInProgress";

/// What the connection with this ARN gives.
pub fn of(
    state: &State,
    connection_arn: &str,
) -> Result<(AuthorizationType, HttpParameters), Fault> {
    let found = name::with_id_of_arn(connection_arn, super::KIND)
        .and_then(|(key, id)| state.connections.get(&key).filter(|it| it.id == id));
    let Some(connection) = found else {
        let words = format!("Connection {connection_arn} does not exist.");
        return Err(Fault::new("ResourceNotFound", 404, words));
    };
    match connection.state {
        ConnectionState::Authorizing => {
            let words = format!("Connection {connection_arn} is being authorized.");
            Err(Fault::new(IN_PROGRESS, 409, words))
        }
        ConnectionState::Authorized => given(connection).ok_or_else(|| invalid(connection_arn)),
        ConnectionState::Deauthorized => Err(invalid(connection_arn)),
    }
}

fn invalid(connection_arn: &str) -> Fault {
    let words = format!("Connection {connection_arn} is not authorized.");
    Fault::new("InvalidConnectionState", 400, words)
}

/// The authorization stands among the headers.
fn given(connection: &Connection) -> Option<(AuthorizationType, HttpParameters)> {
    let parameters = connection.parameters.as_ref()?;
    let (name, value) = match &parameters.authorization {
        Authorization::Basic { username, password } => {
            let both = STANDARD.encode(format!("{username}:{password}"));
            ("Authorization", format!("Basic {both}"))
        }
        Authorization::ApiKey { name, value } => (name.as_str(), value.clone()),
        Authorization::OAuth(_) => {
            ("Authorization", format!("Bearer {}", connection.token.as_ref()?))
        }
    };
    let mut given = parameters.invocation.clone();
    given.headers.retain(|it| !it.key.eq_ignore_ascii_case(name));
    given.headers.push(Parameter { key: name.to_owned(), value, is_secret: true });
    Some((connection.authorization_type, given))
}

/// Tells Step Functions what a connection gives.
pub fn retrieve(state: &State, cx: &Ctx<'_>, input: &Value) -> Result<Value, Fault> {
    let arn = input.get("ConnectionArn").and_then(Value::as_str).unwrap_or_default();
    let account = name::with_id_of_arn(arn, super::KIND).map(|(key, _)| key.account);
    if account.is_some_and(|account| account != cx.caller.account) {
        let words = format!("Connection {arn} is of another account.");
        return Err(Fault::new("AccessDenied", 403, words));
    }
    let (kind, given) = of(state, arn)?;
    Ok(Value::Map(Map::from([
        ("AuthorizationType".to_owned(), Value::from(kind.name())),
        ("HeaderParameters".to_owned(), list(given.headers)),
        ("QueryStringParameters".to_owned(), list(given.query)),
        ("BodyParameters".to_owned(), list(given.body)),
    ])))
}

fn list(all: Vec<Parameter>) -> Value {
    let tell = |it: Parameter| {
        Value::Map(Map::from([
            ("Key".to_owned(), Value::String(it.key)),
            ("Value".to_owned(), Value::String(it.value)),
            ("IsValueSecret".to_owned(), Value::Bool(it.is_secret)),
        ]))
    };
    Value::List(all.into_iter().map(tell).collect())
}

/// "In case of any conflicting keys, values from the Connection take precedence."
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html>
pub fn over(fields: &mut Vec<(String, String)>, given: &[Parameter]) {
    for it in given {
        http::set(fields, &it.key, it.value.clone());
    }
}
