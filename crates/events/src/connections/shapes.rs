//! The parameters of connections as requests and answers have them.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnectionAuthRequestParameters.html>

use serde::{Deserialize, Serialize};

use super::refusal;
use crate::error::Error;
use crate::model::connections::{
    AuthParameters, Authorization, AuthorizationType, HttpParameters, OAuth, Parameter,
};

/// The parameters that are simulated: all but those of private connections.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthRequest {
    #[serde(rename = "BasicAuthParameters")]
    basic: Option<BasicRequest>,
    #[serde(rename = "OAuthParameters")]
    oauth: Option<OAuthRequest>,
    #[serde(rename = "ApiKeyAuthParameters")]
    api_key: Option<ApiKeyRequest>,
    #[serde(rename = "InvocationHttpParameters")]
    invocation: Option<HttpShape>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct BasicRequest {
    username: Option<String>,
    password: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ApiKeyRequest {
    api_key_name: Option<String>,
    api_key_value: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OAuthRequest {
    client_parameters: Option<ClientRequest>,
    authorization_endpoint: Option<String>,
    http_method: Option<String>,
    o_auth_http_parameters: Option<HttpShape>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientRequest {
    #[serde(rename = "ClientID")]
    id: Option<String>,
    #[serde(rename = "ClientSecret")]
    secret: Option<String>,
}

/// What a request is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpShape {
    #[serde(rename = "HeaderParameters")]
    headers: Option<Vec<ParameterShape>>,
    #[serde(rename = "QueryStringParameters")]
    query: Option<Vec<ParameterShape>>,
    #[serde(rename = "BodyParameters")]
    body: Option<Vec<ParameterShape>>,
}

/// One of what a request is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ParameterShape {
    key: Option<String>,
    value: Option<String>,
    is_value_secret: Option<bool>,
}

/// What is told of a connection's parameters: no secrets.
#[derive(Debug, Serialize)]
pub struct AuthResponse {
    #[serde(rename = "BasicAuthParameters")]
    basic: Option<BasicResponse>,
    #[serde(rename = "OAuthParameters")]
    oauth: Option<OAuthResponse>,
    #[serde(rename = "ApiKeyAuthParameters")]
    api_key: Option<ApiKeyResponse>,
    #[serde(rename = "InvocationHttpParameters")]
    invocation: Option<HttpShape>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct BasicResponse {
    username: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ApiKeyResponse {
    api_key_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct OAuthResponse {
    client_parameters: ClientResponse,
    authorization_endpoint: String,
    http_method: String,
    o_auth_http_parameters: Option<HttpShape>,
}

#[derive(Debug, Serialize)]
struct ClientResponse {
    #[serde(rename = "ClientID")]
    id: String,
}

impl AuthRequest {
    /// The parameters, if they are what this type of authorization needs. What is not sent stays as it was `before`.
    pub fn read(
        self,
        kind: AuthorizationType,
        before: Option<&AuthParameters>,
        verb: &str,
    ) -> Result<AuthParameters, Error> {
        self.check_alone(kind, verb)?;
        let known = before.map(|it| &it.authorization);
        let authorization = match kind {
            AuthorizationType::Basic => self.basic.unwrap_or_default().read(known),
            AuthorizationType::ApiKey => self.api_key.unwrap_or_default().read(known),
            AuthorizationType::OAuth => self.oauth.unwrap_or_default().read(known),
        };
        let authorization = authorization
            .ok_or_else(|| parameter(verb, member_of(kind), "Missing required field(s)"))?;
        if let Authorization::OAuth(client) = &authorization
            && !is_https(&client.endpoint)
        {
            let why = format!("Endpoint '{}' is not valid", client.endpoint);
            return Err(parameter(verb, "AuthorizationEndpoint", &why));
        }
        let invocation = match self.invocation {
            Some(shape) => shape.read(),
            None => before.map(|it| it.invocation.clone()).unwrap_or_default(),
        };
        Ok(AuthParameters { authorization, invocation })
    }

    /// "You must include only authorization parameters for the `AuthorizationType` you specify." guess: the words.
    fn check_alone(&self, kind: AuthorizationType, verb: &str) -> Result<(), Error> {
        let given = [
            (AuthorizationType::Basic, self.basic.is_some()),
            (AuthorizationType::OAuth, self.oauth.is_some()),
            (AuthorizationType::ApiKey, self.api_key.is_some()),
        ];
        let has_own = given.iter().any(|(it, is_given)| *is_given && *it == kind);
        match given.iter().find(|(it, is_given)| *is_given && *it != kind) {
            Some((other, _)) if has_own => {
                let why = format!("It cannot be used with AuthorizationType {}.", kind.name());
                Err(parameter(verb, member_of(*other), &why))
            }
            _ => Ok(()),
        }
    }
}

fn member_of(kind: AuthorizationType) -> &'static str {
    match kind {
        AuthorizationType::Basic => "BasicAuthParameters",
        AuthorizationType::ApiKey => "ApiKeyAuthParameters",
        AuthorizationType::OAuth => "OAuthParameters",
    }
}

/// The words of both refusals are recorded, but for how they begin:
/// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-connection-auth-parameters>.
fn parameter(verb: &str, name: &str, why: &str) -> Error {
    Error::Validation(refusal(verb, &format!("Parameter {name} is not valid. Reason: {why}")))
}

/// Whether an address can be sent to.
pub fn is_https(endpoint: &str) -> bool {
    endpoint
        .strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()))
}

impl BasicRequest {
    fn read(self, before: Option<&Authorization>) -> Option<Authorization> {
        let (username, password) = match before {
            Some(Authorization::Basic { username, password }) => (Some(username), Some(password)),
            _ => (None, None),
        };
        Some(Authorization::Basic {
            username: self.username.or_else(|| username.cloned())?,
            password: self.password.or_else(|| password.cloned())?,
        })
    }
}

impl ApiKeyRequest {
    fn read(self, before: Option<&Authorization>) -> Option<Authorization> {
        let (name, value) = match before {
            Some(Authorization::ApiKey { name, value }) => (Some(name), Some(value)),
            _ => (None, None),
        };
        Some(Authorization::ApiKey {
            name: self.api_key_name.or_else(|| name.cloned())?,
            value: self.api_key_value.or_else(|| value.cloned())?,
        })
    }
}

impl OAuthRequest {
    fn read(self, before: Option<&Authorization>) -> Option<Authorization> {
        let before = match before {
            Some(Authorization::OAuth(before)) => Some(before.as_ref()),
            _ => None,
        };
        let client = self.client_parameters.unwrap_or_default();
        Some(Authorization::OAuth(Box::new(OAuth {
            client_id: client.id.or_else(|| Some(before?.client_id.clone()))?,
            client_secret: client.secret.or_else(|| Some(before?.client_secret.clone()))?,
            endpoint: self.authorization_endpoint.or_else(|| Some(before?.endpoint.clone()))?,
            method: self.http_method.or_else(|| Some(before?.method.clone()))?,
            http: match self.o_auth_http_parameters {
                Some(shape) => shape.read(),
                None => before.map(|it| it.http.clone()).unwrap_or_default(),
            },
        })))
    }
}

impl HttpShape {
    fn read(self) -> HttpParameters {
        let read = |shapes: Option<Vec<ParameterShape>>| -> Vec<Parameter> {
            let read = |shape: ParameterShape| Parameter {
                key: shape.key.unwrap_or_default(),
                value: shape.value.unwrap_or_default(),
                is_secret: shape.is_value_secret.unwrap_or(false),
            };
            shapes.unwrap_or_default().into_iter().map(read).collect()
        };
        HttpParameters {
            headers: read(self.headers),
            query: read(self.query),
            body: read(self.body),
        }
    }

    /// What is told: a secret without its value.
    fn of(http: &HttpParameters) -> Option<Self> {
        let tell = |all: &[Parameter]| -> Option<Vec<ParameterShape>> {
            let tell = |it: &Parameter| ParameterShape {
                key: Some(it.key.clone()),
                value: (!it.is_secret).then(|| it.value.clone()),
                is_value_secret: Some(it.is_secret),
            };
            (!all.is_empty()).then(|| all.iter().map(tell).collect())
        };
        (*http != HttpParameters::default()).then(|| Self {
            headers: tell(&http.headers),
            query: tell(&http.query),
            body: tell(&http.body),
        })
    }
}

impl From<&AuthParameters> for AuthResponse {
    fn from(parameters: &AuthParameters) -> Self {
        let mut told = Self {
            basic: None,
            oauth: None,
            api_key: None,
            invocation: HttpShape::of(&parameters.invocation),
        };
        match &parameters.authorization {
            Authorization::Basic { username, .. } => {
                told.basic = Some(BasicResponse { username: username.clone() });
            }
            Authorization::ApiKey { name, .. } => {
                told.api_key = Some(ApiKeyResponse { api_key_name: name.clone() });
            }
            Authorization::OAuth(client) => {
                told.oauth = Some(OAuthResponse {
                    client_parameters: ClientResponse { id: client.client_id.clone() },
                    authorization_endpoint: client.endpoint.clone(),
                    http_method: client.method.clone(),
                    o_auth_http_parameters: HttpShape::of(&client.http),
                });
            }
        }
        told
    }
}
