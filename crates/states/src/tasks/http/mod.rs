//! HTTP Tasks: `arn:aws:states:::http:invoke`. First the connection is asked for what it adds to a request, then the
//! request is sent.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>
//!
//! Differences from AWS: only what is simulated can be called, functions' URLs above all.

mod form;
mod request;

use std::rc::Rc;

use cloudarium_asl::exec::{Purpose, Resource, TaskRequest};
use cloudarium_asl::{self as asl, doc};
use cloudarium_service::{ApiCall, Ctx, Fault, HttpCall, http};
use cloudarium_shape::{Map, Value};
use serde_json::{Map as JsonMap, Value as Json, json};

use crate::arn;
use crate::drive;
use crate::model::{PendingCall, PendingHttp, State, Traced};
use request::{HttpTask, Refused, Request};

/// "HTTP task requests will timeout after 60 seconds."
const LIMIT_MS: i64 = 60_000;
/// The action by which IAM's policies allow a role to use a connection.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html>
const CREDENTIALS: &str = "RetrieveConnectionCredentials";
/// What a request to an address is in [`PendingCall::target`].
const HTTP: &str = "http";

/// Whether a resource is an HTTP Task's.
pub fn is_http(resource: &Resource) -> bool {
    matches!(resource, Resource::Service { kind, action } if kind == HTTP && action == "invoke")
}

/// Whether a call is one of an HTTP Task's two.
pub fn is_of_http(call: &PendingCall) -> bool {
    call.http.is_some() || call.target.0 == HTTP
}

/// Has an HTTP Task done.
pub fn begin(states: &mut State, cx: &mut Ctx<'_>, arn: &str, request: TaskRequest) {
    let Some(record) = states.executions.get(arn) else { return };
    let role_arn = request.role_arn.unwrap_or_else(|| record.identity.role_arn.clone());
    let session = record.identity.name.clone();
    let source = format!("{}:{}", record.identity.machine_name, request.state);
    let task = match HttpTask::read(request.arguments.value()) {
        Ok(task) => task,
        Err(refused) => return fail(states, cx, (arn, request.task), refused),
    };
    let region = arn::region_of(&task.connection).unwrap_or(cx.region).to_owned();
    let named = Map::from([("ConnectionArn".to_owned(), Value::String(task.connection))]);
    let ticket = cx.host.ask(ApiCall {
        service: "events".to_owned(),
        operation: CREDENTIALS.to_owned(),
        input: Value::Map(named),
        region,
        role_arn,
        session,
        source: Some(source.clone()),
    });
    let pending = PendingCall {
        execution_arn: arn.to_owned(),
        task: request.task,
        resource: request.arn.to_string(),
        target: ("events".to_owned(), CREDENTIALS.to_owned()),
        purpose: Purpose::Work,
        http: Some(PendingHttp { arguments: request.arguments, source, limit: None }),
    };
    states.calls.insert(ticket, pending);
}

/// The connection was asked, or the address has answered.
pub fn call_done(
    states: &mut State,
    cx: &mut Ctx<'_>,
    call: PendingCall,
    result: Result<Value, Fault>,
) {
    let place = (call.execution_arn.as_str(), call.task);
    if call.target.0 == HTTP {
        if let Some(limit) = call.http.as_ref().and_then(|http| http.limit) {
            cx.host.cancel_timer(limit);
        }
        let ended = answered(states, place.0, result);
        return match ended {
            Ok(output) => super::succeed(states, cx, place, output),
            Err(refused) => fail(states, cx, place, refused),
        };
    }
    match result
        .map_err(of_connection)
        .and_then(|credentials| send(states, cx, &call, &credentials))
    {
        Ok(()) => {}
        Err(refused) => fail(states, cx, place, refused),
    }
}

/// Sends the request with what the connection adds.
fn send(
    states: &mut State,
    cx: &mut Ctx<'_>,
    call: &PendingCall,
    credentials: &Value,
) -> Result<(), Refused> {
    let Some(http) = &call.http else { return Ok(()) };
    let task = HttpTask::read(http.arguments.value())?;
    let request = task.request(credentials, cx.region, false)?;
    if let Some(record) = states.executions.get_mut(&call.execution_arn)
        && let Some(trace) = &mut Rc::make_mut(record).traced
    {
        let shown = task.request(credentials, cx.region, !trace.reveals_secrets)?;
        trace.request = Some(told_request(&shown));
    }
    let Request { method, url, headers, body } = request;
    let source = Some(http.source.clone());
    let ticket = cx.host.fetch(HttpCall { method, url, headers, body, source });
    let due_ms = cx.now.as_ms() + LIMIT_MS;
    let limit = Some(drive::limit_http(cx, &call.execution_arn, due_ms, ticket.0));
    let pending = PendingCall {
        target: (HTTP.to_owned(), "invoke".to_owned()),
        http: Some(PendingHttp { limit, ..http.clone() }),
        ..call.clone()
    };
    states.calls.insert(ticket, pending);
    Ok(())
}

/// A request takes too long.
pub fn timed_out(states: &mut State, cx: &mut Ctx<'_>, ticket: cloudarium_service::Ticket) {
    let Some(call) = states.calls.remove(&ticket) else { return };
    // guess: the words.
    let cause = "The HTTP request timed out after 60 seconds";
    let place = (call.execution_arn.as_str(), call.task);
    fail(states, cx, place, ("States.Http.Socket".to_owned(), cause.to_owned()));
}

/// "Connection errors are prefixed with `Events.ConnectionResource.`"
fn of_connection(fault: Fault) -> Refused {
    (format!("Events.ConnectionResource.{}", fault.code), fault.message)
}

/// What an answer means to its task.
fn answered(states: &mut State, arn: &str, result: Result<Value, Fault>) -> Result<Json, Refused> {
    // guess: AWS documents this error for time-outs, and none for addresses that nobody is at.
    let answer = result.map_err(|fault| ("States.Http.Socket".to_owned(), fault.message))?;
    let code = http::status(&answer);
    let reason = answer.get("StatusText").and_then(Value::as_str).unwrap_or_default();
    let headers = headers(&answer);
    let body = match answer.get("Body") {
        Some(Value::Blob(body)) => body.clone(),
        _ => bytes::Bytes::new(),
    };
    let kind = http::header(&answer, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let body = text(&kind, &body)?;
    if let Some(record) = states.executions.get_mut(arn)
        && let Some(trace) = &mut Rc::make_mut(record).traced
    {
        let told = json!({"protocol": "https", "statusCode": code.to_string(), "statusMessage": reason,
            "headers": doc::write(&Json::Object(headers.clone())), "body": body});
        trace.response = Some(asl::Doc::new(told));
    }
    if !(200..300).contains(&code) {
        return Err((format!("States.Http.StatusCode.{code}"), body));
    }
    let read = if is_json(&kind) { doc::parse(&body).ok() } else { None };
    Ok(json!({
        "Headers": headers,
        "ResponseBody": read.unwrap_or(Json::String(body)),
        "StatusCode": code,
        "StatusText": reason,
    }))
}

/// By name in lower case, all values of each.
fn headers(answer: &Value) -> JsonMap<String, Json> {
    let mut all: JsonMap<String, Json> = JsonMap::new();
    let Some(Value::List(headers)) = answer.get("Headers") else { return all };
    for pair in headers {
        let Value::List(pair) = pair else { continue };
        let text = |at: usize| pair.get(at).and_then(Value::as_str).unwrap_or_default();
        let values = all.entry(text(0).to_ascii_lowercase()).or_insert_with(|| json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(text(1).into());
        }
    }
    all
}

/// A body that is text: "An HTTP Task fails with the `States.Runtime` error if" it is none.
///
/// guess: the words.
fn text(kind: &str, body: &[u8]) -> Result<String, Refused> {
    let refused = |why: String| Err(("States.Runtime".to_owned(), why));
    let is_binary = kind.starts_with("application/octet-stream")
        || ["image/", "video/", "audio/"].iter().any(|begin| kind.starts_with(begin));
    if is_binary && !body.is_empty() {
        return refused(format!("The response has a content-type that is not supported: {kind}"));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => refused("The response cannot be read as a string".to_owned()),
    }
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.ends_with("+json")
}

/// A request as `TestState` tells of it.
fn told_request(request: &Request) -> asl::Doc {
    let headers: JsonMap<String, Json> =
        request.headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    asl::Doc::new(json!({
        "protocol": "https",
        "method": request.method,
        "url": request.url,
        "headers": doc::write(&Json::Object(headers)),
        "body": String::from_utf8_lossy(&request.body),
    }))
}

fn fail(states: &mut State, cx: &mut Ctx<'_>, place: (&str, u64), (error, cause): Refused) {
    super::fail(states, cx, place, (Some(error), Some(cause)));
}

impl Traced {
    /// Nothing was sent yet.
    pub fn new(reveals_secrets: bool) -> Self {
        Self { reveals_secrets, request: None, response: None }
    }
}
