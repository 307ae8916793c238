//! JSON, as definitions have it, and values, as models have them. Members are written in Pascal
//! case whatever the model has, as the SDK for Java does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use cloudarium_asl::{doc, time};
use cloudarium_env::Timestamp;
use cloudarium_shape::model::{Kind, Service, Shape};
use cloudarium_shape::{Map, Value};
use serde_json::Value as Json;

/// A model's member name as definitions write it.
pub fn pascal(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// JSON as an input of `shape`; an unknown member or a wrong type is told in words.
pub fn to_value(service: &Service, shape: &Shape, json: &Json) -> Result<Value, String> {
    match (&shape.kind, json) {
        (Kind::Structure(known), Json::Object(map)) => {
            let mut members = Map::new();
            for (name, value) in map {
                if value.is_null() {
                    continue;
                }
                let member =
                    known.iter().find(|member| member.name.eq_ignore_ascii_case(name)).ok_or_else(
                        || format!("The field \"{name}\" is not supported by Step Functions"),
                    )?;
                let inner = to_value(service, service.shape(member.shape), value)?;
                members.insert(member.name.clone(), inner);
            }
            Ok(Value::Map(members))
        }
        (Kind::Structure(_), Json::Null) => Ok(Value::Map(Map::new())),
        (Kind::Map(_, inner), Json::Object(map)) => map
            .iter()
            .map(|(key, value)| {
                Ok((key.clone(), to_value(service, service.shape(inner.shape), value)?))
            })
            .collect::<Result<Map, String>>()
            .map(Value::Map),
        (Kind::List(member), Json::Array(list)) => list
            .iter()
            .map(|item| to_value(service, service.shape(member.shape), item))
            .collect::<Result<Vec<_>, String>>()
            .map(Value::List),
        // Also a text is sent as JSON: in quotes.
        (Kind::Blob, other) => Ok(Value::Blob(doc::write(other).into())),
        (Kind::String, Json::String(text)) => Ok(Value::String(text.clone())),
        (Kind::String, other) => Ok(Value::String(doc::write(other))),
        (Kind::Boolean, Json::Bool(is)) => Ok(Value::Bool(*is)),
        (Kind::Integer | Kind::Long, Json::Number(number)) => {
            number.as_i64().map(Value::Int).ok_or_else(|| format!("{number} is not a whole number"))
        }
        (Kind::Float | Kind::Double, Json::Number(number)) => {
            Ok(Value::Float(number.as_f64().unwrap_or_default()))
        }
        (Kind::Timestamp, Json::String(text)) => time::parse(text)
            .map(|ms| Value::Timestamp(Timestamp::from_ms(ms)))
            .ok_or_else(|| format!("'{text}' is not a timestamp")),
        (Kind::Timestamp, Json::Number(number)) => number
            .as_f64()
            .and_then(Timestamp::from_epoch_s)
            .map(Value::Timestamp)
            .ok_or_else(|| format!("{number} is not a timestamp")),
        (_, other) => Err(format!("A value of the type {} cannot stand here", doc::kind(other))),
    }
}

/// An output as JSON.
pub fn to_json(service: &Service, shape: &Shape, value: &Value) -> Json {
    match (&shape.kind, value) {
        (Kind::Structure(known), Value::Map(map)) => {
            let known = known.iter().filter_map(|member| {
                let value = map.get(&member.name)?;
                Some((pascal(&member.name), to_json(service, service.shape(member.shape), value)))
            });
            Json::Object(known.collect())
        }
        (Kind::Map(_, inner), Value::Map(map)) => {
            let entries = map.iter().map(|(key, value)| {
                (key.clone(), to_json(service, service.shape(inner.shape), value))
            });
            Json::Object(entries.collect())
        }
        (Kind::List(member), Value::List(list)) => {
            list.iter().map(|item| to_json(service, service.shape(member.shape), item)).collect()
        }
        (_, value) => plain(value),
    }
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(is) => (*is).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => BASE64.encode(bytes).into(),
        },
        Value::Timestamp(at) => at.iso_ms().into(),
        Value::List(list) => list.iter().map(plain).collect(),
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}
