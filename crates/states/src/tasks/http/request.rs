//! What an HTTP Task sends: its own fields, and what its connection adds to them.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>

use bytes::Bytes;
use cloudarium_asl::doc;
use cloudarium_service::http;
use cloudarium_shape::Value;
use serde_json::{Map, Value as Json};

use super::form::{self, Arrays};

/// Error and cause.
pub type Refused = (String, String);

/// The methods that a task may use.
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// Headers that a task's definition may not set.
const FORBIDDEN: &[&str] = &[
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-md5",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "warning",
];
/// And those that begin so.
const FORBIDDEN_BEGINNINGS: &[&str] = &["x-forwarded-", "x-amz-", "x-amzn-"];
/// Headers that Step Functions sets itself.
const RANGE: &str = "bytes=0-262144";
/// What stands for a secret where it is not to be told.
const HIDDEN: &str = "REDACTED";

/// An HTTP Task's fields.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpTask {
    endpoint: String,
    method: String,
    /// The connection's ARN.
    pub connection: String,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    /// `null`: there is none.
    body: Json,
    /// How arrays are written, where the body is a form.
    form: Option<Arrays>,
}

/// A request that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`
    pub method: String,
    /// With the query.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// One of the parameters that a connection adds.
struct Added {
    key: String,
    value: String,
    is_secret: bool,
}

fn runtime(cause: impl Into<String>) -> Refused {
    ("States.Runtime".to_owned(), cause.into())
}

/// A value as it is written in a header or a query.
fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => doc::write(other),
    }
}

/// Names and values: of an object whose values may be lists, each item of which stands by itself.
fn pairs(fields: &Map<String, Json>, name: &str) -> Result<Vec<(String, String)>, Refused> {
    let mut all = Vec::new();
    match fields.get(name) {
        None | Some(Json::Null) => {}
        Some(Json::Object(map)) => {
            for (key, value) in map {
                match value {
                    Json::Array(items) => {
                        all.extend(items.iter().map(|item| (key.clone(), text(item))));
                    }
                    value => all.push((key.clone(), text(value))),
                }
            }
        }
        // guess: the words.
        Some(_) => return Err(runtime(format!("The field '{name}' must be an object"))),
    }
    Ok(all)
}

impl HttpTask {
    /// Reads a task's arguments.
    ///
    /// guess: all words.
    pub fn read(arguments: &Json) -> Result<Self, Refused> {
        const KNOWN: &[&str] = &[
            "ApiEndpoint",
            "Method",
            "Authentication",
            "InvocationConfig",
            "Headers",
            "QueryParameters",
            "RequestBody",
            "Transform",
        ];
        let none = Map::new();
        let fields = arguments.as_object().unwrap_or(&none);
        if let Some(name) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            let cause = format!("The field \"{name}\" is not supported by Step Functions");
            return Err(runtime(cause));
        }
        let required = |name: &str| {
            let found = fields.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
            found.ok_or_else(|| runtime(format!("The field '{name}' is required but was missing")))
        };
        let endpoint = required("ApiEndpoint")?;
        if !endpoint.to_ascii_lowercase().starts_with("https://") {
            return Err(runtime(format!("ApiEndpoint must be an HTTPS URL: {endpoint}")));
        }
        let method = required("Method")?;
        if !METHODS.contains(&method) {
            let cause = format!("Method must be one of [{}]: {method}", METHODS.join(", "));
            return Err(runtime(cause));
        }
        let connection = ["InvocationConfig", "Authentication"].iter().find_map(|name| {
            fields.get(*name).and_then(|it| it.get("ConnectionArn")).and_then(Json::as_str)
        });
        let connection = connection
            .ok_or_else(|| runtime("The field 'ConnectionArn' is required but was missing"))?;
        let headers = pairs(fields, "Headers")?;
        if let Some((name, _)) = headers.iter().find(|(name, _)| is_forbidden(name)) {
            return Err(runtime(format!("The header '{name}' cannot be set in an HTTP Task")));
        }
        Ok(Self {
            endpoint: endpoint.to_owned(),
            method: method.to_owned(),
            connection: connection.to_owned(),
            headers,
            query: pairs(fields, "QueryParameters")?,
            body: fields.get("RequestBody").cloned().unwrap_or(Json::Null),
            form: form_of(fields.get("Transform"))?,
        })
    }

    /// The request with what its connection adds; `hide_secrets`: as it may be shown.
    pub fn request(
        &self,
        credentials: &Value,
        region: &str,
        hide_secrets: bool,
    ) -> Result<Request, Refused> {
        let added = |name: &str| added(credentials, name, hide_secrets);
        let mut headers = self.headers.clone();
        for Added { key, value, .. } in added("HeaderParameters") {
            http::set_header(&mut headers, &key, value);
        }
        http::set_header(
            &mut headers,
            "User-Agent",
            format!("Amazon|StepFunctions|HttpInvoke|{region}"),
        );
        http::set_header(&mut headers, "Range", RANGE.to_owned());
        let mut query = self.query.clone();
        for Added { key, value, .. } in added("QueryStringParameters") {
            http::set(&mut query, &key, value);
        }
        let body = self.body(added("BodyParameters"))?;
        let has_type = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if !body.is_empty() && !has_type {
            headers.push(("Content-Type".to_owned(), "application/json; charset=UTF-8".to_owned()));
        }
        Ok(Request {
            method: self.method.clone(),
            url: http::with_query(&self.endpoint, &query),
            headers,
            body,
        })
    }

    fn body(&self, added: Vec<Added>) -> Result<Bytes, Refused> {
        let mut body = self.body.clone();
        if !added.is_empty() {
            if body.is_null() {
                body = Json::Object(Map::new());
            }
            let Json::Object(members) = &mut body else {
                // guess: the words.
                return Err(runtime(
                    "The request body cannot be merged with the body parameters of the connection",
                ));
            };
            members.extend(added.into_iter().map(|it| (it.key, Json::String(it.value))));
        }
        Ok(match (&body, self.form) {
            (Json::Null, _) => Bytes::new(),
            (Json::String(text), _) => text.clone().into(),
            (body, Some(arrays)) => form::write(body, arrays).into(),
            (body, None) => doc::write(body).into(),
        })
    }
}

fn is_forbidden(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FORBIDDEN.contains(&name.as_str())
        || FORBIDDEN_BEGINNINGS.iter().any(|begin| name.starts_with(begin))
}

fn form_of(transform: Option<&Json>) -> Result<Option<Arrays>, Refused> {
    let Some(transform) = transform else { return Ok(None) };
    let encoding = transform.get("RequestBodyEncoding").and_then(Json::as_str);
    match encoding.unwrap_or("NONE") {
        "NONE" => return Ok(None),
        "URL_ENCODED" => {}
        // guess: the words.
        other => {
            let cause = format!("RequestBodyEncoding must be one of [NONE, URL_ENCODED]: {other}");
            return Err(runtime(cause));
        }
    }
    let format = transform.get("RequestEncodingOptions").and_then(|it| it.get("ArrayFormat"));
    let format = format.and_then(Json::as_str).unwrap_or("INDICES");
    match Arrays::named(format) {
        Some(arrays) => Ok(Some(arrays)),
        // guess: the words.
        None => Err(runtime(format!(
            "ArrayFormat must be one of [INDICES, REPEAT, COMMAS, BRACKETS]: {format}"
        ))),
    }
}

fn added(credentials: &Value, name: &str, hide_secrets: bool) -> Vec<Added> {
    let Some(Value::List(all)) = credentials.get(name) else { return Vec::new() };
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    let read = |it: &Value| {
        let is_secret = matches!(it.get("IsValueSecret"), Some(Value::Bool(true)));
        Some(Added { key: text(it, "Key")?, value: text(it, "Value")?, is_secret })
    };
    let hide = |it: Added| {
        let value = if hide_secrets && it.is_secret { HIDDEN.to_owned() } else { it.value };
        Added { value, ..it }
    };
    all.iter().filter_map(read).map(hide).collect()
}
