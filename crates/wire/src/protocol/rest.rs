//! What `rest-xml` and `rest-json` share: members in the path, the query, and headers.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_shape::model::{
    Kind, Location, Member, Operation, Protocol, Service, Shape, TimestampFormat,
};
use cloudarium_shape::{Map, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::scalar;
use crate::http::Headers;
use crate::query::Query;

const LABEL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const GREEDY: &AsciiSet = &LABEL.remove(b'/');

/// Reads every member that does not travel in the body. `labels` are the path's, decoded.
///
/// # Errors
/// Which member does not fit, and why.
pub fn read_bindings(
    service: &Service,
    shape: &Shape,
    (labels, query, headers): (&[(String, String)], &Query, &Headers),
) -> Result<Map, String> {
    let mut out = Map::new();
    for member in shape.members() {
        let inner = service.shape(member.shape);
        let name = member.wire_name();
        let value = match member.location {
            Location::Body | Location::StatusCode => None,
            Location::Uri => labels
                .iter()
                .find(|(label, _)| label == name)
                .map(|(_, text)| scalar::read(inner, text, label_format(member, inner)))
                .transpose()?,
            Location::QueryString => read_query(service, (member, inner), query)?,
            Location::Header => read_header(service, (member, inner), headers)?,
            Location::Headers => read_prefixed(name, headers),
        };
        if let Some(value) = value {
            out.insert(member.name.clone(), value);
        }
    }
    Ok(out)
}

fn read_query(
    service: &Service,
    (member, inner): (&Member, &Shape),
    query: &Query,
) -> Result<Option<Value>, String> {
    let name = member.wire_name();
    match &inner.kind {
        Kind::Map(_, item) => {
            let item = service.shape(item.shape);
            Ok(read_query_map(item, query))
        }
        Kind::List(item) => {
            let item = service.shape(item.shape);
            let format = label_format(member, item);
            let values: Vec<Value> = query
                .iter()
                .filter(|(key, _)| *key == name)
                .map(|(_, text)| scalar::read(item, text, format))
                .collect::<Result<_, _>>()?;
            Ok(if values.is_empty() { None } else { Some(Value::List(values)) })
        }
        _ => query
            .get(name)
            .map(|text| scalar::read(inner, text, label_format(member, inner)))
            .transpose()
            .map_err(|why| format!("{name}: {why}")),
    }
}

/// All parameters, those that other members take among them.
/// <https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait>
fn read_query_map(item: &Shape, query: &Query) -> Option<Value> {
    let mut out = Map::new();
    for (key, text) in query.iter() {
        let value = Value::String(text.to_owned());
        if matches!(item.kind, Kind::List(_)) {
            let slot = out.entry(key.to_owned()).or_insert_with(|| Value::List(Vec::new()));
            if let Value::List(values) = slot {
                values.push(value);
            }
        } else {
            out.entry(key.to_owned()).or_insert(value);
        }
    }
    if out.is_empty() { None } else { Some(Value::Map(out)) }
}

fn read_header(
    service: &Service,
    (member, inner): (&Member, &Shape),
    headers: &Headers,
) -> Result<Option<Value>, String> {
    let name = member.wire_name();
    let Some(text) = headers.get(name) else { return Ok(None) };
    let wrong = |why: String| format!("{name}: {why}");
    if let Kind::List(item) = &inner.kind {
        let item = service.shape(item.shape);
        let format = header_format(item, item.timestamp_format);
        let dates = matches!(item.kind, Kind::Timestamp) && format == TimestampFormat::Rfc822;
        let values: Vec<String> = headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .flat_map(|(_, text)| split_list(text, dates))
            .collect();
        let values: Result<Vec<Value>, String> =
            values.iter().map(|text| scalar::read(item, text, format)).collect();
        return values.map(Value::List).map(Some).map_err(wrong);
    }
    if member.json_value {
        let decoded = STANDARD.decode(text.trim()).map_err(|_| wrong("not base64".to_owned()))?;
        let decoded = String::from_utf8(decoded).map_err(|_| wrong("not UTF-8".to_owned()))?;
        return Ok(Some(Value::String(decoded)));
    }
    let format = header_format(inner, member.timestamp_format);
    scalar::read(inner, text.trim(), format).map(Some).map_err(wrong)
}

/// Splits at commas; a quoted value may hold some, and an HTTP date holds one.
fn split_list(text: &str, dates: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (value, after) = unquote(quoted);
            out.push(value);
            rest = after.trim_start().strip_prefix(',').unwrap_or_default().trim_start();
            continue;
        }
        let date = dates && rest.get(3..4) == Some(",");
        let from = if date { 4 } else { 0 };
        let comma = rest.get(from..).and_then(|tail| tail.find(',')).map(|at| at + from);
        let (value, after) = match comma {
            Some(at) => {
                (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default())
            }
            None => (rest, ""),
        };
        out.push(value.trim().to_owned());
        rest = after.trim_start();
    }
    out
}

/// The value up to the closing quote, and what follows it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => return (value, text.get(at + 1..).unwrap_or_default()),
            '\\' if !escaped => escaped = true,
            other => {
                value.push(other);
                escaped = false;
            }
        }
    }
    (value, "")
}

fn read_prefixed(prefix: &str, headers: &Headers) -> Option<Value> {
    let mut out = Map::new();
    for (name, value) in headers.iter() {
        let head = name.get(..prefix.len()).unwrap_or_default();
        if head.eq_ignore_ascii_case(prefix) {
            let rest = name.get(prefix.len()..).unwrap_or_default().to_ascii_lowercase();
            let slot = out.entry(rest).or_insert_with(|| Value::String(String::new()));
            if let Value::String(text) = slot {
                if !text.is_empty() {
                    text.push(',');
                }
                text.push_str(value);
            }
        }
    }
    if out.is_empty() { None } else { Some(Value::Map(out)) }
}

/// Writes every member that travels in a header.
pub fn write_headers(service: &Service, shape: &Shape, value: &Value, headers: &mut Headers) {
    for member in shape.members() {
        let Some(value) = value.get(&member.name) else { continue };
        let inner = service.shape(member.shape);
        match (member.location, value) {
            (Location::Headers, Value::Map(entries)) => {
                for (name, value) in entries {
                    if let Value::String(text) = value {
                        headers.append(format!("{}{name}", member.wire_name()), text.clone());
                    }
                }
            }
            (Location::Header, Value::List(items)) => {
                if let Some(text) = header_list(service, inner, items) {
                    headers.append(member.wire_name(), text);
                }
            }
            (Location::Header, Value::String(text)) if member.json_value => {
                headers.append(member.wire_name(), STANDARD.encode(text));
            }
            (Location::Header, value) => {
                let format = header_format(inner, member.timestamp_format);
                if let Some(text) = scalar::write(value, format) {
                    headers.append(member.wire_name(), text);
                }
            }
            _ => {}
        }
    }
}

fn header_list(service: &Service, shape: &Shape, items: &[Value]) -> Option<String> {
    let Kind::List(item) = &shape.kind else { return None };
    let item = service.shape(item.shape);
    let format = header_format(item, item.timestamp_format);
    let texts: Vec<String> = items
        .iter()
        .filter_map(|value| {
            let text = scalar::write(value, format)?;
            let quoted = matches!(item.kind, Kind::String) && text.contains([',', '"']);
            Some(if quoted {
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            } else {
                text
            })
        })
        .collect();
    Some(texts.join(", "))
}

/// The request target: path with its labels filled, query with its members.
///
/// # Errors
/// The name of a label that has no value.
pub fn write_target(
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Result<String, String> {
    let shape = service.input(operation);
    let (path, constant) =
        operation.request_uri.split_once('?').unwrap_or((&operation.request_uri, ""));
    let mut target = fill_labels(service, shape, path, input)?;
    let mut parts: Vec<String> =
        constant.split('&').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut maps = Vec::new();
    for member in shape.members().iter().filter(|it| it.location == Location::QueryString) {
        let Some(value) = input.get(&member.name) else { continue };
        let inner = service.shape(member.shape);
        match value {
            Value::Map(entries) => maps.extend(entries.iter()),
            Value::List(items) => {
                for item in items {
                    push_pair(&mut parts, member.wire_name(), item, label_format(member, inner));
                }
            }
            value => push_pair(&mut parts, member.wire_name(), value, label_format(member, inner)),
        }
    }
    let named = |name: &str| parts_named(shape, input, name);
    for (name, value) in maps.into_iter().filter(|(name, _)| !named(name)) {
        match value {
            Value::List(items) => {
                for item in items {
                    push_pair(&mut parts, name, item, TimestampFormat::Iso8601);
                }
            }
            value => push_pair(&mut parts, name, value, TimestampFormat::Iso8601),
        }
    }
    if !parts.is_empty() {
        target.push('?');
        target.push_str(&parts.join("&"));
    }
    Ok(target)
}

/// Whether a member of its own is this parameter; it goes before a map's entry.
fn parts_named(shape: &Shape, input: &Value, name: &str) -> bool {
    shape.members().iter().filter(|it| it.location == Location::QueryString).any(|member| {
        member.wire_name() == name
            && input.get(&member.name).is_some_and(|it| !matches!(it, Value::Map(_)))
    })
}

fn push_pair(parts: &mut Vec<String>, name: &str, value: &Value, format: TimestampFormat) {
    if let Some(text) = scalar::write(value, format) {
        let (name, text) = (utf8_percent_encode(name, LABEL), utf8_percent_encode(&text, LABEL));
        parts.push(format!("{name}={text}"));
    }
}

fn fill_labels(
    service: &Service,
    shape: &Shape,
    path: &str,
    input: &Value,
) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let (name, set) = match label.strip_suffix('+') {
            Some(name) => (name, GREEDY),
            None => (label, LABEL),
        };
        let member = shape
            .members()
            .iter()
            .find(|it| it.location == Location::Uri && it.wire_name() == name)
            .ok_or_else(|| name.to_owned())?;
        let format = label_format(member, service.shape(member.shape));
        let text = input.get(&member.name).and_then(|value| scalar::write(value, format));
        let text = text.filter(|text| !text.is_empty()).ok_or_else(|| member.name.clone())?;
        out.push_str(before);
        out.extend(utf8_percent_encode(&text, set));
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn label_format(member: &Member, shape: &Shape) -> TimestampFormat {
    member.timestamp_format.or(shape.timestamp_format).unwrap_or(TimestampFormat::Iso8601)
}

fn header_format(shape: &Shape, member: Option<TimestampFormat>) -> TimestampFormat {
    member.or(shape.timestamp_format).unwrap_or(TimestampFormat::Rfc822)
}

/// The type of a payload that is not a structure.
pub fn payload_type(shape: &Shape) -> &'static str {
    match shape.kind {
        Kind::String => "text/plain",
        _ => "application/octet-stream",
    }
}

/// `application/xml` or `application/json`.
pub fn document_type(protocol: Protocol) -> &'static str {
    if protocol == Protocol::RestXml { "application/xml" } else { "application/json" }
}
