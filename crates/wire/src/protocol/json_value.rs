//! Values as JSON, by the model: bodies of `json` and `rest-json`.
//!
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use cloudarium_shape::model::{Kind, Location, Member, Service, Shape, TimestampFormat};
use cloudarium_shape::{Map, Value};
use serde_json::{Map as JsonMap, Value as Json};

use super::scalar;

/// How names and scalars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As on the wire: members by their wire names, instants as numbers.
    Wire,
    /// As people read and write it: members by AWS's names, instants in ISO 8601.
    Friendly,
}

/// Reads `json` as a value of `shape`. Members that are `null` count as not sent.
///
/// # Errors
/// Which member does not fit, and why, in the words of AWS's serializer.
pub fn read(service: &Service, shape: &Shape, json: Json, style: Style) -> Result<Value, String> {
    Reader { service, style }.value(shape, None, json)
}

/// Reads the members of `shape` that travel in the body.
///
/// # Errors
/// As [`read`].
pub fn read_members(service: &Service, shape: &Shape, json: Json) -> Result<Map, String> {
    match json {
        Json::Null => Ok(Map::new()),
        Json::Object(entries) => Reader { service, style: Style::Wire }.members(shape, entries),
        other => Err(unexpected(&other)),
    }
}

struct Reader<'a> {
    service: &'a Service,
    style: Style,
}

impl Reader<'_> {
    fn members(&self, shape: &Shape, mut entries: JsonMap<String, Json>) -> Result<Map, String> {
        let mut out = Map::new();
        for member in shape.members() {
            if self.style == Style::Wire && member.location != Location::Body {
                continue;
            }
            let name = member_name(member, self.style);
            let Some(json) = entries.remove(name).filter(|json| !json.is_null()) else { continue };
            let value = self.value(self.service.shape(member.shape), Some(member), json)?;
            out.insert(member.name.clone(), value);
        }
        match entries.keys().next() {
            Some(name) if self.style == Style::Friendly => {
                Err(format!("{} has no member {name}", shape.name))
            }
            _ => Ok(out),
        }
    }

    fn value(&self, shape: &Shape, member: Option<&Member>, json: Json) -> Result<Value, String> {
        if shape.document {
            return Ok(document(json));
        }
        Ok(match (&shape.kind, json) {
            (Kind::Structure(_), Json::Object(entries)) => {
                Value::Map(self.members(shape, entries)?)
            }
            (Kind::List(item), Json::Array(items)) => {
                let item = self.service.shape(item.shape);
                let items = items.into_iter().filter(|json| !json.is_null());
                Value::List(
                    items.map(|json| self.value(item, None, json)).collect::<Result<_, _>>()?,
                )
            }
            (Kind::Map(_, item), Json::Object(entries)) => {
                let item = self.service.shape(item.shape);
                let mut out = Map::new();
                for (name, json) in entries.into_iter().filter(|(_, json)| !json.is_null()) {
                    out.insert(name, self.value(item, None, json)?);
                }
                Value::Map(out)
            }
            (Kind::Boolean, Json::Bool(truth)) => Value::Bool(truth),
            (Kind::String, Json::String(text)) => Value::String(text),
            (Kind::Integer | Kind::Long, Json::Number(number)) => whole(&number, &shape.kind)?,
            (Kind::Float | Kind::Double, Json::Number(number)) => {
                Value::Float(number.as_f64().ok_or("the number is out of range")?)
            }
            (Kind::Timestamp, Json::Number(number)) => {
                let at = number.as_f64().and_then(cloudarium_env::Timestamp::from_epoch_s);
                Value::Timestamp(at.ok_or("the instant is out of range")?)
            }
            (Kind::Blob, Json::String(text)) if self.style == Style::Friendly => {
                friendly_blob(shape, member, text)
            }
            (Kind::Float | Kind::Double | Kind::Blob | Kind::Timestamp, Json::String(text)) => {
                scalar::read(shape, &text, instant_format(shape, member))?
            }
            (_, other) => return Err(unexpected(&other)),
        })
    }
}

/// A streamed body is text as it stands; other blobs are base64 where they can be.
fn friendly_blob(shape: &Shape, member: Option<&Member>, text: String) -> Value {
    let streaming = shape.streaming || member.is_some_and(|member| member.streaming);
    let decoded = scalar::read(shape, &text, TimestampFormat::UnixTimestamp);
    match decoded {
        Ok(value) if !streaming => value,
        _ => Value::Blob(text.into()),
    }
}

fn whole(number: &serde_json::Number, kind: &Kind) -> Result<Value, String> {
    // AWS takes 3.0 for 3, and drops what a fraction has beyond (guess).
    #[allow(clippy::cast_possible_truncation)]
    let whole = number
        .as_i64()
        .or_else(|| number.as_f64().filter(|it| it.abs() < 9.0e15).map(|it| it.trunc() as i64));
    match whole {
        Some(whole) if matches!(kind, Kind::Long) || i32::try_from(whole).is_ok() => {
            Ok(Value::Int(whole))
        }
        _ => Err(format!("{number} is out of range")),
    }
}

/// The words of AWS's serializer.
fn unexpected(json: &Json) -> String {
    match json {
        Json::Null => "Unexpected null",
        Json::Bool(_) => "TRUE_VALUE or FALSE_VALUE can not be converted",
        Json::Number(_) => "NUMBER_VALUE can not be converted",
        Json::String(_) => "STRING_VALUE can not be converted",
        Json::Array(_) => "Unexpected list start",
        Json::Object(_) => "Start of structure or map found where not expected.",
    }
    .to_owned()
}

/// JSON that no model describes.
pub fn document(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(document).collect()),
        Json::Object(entries) => {
            Value::Map(entries.into_iter().map(|(name, json)| (name, document(json))).collect())
        }
    }
}

/// Writes `value` as JSON of `shape`.
pub fn write(service: &Service, shape: &Shape, value: &Value, style: Style) -> Json {
    write_value(service, shape, None, value, style)
}

/// Writes the members of `shape` that travel in the body.
pub fn write_members(service: &Service, shape: &Shape, value: &Value, style: Style) -> Json {
    let mut out = JsonMap::new();
    for member in shape.members() {
        if style == Style::Wire && member.location != Location::Body {
            continue;
        }
        if let Some(value) = value.get(&member.name) {
            let inner = service.shape(member.shape);
            let json = write_value(service, inner, Some(member), value, style);
            out.insert(member_name(member, style).to_owned(), json);
        }
    }
    Json::Object(out)
}

fn write_value(
    service: &Service,
    shape: &Shape,
    member: Option<&Member>,
    value: &Value,
    style: Style,
) -> Json {
    match (&shape.kind, value) {
        (Kind::Structure(_), Value::Map(_)) if !shape.document => {
            write_members(service, shape, value, style)
        }
        (Kind::List(item), Value::List(items)) => {
            let item = service.shape(item.shape);
            Json::Array(items.iter().map(|it| write(service, item, it, style)).collect())
        }
        (Kind::Map(_, item), Value::Map(entries)) => {
            let item = service.shape(item.shape);
            let entry = |(name, value): (&String, &Value)| {
                (name.clone(), write(service, item, value, style))
            };
            Json::Object(entries.iter().map(entry).collect())
        }
        (Kind::Blob, Value::Blob(bytes)) if style == Style::Friendly => {
            let streaming = shape.streaming || member.is_some_and(|member| member.streaming);
            match std::str::from_utf8(bytes) {
                Ok(text) if streaming => Json::String(text.to_owned()),
                _ => from_document(value),
            }
        }
        (_, Value::Timestamp(at)) => {
            let format = match style {
                Style::Friendly => TimestampFormat::Iso8601,
                Style::Wire => instant_format(shape, member),
            };
            instant(*at, format)
        }
        _ => from_document(value),
    }
}

fn instant(at: cloudarium_env::Timestamp, format: TimestampFormat) -> Json {
    let text = scalar::write_instant(at, format);
    if format != TimestampFormat::UnixTimestamp {
        return Json::String(text);
    }
    serde_json::from_str(&text).unwrap_or(Json::String(text))
}

/// A value as JSON, without a model: blobs in base64, instants in seconds.
pub fn from_document(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => serde_json::Number::from_f64(*number)
            .map_or_else(|| Json::String(scalar::write_float(*number)), Json::Number),
        Value::String(text) => Json::String(text.clone()),
        Value::Blob(_) => {
            let text = scalar::write(value, TimestampFormat::UnixTimestamp);
            text.map_or(Json::Null, Json::String)
        }
        Value::Timestamp(at) => instant(*at, TimestampFormat::UnixTimestamp),
        Value::List(items) => Json::Array(items.iter().map(from_document).collect()),
        Value::Map(entries) => Json::Object(
            entries.iter().map(|(name, value)| (name.clone(), from_document(value))).collect(),
        ),
    }
}

fn member_name(member: &Member, style: Style) -> &str {
    match style {
        Style::Wire => member.wire_name(),
        Style::Friendly => &member.name,
    }
}

fn instant_format(shape: &Shape, member: Option<&Member>) -> TimestampFormat {
    member
        .and_then(|member| member.timestamp_format)
        .or(shape.timestamp_format)
        .unwrap_or(TimestampFormat::UnixTimestamp)
}
