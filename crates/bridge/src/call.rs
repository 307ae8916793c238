//! The page's own calls and views: values as JSON, in both directions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_cloud::{Call, Caller, CallerKind, Fault};
use cloudarium_env::Timestamp;
use cloudarium_shape::model::{self, Kind, Service, Shape};
use cloudarium_shape::{Map, Value};
use js_sys::Uint8Array;
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

/// How a call of the page's ended.
#[wasm_bindgen]
pub struct Outcome {
    failed: bool,
    json: String,
    body: Option<Bytes>,
    seq: f64,
}

#[wasm_bindgen]
impl Outcome {
    /// Whether `json` is a fault.
    #[wasm_bindgen(getter)]
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// The output by AWS's member names, or the fault: code, status, message, hint.
    #[wasm_bindgen(getter)]
    pub fn json(&self) -> String {
        self.json.clone()
    }

    /// The member of the output that is a body of any length.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> Option<Uint8Array> {
        self.body.as_deref().map(Uint8Array::from)
    }

    /// The call's number in the list of calls.
    #[wasm_bindgen(getter)]
    pub fn seq(&self) -> f64 {
        self.seq
    }
}

impl Outcome {
    /// What became of a call to `operation` of `service`.
    #[allow(clippy::cast_precision_loss, reason = "nobody makes 2^53 calls")]
    pub(crate) fn new(names: (&str, &str), result: Result<Value, Fault>, seq: u64) -> Self {
        let seq = seq as f64;
        match result {
            Ok(mut output) => {
                let body = take_body(names, &mut output);
                Self { failed: false, json: to_json(&output).to_string(), body, seq }
            }
            Err(fault) => {
                let Fault { code, status, message, hint, .. } = fault;
                let json =
                    json!({"code": code, "status": status, "message": message, "hint": hint});
                Self { failed: true, json: json.to_string(), body: None, seq }
            }
        }
    }
}

/// The call that the console asks for.
pub fn console_call(
    (service, operation): (&str, &str),
    input: &str,
    body: Option<Vec<u8>>,
    region: &str,
    (account, at): (&str, Timestamp),
) -> Result<Call, Fault> {
    let asked: Json = serde_json::from_str(input)
        .map_err(|error| Fault::new("SerializationException", 400, error.to_string()))?;
    let (described, shape) = input_shape(service, operation)
        .ok_or_else(|| Fault::not_implemented(&format!("{service}:{operation}")))?;
    let mut input = from_json(described, Some(shape), asked);
    if let (Some(body), Some(member), Value::Map(map)) = (body, shape.payload_member(), &mut input)
    {
        map.insert(member.name.clone(), Value::Blob(body.into()));
    }
    Ok(Call {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input,
        region: region.to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Console, account: account.to_owned() },
        at,
    })
}

fn input_shape(service: &str, operation: &str) -> Option<(&'static Service, &'static Shape)> {
    let service = model::service(service)?;
    Some((service, service.input(service.operation(operation)?)))
}

/// Takes the body out of an output: it goes to the page as bytes.
fn take_body((service, operation): (&str, &str), output: &mut Value) -> Option<Bytes> {
    let service = model::service(service)?;
    let member = service.output(service.operation(operation)?).payload_member()?;
    let Value::Map(map) = output else { return None };
    match map.get(&member.name)? {
        Value::Blob(_) => match map.remove(&member.name)? {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        },
        _ => None,
    }
}

/// A value as the page reads it: bytes in base64, instants as ISO 8601.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::String(text) => Json::from(text.as_str()),
        Value::Blob(bytes) => Json::from(STANDARD.encode(bytes)),
        Value::Timestamp(instant) => Json::from(instant.iso_ms()),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(map) => {
            Json::Object(map.iter().map(|(name, value)| (name.clone(), to_json(value))).collect())
        }
    }
}

/// What the page wrote, by the model: text becomes bytes or an instant where the model has one. What
/// does not fit stays what it is, for the gateway to refuse in AWS's words.
pub fn from_json(service: &Service, shape: Option<&Shape>, json: Json) -> Value {
    match (json, shape.map(|shape| &shape.kind)) {
        (Json::Object(members), kind) => {
            let value = |(name, value): (String, Json)| {
                let member = match kind {
                    Some(Kind::Structure(_)) => shape.and_then(|shape| shape.member(&name)),
                    Some(Kind::Map(_, value)) => Some(value.as_ref()),
                    _ => None,
                };
                let value = from_json(service, member.map(|m| service.shape(m.shape)), value);
                (name, value)
            };
            Value::Map(members.into_iter().map(value).collect::<Map>())
        }
        (Json::Array(items), Some(Kind::List(item))) => {
            let shape = service.shape(item.shape);
            Value::List(items.into_iter().map(|i| from_json(service, Some(shape), i)).collect())
        }
        (Json::String(text), Some(Kind::Blob)) => match STANDARD.decode(&text) {
            Ok(bytes) => Value::Blob(bytes.into()),
            Err(_) => Value::String(text),
        },
        (Json::String(text), Some(Kind::Timestamp)) => match Timestamp::parse_iso(&text) {
            Some(instant) => Value::Timestamp(instant),
            None => Value::String(text),
        },
        (json, _) => plain(json),
    }
}

/// JSON that no model describes.
pub fn plain(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::MAX)),
        },
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(plain).collect()),
        Json::Object(members) => {
            Value::Map(members.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
    }
}
