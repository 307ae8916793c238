//! Requests.

use bytes::Bytes;
use cloudarium_shape::Value;
use cloudarium_shape::model::{Kind, Location, Protocol};
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::{client, route, server};
use serde_json::Value as Json;

use super::Vector;
use super::expect::{headers, same, value};

/// The server reads from the vector's request the vector's parameters.
pub(crate) fn check_server(vector: &Vector) -> Result<(), String> {
    let got = read(vector, &request(vector, &vector.case["serialized"]))?;
    compare("read", vector, params(vector), got)
}

/// What the client writes of the vector's parameters, the server reads as them.
pub(crate) fn check_round_trip(vector: &Vector) -> Result<(), String> {
    let params = params(vector);
    let request = client::encode_for(vector.service, vector.operation, &params, "us-east-1")
        .map_err(|why| format!("not written: {why:?}"))?;
    let got = read(vector, &request).map_err(|why| format!("{why} of {request:?}"))?;
    compare("read back", vector, params, got)
}

fn compare(what: &str, vector: &Vector, expected: Value, got: Value) -> Result<(), String> {
    let got = without_named(vector, without_empty_body(vector, got));
    same(what, &told(without_named(vector, expected)), &told(got))
}

/// A map of the query also has, for a server, the parameters that other members name; the vectors
/// give them here and leave them out there.
fn without_named(vector: &Vector, mut input: Value) -> Value {
    let members = vector.service.input(vector.operation).members();
    let query = || members.iter().filter(|it| it.location == Location::QueryString);
    if let Value::Map(map) = &mut input {
        for member in query() {
            if let Some(Value::Map(entries)) = map.get_mut(&member.name) {
                entries.retain(|name, _| !query().any(|it| it.wire_name() == name));
            }
        }
    }
    input
}

fn params(vector: &Vector) -> Value {
    let shape = vector.service.input(vector.operation);
    match &vector.case["params"] {
        Json::Null => Value::Map(cloudarium_shape::Map::new()),
        params => value(vector.service, shape, params),
    }
}

fn request(vector: &Vector, serialized: &Json) -> HttpRequest {
    let text = |name: &str| serialized[name].as_str().map(str::to_owned);
    let mut headers = headers(&serialized["headers"]);
    // Two vectors leave it out, and no client does.
    if vector.service.protocol == Protocol::Json && headers.get("x-amz-target").is_none() {
        let target = format!("{}.{}", vector.service.target_prefix, vector.operation.name);
        headers.set("X-Amz-Target", target);
    }
    HttpRequest {
        method: text("method").unwrap_or_else(|| "POST".to_owned()),
        target: text("uri").unwrap_or_else(|| "/".to_owned()),
        headers,
        body: Bytes::from(text("body").unwrap_or_default()),
    }
}

fn read(vector: &Vector, request: &HttpRequest) -> Result<Value, String> {
    let route = route::route_to(vector.service, request).map_err(|why| format!("{why:?}"))?;
    server::decode(&route, request, None).map_err(|why| format!("refused: {why:?}"))
}

/// A server cannot tell a body that was not given from an empty one: it reads an empty one.
fn without_empty_body(vector: &Vector, mut input: Value) -> Value {
    let payload = vector.service.input(vector.operation).payload_member();
    let blob = payload.filter(|it| matches!(vector.service.shape(it.shape).kind, Kind::Blob));
    if let (Some(member), Value::Map(map)) = (blob, &mut input)
        && map.get(&member.name) == Some(&Value::Blob(Bytes::new()))
        && vector.case["params"].get(&member.name).is_none()
    {
        map.remove(&member.name);
    }
    input
}

/// What headers, forms and queries can tell: an empty list or map is one that is not there.
fn told(value: Value) -> Value {
    match value {
        Value::Map(map) => {
            let members = map.into_iter().map(|(name, it)| (name, told(it)));
            Value::Map(members.filter(|(_, it)| !is_empty(it)).collect())
        }
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Map(map) => map.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}
