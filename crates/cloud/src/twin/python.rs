//! Values and calls as Python.

use std::fmt::Write as _;

use cloudarium_env::place::DEFAULT_REGION;
use cloudarium_shape::Value;

use super::{BODY_BYTES_MAX, Said, names::words};

/// `s3.put_object(Bucket="photos", Key="a.txt", Body=b"hello")`
pub fn statement(said: &Said<'_>, broken: bool) -> String {
    let mut arguments: Vec<String> = said
        .members
        .iter()
        .map(|(member, value)| format!("{}={}", member.name, literal(value)))
        .collect();
    if let Some((member, content)) = &said.body {
        let body = match content {
            Some(bytes) if bytes.len() <= BODY_BYTES_MAX => bytes_literal(bytes),
            _ => format!("open({}, \"rb\")", text(&said.file)),
        };
        arguments.push(format!("{}={body}", member.name));
    }
    let client = if said.region == DEFAULT_REGION || said.region.is_empty() {
        variable(&said.service.name)
    } else {
        client(said)
    };
    let call = format!("{client}.{}", words(&said.operation.name, '_'));
    let read = said.streams.map(|member| format!("[\"{member}\"].read()")).unwrap_or_default();
    if broken && arguments.len() > 1 {
        return format!("{call}(\n    {},\n){read}", arguments.join(",\n    "));
    }
    format!("{call}({}){read}", arguments.join(", "))
}

/// What stands before the statement in a script of its own.
pub fn setup(said: &Said<'_>) -> String {
    let variable = variable(&said.service.name);
    format!("import boto3\n\n{variable} = boto3.client({})", text(&said.service.name))
}

fn client(said: &Said<'_>) -> String {
    format!("boto3.client({}, region_name={})", text(&said.service.name), text(said.region))
}

/// The name of a client: the service's, unless that is a word of Python's.
fn variable(service: &str) -> String {
    match service {
        "lambda" => "lambda_client".to_owned(),
        other => other.replace('-', "_"),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => format!("{number:?}"),
        Value::Float(number) => format!("float(\"{number}\")"),
        Value::String(string) => text(string),
        Value::Blob(bytes) => bytes_literal(bytes),
        // botocore reads instants from text, too.
        Value::Timestamp(instant) => text(&instant.iso_ms()),
        Value::List(items) => {
            format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Value::Map(map) => {
            let entries =
                map.iter().map(|(name, value)| format!("{}: {}", text(name), literal(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// <https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences>
pub fn text(string: &str) -> String {
    let mut out = String::with_capacity(string.len() + 2);
    out.push('"');
    for letter in string.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Direction marks would show a text in another order than it has.
            odd if odd.is_control() || is_invisible(odd) => escape(&mut out, odd),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

fn escape(out: &mut String, letter: char) {
    let code = u32::from(letter);
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn bytes_literal(bytes: &[u8]) -> String {
    let mut out = String::from("b\"");
    for byte in bytes {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x20..=0x7e => out.push(char::from(*byte)),
            other => escape(&mut out, char::from(*other)),
        }
    }
    out.push('"');
    out
}
