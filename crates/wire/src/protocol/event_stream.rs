//! Answers that are streams of events: messages with headers, a payload, and checksums.
//!
//! <https://smithy.io/2.0/aws/amazon-eventstream.html>

use bytes::{BufMut as _, Bytes, BytesMut};
use cloudarium_shape::model::{Kind, Member, Service, Shape};
use cloudarium_shape::{Map, Value};

use super::json_value;

/// The type of such an answer.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// Lengths of the whole message and of its headers, and their checksum.
const PRELUDE_BYTES: usize = 12;
const CHECKSUM_BYTES: usize = 4;
/// A header whose value is text.
const TEXT: u8 = 7;
const BLOB_TYPE: &str = "application/octet-stream";
const JSON_TYPE: &str = "application/json";

/// The messages of a list of events; each event is a map of its one member.
pub fn write(service: &Service, shape: &Shape, events: &[Value]) -> Bytes {
    let mut out = BytesMut::new();
    for event in events {
        let Value::Map(members) = event else { continue };
        for (name, value) in members {
            let Some(member) = shape.member(name) else { continue };
            let (kind, payload) = payload_of(service, service.shape(member.shape), value);
            put_message(&mut out, (name, kind), &payload);
        }
    }
    out.freeze()
}

/// The events of an answer.
///
/// # Errors
/// What is wrong with a message, in words.
pub fn read(service: &Service, shape: &Shape, mut body: Bytes) -> Result<Value, String> {
    let mut events = Vec::new();
    while !body.is_empty() {
        let (name, payload) = take_message(&mut body)?;
        let member = shape.member(&name).ok_or_else(|| format!("an event {name} is not known"))?;
        let value = read_payload(service, service.shape(member.shape), payload)?;
        events.push(Value::Map(Map::from([(name, value)])));
    }
    Ok(Value::List(events))
}

/// The member that is the whole payload: guess: the one that an event has, if it is a blob, as the
/// models that are trimmed here tell nothing else of it.
fn payload_member<'a>(service: &Service, event: &'a Shape) -> Option<&'a Member> {
    match event.members() {
        [one] if matches!(service.shape(one.shape).kind, Kind::Blob) => Some(one),
        _ => None,
    }
}

fn payload_of(service: &Service, event: &Shape, value: &Value) -> (&'static str, Bytes) {
    let member = payload_member(service, event);
    if let Some(Value::Blob(bytes)) = member.and_then(|member| value.get(&member.name)) {
        return (BLOB_TYPE, bytes.clone());
    }
    let json = json_value::write(service, event, value, json_value::Style::Wire);
    (JSON_TYPE, json.to_string().into())
}

fn read_payload(service: &Service, event: &Shape, payload: Bytes) -> Result<Value, String> {
    if let Some(member) = payload_member(service, event) {
        return Ok(Value::Map(Map::from([(member.name.clone(), Value::Blob(payload))])));
    }
    let json = serde_json::from_slice(&payload).map_err(|why| why.to_string())?;
    json_value::read(service, event, json, json_value::Style::Wire)
}

fn put_message(out: &mut BytesMut, (name, kind): (&str, &str), payload: &[u8]) {
    let mut headers = BytesMut::new();
    for (header, value) in
        [(":event-type", name), (":content-type", kind), (":message-type", "event")]
    {
        headers.put_u8(u8::try_from(header.len()).unwrap_or(0));
        headers.put_slice(header.as_bytes());
        headers.put_u8(TEXT);
        headers.put_u16(u16::try_from(value.len()).unwrap_or(0));
        headers.put_slice(value.as_bytes());
    }
    let total = PRELUDE_BYTES + headers.len() + payload.len() + CHECKSUM_BYTES;
    let mut message = BytesMut::with_capacity(total);
    message.put_u32(u32::try_from(total).unwrap_or(0));
    message.put_u32(u32::try_from(headers.len()).unwrap_or(0));
    message.put_u32(crc32fast::hash(&message));
    message.put_slice(&headers);
    message.put_slice(payload);
    message.put_u32(crc32fast::hash(&message));
    out.put_slice(&message);
}

/// The next message's event and payload.
fn take_message(body: &mut Bytes) -> Result<(String, Bytes), String> {
    let cut = || "the stream of events is cut".to_owned();
    let total = number(body, 0).ok_or_else(cut)?;
    let headers = number(body, 4).ok_or_else(cut)?;
    let end = total.checked_sub(CHECKSUM_BYTES).ok_or_else(cut)?;
    let begin = PRELUDE_BYTES.checked_add(headers).filter(|begin| *begin <= end).ok_or_else(cut)?;
    if total > body.len() {
        return Err(cut());
    }
    let message = body.split_to(total);
    let sum = crc32fast::hash(message.get(..end).unwrap_or_default());
    if number(&message, end) != usize::try_from(sum).ok() {
        return Err("a message of the stream of events has another checksum".to_owned());
    }
    let name = event_type(message.get(PRELUDE_BYTES..begin).unwrap_or_default());
    Ok((name.ok_or_else(|| "a message names no event".to_owned())?, message.slice(begin..end)))
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*four)).ok()
}

/// The text of the header `:event-type`.
fn event_type(mut headers: &[u8]) -> Option<String> {
    loop {
        let (length, rest) = headers.split_first()?;
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        let (TEXT, rest) = rest.split_first().map(|(kind, rest)| (*kind, rest))? else {
            return None;
        };
        let (length, rest) = rest.split_first_chunk()?;
        let (value, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        if name == b":event-type" {
            return String::from_utf8(value.to_vec()).ok();
        }
        headers = rest;
    }
}
