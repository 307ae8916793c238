//! The same call in boto3 and in the AWS CLI, for every call in the list: written from the service's
//! model, so that nothing here knows a service.

mod cli;
mod names;
mod python;

use bytes::Bytes;
use cloudarium_shape::model::{self, Kind, Member, Operation, Service, Shape};
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::HttpRequest;

use crate::log::CallRecord;
use crate::{Cloud, server};

/// A body of up to this many bytes is written out; a longer one is a file.
const BODY_BYTES_MAX: usize = 256;

/// Members that are written first: what is acted on, then how.
const FIRST: [&str; 2] = ["Bucket", "Key"];

/// A call as code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// A statement of Python, over several lines. It needs `import boto3`, and `setup` where it does
    /// not name its client itself.
    pub boto3: String,
    /// The same in one line.
    pub boto3_line: String,
    /// What stands before it in a script of its own: the import, the client.
    pub setup: String,
    /// A line of the shell, broken at its options.
    pub cli: String,
    /// The same in one line.
    pub cli_line: String,
    /// The file that the shell's line sends, and what is in it if that is known.
    pub sent_file: Option<(String, Option<Bytes>)>,
}

/// What both are written from.
struct Said<'a> {
    service: &'static Service,
    operation: &'static Operation,
    region: &'a str,
    members: Vec<(&'static Member, Value)>,
    /// The member that is the whole body, if it is bytes: its content, if that is known.
    body: Option<(&'static Member, Option<Bytes>)>,
    /// The name of the file that stands for bytes that go or come.
    file: String,
    /// Whether the answer's body is bytes of any length.
    streams: Option<&'a str>,
}

impl Cloud {
    /// Call `seq` in boto3 and CLI; `None` if it is not in the list, or no call that a model knows.
    pub fn twin(&self, seq: u64) -> Option<Twin> {
        of(self.calls().get(seq)?)
    }
}

fn of(record: &CallRecord) -> Option<Twin> {
    let service = model::service(&record.service)?;
    let operation = service.operation(&record.operation)?;
    let shape = service.input(operation);
    let whole = whole_input(record);
    let known = whole.is_some();
    let Value::Map(mut input) = whole.or_else(|| record.input.clone()).unwrap_or_default() else {
        return None;
    };
    forget_added(service, operation, shape, &mut input);
    let body = body_member(service, shape).and_then(|member| {
        let content = match input.remove(&member.name) {
            Some(Value::Blob(bytes)) => Some(bytes),
            _ if known || record.request.body_bytes == 0 => None?,
            _ => None,
        };
        Some((member, content))
    });
    let file = file_name(&input);
    let streams = body_member(service, service.output(operation)).map(|it| it.name.as_str());
    let members = in_order(shape, input);
    let said = Said { service, operation, region: &record.region, members, body, file, streams };
    Some(Twin {
        boto3: python::statement(&said, true),
        boto3_line: python::statement(&said, false),
        setup: python::setup(&said),
        cli: cli::line(&said, true),
        cli_line: cli::line(&said, false),
        sent_file: cli::sent_file(&said),
    })
}

/// The input as it came, read anew from the request: the list keeps neither bytes nor long texts.
/// `None` if the request is not kept whole, or cannot be read without its key.
fn whole_input(record: &CallRecord) -> Option<Value> {
    let raw = &record.request;
    if raw.body.len() as u64 != raw.body_bytes {
        return None;
    }
    let http = HttpRequest {
        method: raw.method.clone(),
        target: raw.target.clone(),
        headers: raw.headers.clone(),
        body: raw.body.clone(),
    };
    let route = server::route(&http).ok()?;
    server::decode(&route, &http, None).ok()
}

/// The member that is bytes of any length.
fn body_member(service: &'static Service, shape: &'static Shape) -> Option<&'static Member> {
    let member = shape.payload_member()?;
    matches!(service.shape(member.shape).kind, Kind::Blob).then_some(member)
}

/// Leaves out what an SDK adds by itself, and will add again: lengths, checksums, encodings.
fn forget_added(service: &Service, operation: &Operation, shape: &Shape, input: &mut Map) {
    let is = |input: &Map, name: &str, value: &str| {
        input.get(name).and_then(Value::as_str).is_some_and(|text| text == value)
    };
    if let Some(checksum) = &operation.http_checksum {
        let algorithm = checksum.request_algorithm_member.as_deref();
        // What SDKs choose by themselves since 2025.
        // <https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html>
        if let Some(name) = algorithm.filter(|name| is(input, name, "CRC32")) {
            input.remove(name);
            input.remove("ChecksumCRC32");
        }
        let mode = checksum.request_validation_mode_member.as_deref();
        if let Some(name) = mode.filter(|name| is(input, name, "ENABLED")) {
            input.remove(name);
        }
    }
    for member in shape.members() {
        let added = match member.wire_name() {
            "Content-Length" | "Content-MD5" => true,
            "encoding-type" => is(input, &member.name, "url"),
            _ => member.idempotency_token && service.name != "s3",
        };
        if added {
            input.remove(&member.name);
        }
    }
}

/// The name of the file that stands for bytes: the end of the key, else `body`.
fn file_name(input: &Map) -> String {
    let key = input.get("Key").and_then(Value::as_str).unwrap_or_default();
    let name = key.rsplit('/').find(|part| !part.is_empty()).unwrap_or("body");
    // The CLI puts variables into the names of files, as a shell does.
    let plain = |c: char| !c.is_control() && c != '\\' && c != '$';
    let name: String = name.chars().filter(|c| plain(*c)).take(80).collect();
    match name.as_str() {
        "" | "." | ".." => "body".to_owned(),
        // An option, or a home folder, to a shell.
        dashed if dashed.starts_with(['-', '~']) => format!("./{dashed}"),
        _ => name,
    }
}

/// The members that the model knows, what is acted on first.
fn in_order(shape: &'static Shape, mut input: Map) -> Vec<(&'static Member, Value)> {
    let mut members: Vec<(&'static Member, Value)> = shape
        .members()
        .iter()
        .filter_map(|member| input.remove(&member.name).map(|value| (member, value)))
        .collect();
    members.sort_by_key(|(member, _)| {
        let first = FIRST.iter().position(|first| *first == member.name);
        (first.unwrap_or(FIRST.len()), member.name.clone())
    });
    members
}

#[cfg(test)]
mod tests;
