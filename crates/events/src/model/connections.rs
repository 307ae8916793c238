//! Connections and API destinations: plain data.

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use serde::{Deserialize, Serialize};

/// How EventBridge and Step Functions become known to somebody's API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// What its ARN ends with.
    pub id: String,
    /// What it is for.
    pub description: Option<String>,
    /// By AWS's name: `BASIC`.
    pub authorization_type: AuthorizationType,
    /// What requests are given; `None` once it was deauthorized.
    pub parameters: Option<AuthParameters>,
    /// What the ARN of its secret ends with.
    pub secret_id: Option<String>,
    /// The KMS key that it is said to be encrypted by.
    pub kms_key: Option<String>,
    /// How it stands.
    pub state: ConnectionState,
    /// Why it stands so, where that is told.
    pub state_reason: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed.
    pub modified: Timestamp,
    /// When it was authorized last.
    pub authorized: Option<Timestamp>,
    /// What the authorization endpoint gave.
    pub token: Option<String>,
    /// The call of the authorization endpoint whose answer is waited for.
    pub asked: Option<Ticket>,
    /// When another token is asked for.
    pub renewal: Option<TimerId>,
}

/// Kinds of authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthorizationType {
    /// A user's name and password.
    Basic,
    /// A header with a key.
    ApiKey,
    /// A token that an endpoint gives for a client's id and secret.
    OAuth,
}

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionState {
    /// Its authorization endpoint was asked.
    Authorizing,
    /// It can be used.
    Authorized,
    /// It cannot.
    Deauthorized,
}

/// What requests are given by a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthParameters {
    /// The authorization itself.
    pub authorization: Authorization,
    /// Beside it.
    pub invocation: HttpParameters,
}

/// The secret of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Authorization {
    /// A user's.
    Basic {
        /// The name.
        username: String,
        /// The password.
        password: String,
    },
    /// A key.
    ApiKey {
        /// The header.
        name: String,
        /// The key.
        value: String,
    },
    /// A client's.
    OAuth(Box<OAuth>),
}

/// How a token is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth {
    /// The client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// Who gives tokens.
    pub endpoint: String,
    /// `POST`
    pub method: String,
    /// What the request is given beside the client.
    pub http: HttpParameters,
}

/// What a request is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpParameters {
    /// Headers.
    pub headers: Vec<Parameter>,
    /// Parts of its query.
    pub query: Vec<Parameter>,
    /// Members of its body.
    pub body: Vec<Parameter>,
}

/// One of what a request is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Whether the value is never told.
    pub is_secret: bool,
}

/// An address that events can be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiDestination {
    /// What its ARN ends with.
    pub id: String,
    /// What it is for.
    pub description: Option<String>,
    /// The connection's ARN.
    pub connection_arn: String,
    /// The address; each `*` is filled by the target.
    pub endpoint: String,
    /// `POST`
    pub method: String,
    /// Requests that are sent in a second, at most.
    pub rate_limit: Option<u32>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed.
    pub modified: Timestamp,
    /// The second in which requests were sent last, or will be.
    pub second: Timestamp,
    /// How many in that second.
    pub taken: u32,
}

/// What a rule's target adds to a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetHttp {
    /// What stands in place of each `*` of the address.
    pub path: Option<Vec<String>>,
    /// Headers.
    pub headers: Option<BTreeMap<String, String>>,
    /// Parts of the query.
    pub query: Option<BTreeMap<String, String>>,
}
