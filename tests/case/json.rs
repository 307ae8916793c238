//! The JSON of `.case` files, to values by the model and back.
//!
//! A blob is a string (its UTF-8 text) or `{"base64": "..."}`; an instant is ISO 8601. Anywhere in
//! an input, `{"repeat": "a", "times": 5}` is the string `aaaaa`, `{"each": X, "times": 3}` is the
//! list of X with `#` in its strings replaced by 1, 2 and 3, and `"$name"` is what was kept under
//! that name.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;

use cloudarium_shape::model::{self as model, Kind, Service, Shape};
use cloudarium_shape::{Map, Value};
use serde_json::{Value as Json, json};

/// What `<as name>` kept.
pub type Kept = BTreeMap<String, Json>;

/// `json` with `repeat`, `each` and `$name` replaced.
pub fn expand(json: &Json, kept: &Kept) -> Result<Json, String> {
    match json {
        Json::String(text) if text.contains("${") => within(text, kept).map(Json::String),
        // A path is a text: no name begins with a point.
        Json::String(text) if text.starts_with("$.") => Ok(json.clone()),
        Json::String(text) => match text.strip_prefix('$') {
            // Lambda's own name for the version that can be changed.
            Some("LATEST") => Ok(json.clone()),
            Some(name) if !name.is_empty() => {
                kept.get(name).cloned().ok_or_else(|| format!("nothing was kept as ${name}"))
            }
            _ => Ok(json.clone()),
        },
        Json::Array(items) => items.iter().map(|item| expand(item, kept)).collect(),
        Json::Object(members) => {
            let times = members.get("times").and_then(Json::as_u64).filter(|_| members.len() == 2);
            match (members.get("repeat").and_then(Json::as_str), members.get("each"), times) {
                (Some(text), _, Some(times)) => {
                    let times = usize::try_from(times).map_err(|error| error.to_string())?;
                    Ok(Json::String(text.repeat(times)))
                }
                (None, Some(item), Some(times)) => {
                    let item = expand(item, kept)?;
                    Ok((1..=times).map(|index| numbered(&item, &index.to_string())).collect())
                }
                _ if members.len() == 1 && members.get("zip").is_some_and(Json::is_object) => {
                    zipped(&members["zip"])
                }
                _ => members
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), expand(value, kept)?)))
                    .collect::<Result<serde_json::Map<_, _>, String>>()
                    .map(Json::Object),
            }
        }
        _ => Ok(json.clone()),
    }
}

/// `{"zip": {"main.py": "..."}}`: a zip of these files.
fn zipped(files: &Json) -> Result<Json, String> {
    let files = files.as_object().into_iter().flatten();
    let files: Vec<(String, Vec<u8>)> = files
        .map(|(name, text)| (name.clone(), text.as_str().unwrap_or_default().as_bytes().to_vec()))
        .collect();
    Ok(json!({ "base64": STANDARD.encode(super::zip::of(&files)) }))
}

/// `text` with every `${name}` replaced.
fn within(text: &str, kept: &Kept) -> Result<String, String> {
    let Some((before, rest)) = text.split_once("${") else { return Ok(text.to_owned()) };
    let (name, rest) = rest.split_once('}').ok_or_else(|| format!("no }} after ${{ in {text}"))?;
    let value = kept.get(name).and_then(Json::as_str);
    // A variable of a policy, which is for AWS to replace.
    if name.contains(':') {
        return Ok(format!("{before}${{{name}}}{}", within(rest, kept)?));
    }
    let value = value.ok_or_else(|| format!("no text was kept as ${name}"))?;
    Ok(format!("{before}{value}{}", within(rest, kept)?))
}

fn numbered(json: &Json, index: &str) -> Json {
    match json {
        Json::String(text) => Json::String(text.replace('#', index)),
        Json::Array(items) => items.iter().map(|item| numbered(item, index)).collect(),
        Json::Object(members) => Json::Object(
            members.iter().map(|(name, it)| (name.clone(), numbered(it, index))).collect(),
        ),
        _ => json.clone(),
    }
}

/// An operation's input.
pub fn to_input(service: &str, operation: &str, json: &Json) -> Result<Value, String> {
    let model = model::service(service).ok_or_else(|| format!("no model of {service}"))?;
    let operation =
        model.operation(operation).ok_or_else(|| format!("{service} has no {operation}"))?;
    to_value(model, model.input(operation), json, &operation.name)
}

fn to_value(model: &Service, shape: &Shape, json: &Json, place: &str) -> Result<Value, String> {
    let unfit = || format!("{place}: {json} does not fit {} in the model", shape.name);
    match (&shape.kind, json) {
        _ if shape.document => Ok(from_document(json)),
        (Kind::Structure(_), Json::Object(members)) => {
            let mut map = Map::new();
            for (name, json) in members {
                let place = format!("{place}.{name}");
                let member =
                    shape.member(name).ok_or_else(|| format!("{place}: no such member"))?;
                map.insert(name.clone(), to_value(model, model.shape(member.shape), json, &place)?);
            }
            Ok(Value::Map(map))
        }
        (Kind::List(item), Json::Array(items)) => items
            .iter()
            .map(|json| to_value(model, model.shape(item.shape), json, place))
            .collect::<Result<_, _>>()
            .map(Value::List),
        (Kind::Map(_, value), Json::Object(entries)) => entries
            .iter()
            .map(|(key, json)| {
                Ok((key.clone(), to_value(model, model.shape(value.shape), json, place)?))
            })
            .collect::<Result<Map, String>>()
            .map(Value::Map),
        (Kind::String, Json::String(text)) => Ok(Value::String(text.clone())),
        (Kind::Integer | Kind::Long, Json::Number(number)) => {
            number.as_i64().map(Value::Int).ok_or_else(unfit)
        }
        (Kind::Float | Kind::Double, Json::Number(number)) => {
            number.as_f64().map(Value::Float).ok_or_else(unfit)
        }
        (Kind::Boolean, Json::Bool(value)) => Ok(Value::Bool(*value)),
        (Kind::Blob, json) => blob(json).map(Value::Blob).ok_or_else(unfit),
        (Kind::Timestamp, Json::String(text)) => {
            Timestamp::parse_iso(text).map(Value::Timestamp).ok_or_else(unfit)
        }
        _ => Err(unfit()),
    }
}

fn blob(json: &Json) -> Option<bytes::Bytes> {
    if let Json::String(text) = json {
        return Some(text.clone().into_bytes().into());
    }
    let encoded = json.get("base64")?.as_str()?;
    STANDARD.decode(encoded).ok().map(bytes::Bytes::from)
}

fn from_document(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(from_document).collect()),
        Json::Object(members) => {
            Value::Map(members.iter().map(|(name, it)| (name.clone(), from_document(it))).collect())
        }
    }
}

/// A value as it stands in a `.case` file.
pub fn from_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::String(text) => json!(text),
        Value::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => json!(text),
            Err(_) => json!({"base64": STANDARD.encode(bytes)}),
        },
        Value::Timestamp(at) if at.as_ms() % 1000 == 0 => json!(at.iso_s()),
        Value::Timestamp(at) => json!(at.iso_ms()),
        Value::List(items) => items.iter().map(from_value).collect(),
        Value::Map(members) => Json::Object(
            members.iter().map(|(name, value)| (name.clone(), from_value(value))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, expand, from_value, to_input};
    use serde_json::json;

    #[test]
    fn what_stands_for_something_else() {
        let kept = Kept::from([("Id".to_owned(), json!("x"))]);
        let input = json!({"a": "$Id", "b": {"repeat": "ab", "times": 2},
            "c": {"each": {"Key": "k#"}, "times": 2}, "d": "$"});
        let expanded = expand(&input, &kept).unwrap();
        let wanted = json!({"a": "x", "b": "abab", "c": [{"Key": "k1"}, {"Key": "k2"}], "d": "$"});
        assert_eq!(expanded, wanted);
        assert_eq!(expand(&json!("a${Id}b${Id}"), &kept).unwrap(), json!("axbx"));
        assert!(expand(&json!("a${Other}"), &kept).unwrap_err().contains("$Other"));
        assert!(expand(&json!("$Other"), &kept).unwrap_err().contains("$Other"));
    }

    #[test]
    fn values_by_the_model() {
        let input =
            json!({"Bucket": "b", "Key": "k", "Body": {"base64": "/w=="}, "Metadata": {"a": "1"}});
        let value = to_input("s3", "PutObject", &input).unwrap();
        assert_eq!(from_value(&value), input);
        let get = json!({"Bucket": "b", "Key": "k", "IfModifiedSince": "2026-01-01T00:00:00Z"});
        assert_eq!(from_value(&to_input("s3", "GetObject", &get).unwrap()), get);
        let wrong = to_input("s3", "PutObject", &json!({"Buckets": "b"})).unwrap_err();
        assert!(wrong.contains("PutObject.Buckets: no such member"), "{wrong}");
        let wrong = to_input("s3", "PutObject", &json!({"Bucket": 1})).unwrap_err();
        assert!(wrong.contains("does not fit"), "{wrong}");
    }
}
