//! Calls by name, as lessons write them: `s3:PutObject` and its input.

use std::collections::BTreeMap;

use cloudarium_cloud::{Access, Cloud};
use cloudarium_env::place::{REGIONS, is_region};
use cloudarium_shape::{Map, Value};
use serde_json::Value as Json;

use crate::check::{CallSpec, Op};
use crate::error::suggestion;

/// A sentence and its remedy.
pub(crate) type Complaint = (String, String);

/// Files that set-up puts into the cloud, by their path in the lesson's folder.
pub type Assets = BTreeMap<String, Vec<u8>>;

/// Reads `s3:PutObject`, an operation that is simulated.
pub(crate) fn op(text: &str) -> Result<Op, Complaint> {
    let Some((service, operation)) = text.split_once(':') else {
        return Err((
            format!("`{text}` is no operation."),
            "Write service and operation: `s3:PutObject`.".to_owned(),
        ));
    };
    let coverage = Cloud::coverage();
    let Some((_, operations)) = coverage.iter().find(|(name, _)| *name == service) else {
        let known: Vec<&str> = coverage.iter().map(|(name, _)| *name).collect();
        return Err((format!("No service `{service}` is simulated."), suggestion(service, &known)));
    };
    if !operations.iter().any(|info| info.name == operation) {
        let known: Vec<&str> = operations.iter().map(|info| info.name).collect();
        return Err((
            format!("The operation `{text}` is not simulated."),
            suggestion(operation, &known),
        ));
    }
    Ok(Op { service: service.to_owned(), operation: operation.to_owned() })
}

/// Reads a call and checks that its input is a table.
pub(crate) fn spec(call: &str, input: Json, region: Option<String>) -> Result<CallSpec, Complaint> {
    let op = op(call)?;
    if !input.is_object() {
        return Err((
            format!("The input of `{op}` is no table."),
            "Write `in = { Bucket = \"..\" }`.".to_owned(),
        ));
    }
    if let Some(region) = region.as_deref().filter(|name| !name.contains("{{") && !is_region(name))
    {
        return Err((format!("`{region}` is no Region."), suggestion(region, &REGIONS)));
    }
    members(&op, &input)?;
    Ok(CallSpec { op, input, region, account: None })
}

/// Looks that `op` takes every member of `input`.
pub(crate) fn members(op: &Op, input: &Json) -> Result<(), Complaint> {
    let coverage = Cloud::coverage();
    let infos = coverage.iter().find(|(name, _)| *name == op.service).map(|(_, infos)| infos);
    let info = infos.and_then(|infos| infos.iter().find(|info| info.name == op.operation));
    let (Some(info), Some(map)) = (info, input.as_object()) else { return Ok(()) };
    match map.keys().find(|name| !info.members.contains(&name.as_str())) {
        Some(unknown) if info.members.is_empty() => {
            Err((format!("`{op}` takes no `{unknown}`."), "It takes nothing.".to_owned()))
        }
        Some(unknown) => {
            Err((format!("`{op}` takes no `{unknown}`."), suggestion(unknown, &info.members)))
        }
        None => Ok(()),
    }
}

/// Whether `op` changes nothing.
pub(crate) fn only_reads(op: &Op) -> bool {
    Cloud::access(&op.service, &op.operation) == Access::Read
}

/// The paths of all assets that `input` names.
pub(crate) fn assets_of<'a>(input: &'a Json, found: &mut Vec<&'a str>) {
    match input {
        Json::Object(map) => match blob_word(map) {
            Some(Bytes::Asset(path)) => found.push(path),
            Some(_) => {}
            None => map.values().for_each(|inner| assets_of(inner, found)),
        },
        Json::Array(items) => items.iter().for_each(|inner| assets_of(inner, found)),
        _ => {}
    }
}

/// The input as the cloud takes it; the error names an asset that is not there.
pub(crate) fn to_value(input: &Json, assets: &Assets) -> Result<Value, String> {
    Ok(match input {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(0.0)),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => {
            Value::List(items.iter().map(|item| to_value(item, assets)).collect::<Result<_, _>>()?)
        }
        Json::Object(map) => match blob_word(map) {
            Some(Bytes::Text(text)) => Value::Blob(text.as_bytes().to_vec().into()),
            Some(Bytes::Zeros(count)) => Value::Blob(vec![0; count].into()),
            Some(Bytes::Asset(path)) => match assets.get(path) {
                Some(bytes) => Value::Blob(bytes.clone().into()),
                None => return Err(path.to_owned()),
            },
            None => Value::Map(
                map.iter()
                    .map(|(name, inner)| Ok((name.clone(), to_value(inner, assets)?)))
                    .collect::<Result<Map, String>>()?,
            ),
        },
    })
}

/// How bytes are written in a lesson.
enum Bytes<'j> {
    /// `{ text = ".." }`
    Text(&'j str),
    /// `{ asset = ".." }`: what a file of the lesson holds.
    Asset(&'j str),
    /// `{ zeros = 5242880 }`: so many, where what they are does not matter.
    Zeros(usize),
}

/// A table that stands for bytes.
fn blob_word(map: &serde_json::Map<String, Json>) -> Option<Bytes<'_>> {
    let (word, value) = map.iter().next().filter(|_| map.len() == 1)?;
    match (word.as_str(), value) {
        ("text", Json::String(text)) => Some(Bytes::Text(text)),
        ("asset", Json::String(path)) => Some(Bytes::Asset(path)),
        ("zeros", Json::Number(count)) => {
            count.as_u64().and_then(|count| usize::try_from(count).ok()).map(Bytes::Zeros)
        }
        _ => None,
    }
}

/// An answer as JSON: bytes as text where they are text, else base64; instants as ISO 8601.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => {
            serde_json::Number::from_f64(*number).map_or(Json::Null, Json::Number)
        }
        Value::String(text) => Json::String(text.clone()),
        Value::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Json::String(text.to_owned()),
            Err(_) => Json::String(format!("({} bytes that are no text)", bytes.len())),
        },
        Value::Timestamp(at) => Json::String(at.iso_ms()),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Map(map) => {
            Json::Object(map.iter().map(|(name, inner)| (name.clone(), to_json(inner))).collect())
        }
    }
}
