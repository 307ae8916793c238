//! What the vectors say a value is, as a [`Value`] by the model.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_shape::model::{Kind, Service, Shape};
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::Headers;
use cloudarium_wire::protocol::json_value;
use serde_json::Value as Json;

/// `json` as a value of `shape`: instants are seconds, blobs are text.
pub(crate) fn value(service: &Service, shape: &Shape, json: &Json) -> Value {
    if shape.document {
        return json_value::document(json.clone());
    }
    let of = |id| service.shape(id);
    match (&shape.kind, json) {
        (_, Json::Null) => Value::Null,
        (Kind::Structure(members), Json::Object(given)) => {
            let present = members
                .iter()
                .filter_map(|member| Some((member, given.get(&member.name)?)))
                .filter(|(_, json)| !json.is_null());
            let entry = |(member, json): (&cloudarium_shape::model::Member, &Json)| {
                (member.name.clone(), value(service, of(member.shape), json))
            };
            Value::Map(present.map(entry).collect::<Map>())
        }
        (Kind::List(item), Json::Array(given)) => {
            Value::List(given.iter().map(|it| value(service, of(item.shape), it)).collect())
        }
        (Kind::Map(_, item), Json::Object(given)) => {
            let entry = |(k, it): (&String, &Json)| (k.clone(), value(service, of(item.shape), it));
            Value::Map(given.iter().map(entry).collect())
        }
        (Kind::Blob, Json::String(text)) => Value::Blob(Bytes::from(text.clone())),
        (Kind::String, Json::String(text)) => Value::String(text.clone()),
        (Kind::Boolean, Json::Bool(it)) => Value::Bool(*it),
        (Kind::Integer | Kind::Long, Json::Number(it)) => {
            Value::Int(it.as_i64().expect("an integer"))
        }
        (Kind::Float | Kind::Double, Json::Number(it)) => {
            Value::Float(it.as_f64().expect("a number"))
        }
        (Kind::Float | Kind::Double, Json::String(text)) => Value::Float(match text.as_str() {
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            _ => f64::NAN,
        }),
        (Kind::Timestamp, Json::Number(it)) => {
            let ms = (it.as_f64().expect("seconds") * 1_000.0).round();
            #[allow(clippy::cast_possible_truncation, reason = "an instant within 10,000 years")]
            Value::Timestamp(Timestamp::from_ms(ms as i64))
        }
        (kind, json) => panic!("{json} is no {kind:?} in the vectors"),
    }
}

/// Compares; NaN equals itself here.
pub(crate) fn same(what: &str, expected: &Value, got: &Value) -> Result<(), String> {
    let (expected, got) = (format!("{expected:?}"), format!("{got:?}"));
    if expected == got {
        return Ok(());
    }
    Err(format!("{what}\n    expected {expected}\n    got      {got}"))
}

/// The headers of a vector.
pub(crate) fn headers(json: &Json) -> Headers {
    let fields = json.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}
