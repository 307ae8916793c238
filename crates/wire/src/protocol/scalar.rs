//! Single values as text: in headers, queries, forms and XML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_shape::model::{Kind, Shape, TimestampFormat};

/// Reads `text` as a value of `shape`.
///
/// # Errors
/// What was expected in its place, in words.
pub fn read(shape: &Shape, text: &str, format: TimestampFormat) -> Result<Value, String> {
    let wrong = |what: &str| format!("'{text}' is not a valid {what}");
    Ok(match &shape.kind {
        Kind::String => Value::String(text.to_owned()),
        Kind::Boolean => match text.trim() {
            "true" | "True" | "1" => Value::Bool(true),
            "false" | "False" | "0" => Value::Bool(false),
            _ => return Err(wrong("boolean")),
        },
        Kind::Integer => {
            let number: i32 = text.trim().parse().map_err(|_| wrong("integer"))?;
            Value::Int(number.into())
        }
        Kind::Long => Value::Int(text.trim().parse().map_err(|_| wrong("long"))?),
        Kind::Float | Kind::Double => {
            Value::Float(read_float(text).ok_or_else(|| wrong("number"))?)
        }
        Kind::Blob => {
            let bytes = STANDARD.decode(text.trim()).map_err(|_| wrong("base64 text"))?;
            Value::Blob(bytes.into())
        }
        Kind::Timestamp => {
            Value::Timestamp(read_instant(text.trim(), format).ok_or_else(|| wrong("timestamp"))?)
        }
        Kind::Structure(_) | Kind::List(_) | Kind::Map(..) => return Err(wrong("value")),
    })
}

/// Reads a number, or one of the words for those that JSON has no digits for.
pub fn read_float(text: &str) -> Option<f64> {
    match text.trim() {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        number => number.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

/// Reads an instant; clients do not always keep to the format, so the others are taken as well.
pub fn read_instant(text: &str, format: TimestampFormat) -> Option<Timestamp> {
    let epoch = || text.parse().ok().and_then(Timestamp::from_epoch_s);
    let iso = || Timestamp::parse_iso(text);
    let http = || Timestamp::parse_http_date(text);
    match format {
        TimestampFormat::Iso8601 => iso().or_else(http).or_else(epoch),
        TimestampFormat::Rfc822 => http().or_else(iso).or_else(epoch),
        TimestampFormat::UnixTimestamp => epoch().or_else(iso).or_else(http),
    }
}

/// Writes a single value as text; `None` for lists and structures.
pub fn write(value: &Value, format: TimestampFormat) -> Option<String> {
    Some(match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => write_float(*number),
        Value::String(text) => text.clone(),
        Value::Blob(bytes) => STANDARD.encode(bytes),
        Value::Timestamp(at) => write_instant(*at, format),
        Value::Null | Value::List(_) | Value::Map(_) => return None,
    })
}

/// Writes a number, or the word for it.
pub fn write_float(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else {
        number.to_string()
    }
}

/// Writes an instant; fractions of a second only where they are.
pub fn write_instant(at: Timestamp, format: TimestampFormat) -> String {
    let whole = at.as_ms().rem_euclid(1000) == 0;
    match format {
        TimestampFormat::Iso8601 if whole => at.iso_s(),
        TimestampFormat::Iso8601 => at.iso_ms(),
        TimestampFormat::Rfc822 => at.http_date(),
        TimestampFormat::UnixTimestamp if whole => at.as_ms().div_euclid(1000).to_string(),
        TimestampFormat::UnixTimestamp => {
            format!("{}.{:03}", at.as_ms().div_euclid(1000), at.as_ms().rem_euclid(1000))
        }
    }
}
