//! Answers and errors.

use bytes::Bytes;
use cloudarium_shape::model::{Protocol, Shape};
use cloudarium_shape::{Map, Value};
use cloudarium_wire::client;
use cloudarium_wire::http::HttpResponse;
use cloudarium_wire::route::{ErrorForm, Route};
use cloudarium_wire::server::{self, ErrorParts, ResponseIds};
use cloudarium_wire::xml::{self, Element};
use serde_json::Value as Json;

use super::Vector;
use super::expect::{headers, same, value};

/// What the server writes of the vector's result has the vector's status, headers and body, and
/// the client reads it as that result.
pub(crate) fn check_server(vector: &Vector) -> Result<(), String> {
    let given = given(vector);
    let request_id = given.headers.get("x-amzn-requestid").unwrap_or("foo-id").to_owned();
    let ids = ResponseIds { request_id, host_id: "host".to_owned() };
    let form = ErrorForm { service: Some(vector.service), head: false };
    let written = match error(vector) {
        Some((_, parts)) => server::encode_error(form, &parts, &ids),
        None => server::encode(&route(vector, form), &result(vector), &ids),
    };
    let takes_all = |shape: &Shape| shape.members().iter().any(|it| it.wire_name().is_empty());
    let seen = if takes_all(vector.service.output(vector.operation)) {
        without_other_headers(&given, &written)
    } else {
        written.clone()
    };
    check_read(vector, &seen).map_err(|why| format!("{why}\n    from {written:?}"))?;
    if written.status != given.status {
        return Err(format!("status {} for {}", written.status, given.status));
    }
    if CLIENTS_ALONE.iter().any(|name| vector.name.ends_with(name)) {
        return Ok(());
    }
    check_headers(&given, &written)?;
    check_body(vector, &given, &written)
}

/// A map of all headers would also have those that a vector leaves out: ids, lengths, types.
fn without_other_headers(given: &HttpResponse, written: &HttpResponse) -> HttpResponse {
    let kept = written.headers.iter().filter(|(name, _)| given.headers.get(name).is_some());
    let headers = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    HttpResponse { headers, ..written.clone() }
}

/// The client reads from the vector's answer the vector's result.
pub(crate) fn check_client(vector: &Vector) -> Result<(), String> {
    check_read(vector, &given(vector))
}

/// Answers that a client must read and that no server writes so: unknown members, nulls, other
/// spellings of the same.
const CLIENTS_ALONE: &[&str] = &[
    "DateTimeWithNegativeOffset",
    "DateTimeWithPositiveOffset",
    "handles_unexpected_json_output",
    "HandlesUnexpectedJsonOutput",
    "StructuresDontDeserializeNullValues",
    "DeserializeAllowNulls",
    " InvalidGreetingError",
    "DoesntDeserializeNullStructureValues",
    "FooErrorUsingCode",
    "FooErrorUsingCodeAndNamespace",
    "FooErrorUsingCodeUriAndNamespace",
];

fn given(vector: &Vector) -> HttpResponse {
    let response = &vector.case["response"];
    HttpResponse {
        status: response["status_code"]
            .as_u64()
            .and_then(|it| u16::try_from(it).ok())
            .unwrap_or(200),
        headers: headers(&response["headers"]),
        body: Bytes::from(response["body"].as_str().unwrap_or_default().to_owned()),
    }
}

fn route(vector: &Vector, form: ErrorForm) -> Route {
    Route {
        service: vector.service,
        operation: vector.operation,
        region: None,
        bucket: None,
        labels: Vec::new(),
        form,
    }
}

fn result(vector: &Vector) -> Value {
    let shape = vector.service.output(vector.operation);
    match &vector.case["result"] {
        Json::Null => Value::Map(Map::new()),
        result => value(vector.service, shape, result),
    }
}

/// The error's shape and parts, if the vector is of one.
fn error(vector: &Vector) -> Option<(&'static Shape, ErrorParts)> {
    let code = vector.case["errorCode"].as_str()?;
    let shape = vector
        .operation
        .errors
        .iter()
        .map(|id| vector.service.shape(*id))
        .find(|shape| shape.error_code() == code || shape.name == code)
        .or_else(|| vector.operation.errors.first().map(|id| vector.service.shape(*id)))?;
    let message = vector.case["errorMessage"].as_str().unwrap_or_default();
    let status = given(vector).status;
    // A room names an error as its model does; the wire knows what else it was called before.
    let known = if vector.service.query_compatible { &shape.name } else { code };
    let mut parts = ErrorParts::new(known, status, message);
    if let Value::Map(members) = value(vector.service, shape, &vector.case["error"]) {
        parts.members = members;
        parts.members.retain(|name, _| !name.eq_ignore_ascii_case("message"));
    }
    Some((shape, parts))
}

fn check_read(vector: &Vector, response: &HttpResponse) -> Result<(), String> {
    let got = client::decode_for(vector.service, vector.operation, response);
    match (error(vector), got) {
        (None, Ok(got)) => same("read", &without_nulls(result(vector)), &without_nulls(got)),
        (None, Err(why)) => Err(format!("refused: {why:?}")),
        (Some(_), Ok(got)) => Err(format!("no error: {got:?}")),
        (Some((shape, parts)), Err(got)) => {
            let names = [parts.code.as_str(), shape.error_code(), &shape.name];
            let code = vector.case["errorCode"].as_str().unwrap_or_default();
            if got.code != code && !names.contains(&got.code.as_str())
                || got.message != parts.message
            {
                return Err(format!(
                    "{} {:?} for {code} {:?}",
                    got.code, got.message, parts.message
                ));
            }
            for (name, value) in &parts.members {
                let there = got.members.get(name).cloned().unwrap_or_default();
                same(name, value, &there)?;
            }
            Ok(())
        }
    }
}

/// A member that is null is not there, nor is a map that no header fills.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Map(map) => {
            let empty = Value::Map(Map::new());
            let kept = map.into_iter().filter(|(_, it)| *it != Value::Null && *it != empty);
            Value::Map(kept.map(|(name, it)| (name, without_nulls(it))).collect())
        }
        other => other,
    }
}

fn check_headers(given: &HttpResponse, written: &HttpResponse) -> Result<(), String> {
    // One vector has the request's header in its answer by mistake.
    for (name, value) in given.headers.iter().filter(|(name, _)| *name != "X-Amz-Target") {
        let media = |it: &str| it.split(';').next().unwrap_or_default().to_owned();
        let got = written.headers.get(name);
        let typed = name.eq_ignore_ascii_case("content-type");
        if typed && (given.body.is_empty() || got.map(media) == Some(media(value))) {
            continue;
        }
        if got.map(|it| it.replace(", ", ",")) != Some(value.replace(", ", ",")) {
            return Err(format!("header {name}: {got:?} for {value:?}"));
        }
    }
    Ok(())
}

fn check_body(vector: &Vector, given: &HttpResponse, written: &HttpResponse) -> Result<(), String> {
    let texts = || {
        let text = |it: &HttpResponse| String::from_utf8_lossy(&it.body).into_owned();
        format!("body\n    expected {}\n    got      {}", text(given), text(written))
    };
    let protocol = vector.service.protocol;
    let empty: &[&[u8]] = &[b"", b"{}"];
    let equal = if empty.contains(&given.body.trim_ascii()) {
        empty.contains(&written.body.trim_ascii()) || protocol != Protocol::Json
    } else if let (Protocol::Json | Protocol::RestJson, Ok(a)) =
        (protocol, serde_json::from_slice::<Json>(&given.body))
    {
        serde_json::from_slice::<Json>(&written.body).is_ok_and(|b| json_same(&a, &b))
    } else if let (Protocol::Query | Protocol::Ec2 | Protocol::RestXml, Ok(a)) =
        (protocol, xml::parse(&given.body))
    {
        xml::parse(&written.body).is_ok_and(|b| xml_same(&a, &b))
    } else {
        given.body == written.body
    };
    if equal { Ok(()) } else { Err(texts()) }
}

/// Numbers compare by value: `1` is `1.0`.
fn json_same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| json_same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => a
            .iter()
            .all(|(name, a)| name == "__type" || b.get(name).is_some_and(|b| json_same(a, b))),
        (a, b) => a == b,
    }
}

/// Everything of `a` is in `b`; ids, and the order of different elements, may differ.
fn xml_same(a: &Element, b: &Element) -> bool {
    let of = |element: &Element| {
        let mut children: Vec<Element> = element
            .children
            .iter()
            .filter(|it| {
                !matches!(
                    it.name.as_str(),
                    "RequestId" | "requestId" | "RequestID" | "HostId" | "ResponseMetadata"
                )
            })
            .cloned()
            .collect();
        children.sort_by_key(|it| format!("{it:?}").replace([' ', '\n'], ""));
        children
    };
    let (inside_a, inside_b) = (of(a), of(b));
    a.name == b.name
        && (!inside_a.is_empty() || a.text.trim() == b.text.trim())
        && inside_a.len() == inside_b.len()
        && inside_a.iter().zip(&inside_b).all(|(a, b)| xml_same(a, b))
}
