//! Calls as a line of a shell that has the AWS CLI.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_env::place::DEFAULT_REGION;
use cloudarium_shape::Value;
use serde_json::{Map as JsonMap, Value as Json};

use super::{Said, names::words};

/// The CLI takes a value that begins so for the place of the value.
/// <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html>
const FETCHED: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

/// `aws s3api put-object --bucket photos --key a.txt --body a.txt`
pub fn line(said: &Said<'_>, broken: bool) -> String {
    let service = if said.service.name == "s3" { "s3api" } else { said.service.name.as_str() };
    let mut parts = vec![format!("aws {service} {}", words(&said.operation.name, '-'))];
    if said.members.iter().any(|(_, value)| is_fetched(value)) {
        let members = said.members.iter();
        let input: JsonMap<String, Json> =
            members.map(|(member, value)| (member.name.clone(), json(value))).collect();
        parts.push(format!("--cli-input-json {}", quoted(&Json::Object(input).to_string())));
    } else {
        parts.extend(said.members.iter().map(|(member, value)| option(&member.name, value)));
    }
    if let Some((member, content)) = &said.body
        && content.as_ref().is_none_or(|bytes| !bytes.is_empty())
    {
        let place = if member.streaming || said.service.name == "s3" { "" } else { "fileb://" };
        let file = quoted(&format!("{place}{}", said.file));
        parts.push(format!("--{} {file}", words(&member.name, '-')));
    }
    if said.region != DEFAULT_REGION && !said.region.is_empty() {
        parts.push(format!("--region {}", quoted(said.region)));
    }
    if said.streams.is_some() {
        parts.push(quoted(&said.file));
    }
    parts.join(if broken { " \\\n  " } else { " " })
}

/// The file that the line sends.
pub fn sent_file(said: &Said<'_>) -> Option<(String, Option<Bytes>)> {
    let (_, content) = said.body.as_ref()?;
    let sends = content.as_ref().is_none_or(|bytes| !bytes.is_empty());
    sends.then(|| (said.file.clone(), content.clone()))
}

/// One option. Structures are written as JSON, which the CLI takes everywhere.
fn option(name: &str, value: &Value) -> String {
    let name = words(name, '-');
    let written = match value {
        Value::Bool(true) => return format!("--{name}"),
        Value::Bool(false) => return format!("--no-{name}"),
        Value::String(text) => text.clone(),
        Value::Timestamp(instant) => instant.iso_ms(),
        other => match json(other) {
            Json::String(text) => text,
            written => written.to_string(),
        },
    };
    // What begins with a dash would be an option of its own.
    let joint = if written.starts_with('-') { '=' } else { ' ' };
    format!("--{name}{joint}{}", quoted(&written))
}

fn is_fetched(value: &Value) -> bool {
    value.as_str().is_some_and(|text| FETCHED.iter().any(|start| text.starts_with(start)))
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::from(*truth),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::String(text) => Json::from(text.as_str()),
        // Text stays text; other bytes can only be given in a file.
        Value::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Json::from(text),
            Err(_) => Json::from(STANDARD.encode(bytes)),
        },
        Value::Timestamp(instant) => Json::from(instant.iso_ms()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(map) => map
            .iter()
            .map(|(name, value)| (name.clone(), json(value)))
            .collect::<JsonMap<_, _>>()
            .into(),
    }
}

/// A word of the shell: as it is, or in single quotes, in which nothing is special.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
