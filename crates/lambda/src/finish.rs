//! The end of an invocation: what the host tells, the log, the bill, the answer.

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_service::{Charge, Ctx, LogLines, Ticket};
use cloudarium_shape::{Blob, Map, Value, from_value};
use serde::Deserialize;
use serde_json::json;

use crate::allot;
use crate::events;
use crate::limits::{ANSWER_BYTES_MAX, LOG_RESULT_BYTES, STREAM_BYTES_MAX};
use crate::model::{InvocationOrigin, Key, Running, State, Version};
use crate::trace::Trace;
use crate::{mapping, report, url};

/// What a host tells of an invocation that ended.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Ended {
    /// How.
    pub outcome: How,
    /// What the handler returned, or its error, as JSON.
    #[serde(default)]
    pub payload: Blob,
    /// What a handler that streams has written; `None`: it does not stream.
    #[serde(default)]
    pub stream: Option<Pieces>,
    /// How the process ended: `exit status 1`, `signal: killed`. Of `Exited` and `OutOfMemory`; of `Returned` and
    /// `Failed` where it ended although something was answered.
    #[serde(default)]
    pub status: String,
    /// How long the start took; `None`: the environment was warm.
    pub init_ms: Option<f64>,
    /// How long the handler took; of `InitFailed`, the start that was tried once more as a part of the invocation.
    pub duration_ms: f64,
    /// Where the start took longer than it may, and was tried once more as a part of the invocation: how much of the
    /// invocation's time that took.
    #[serde(default)]
    pub again_ms: Option<f64>,
    /// The most memory that was used.
    pub max_memory_mb: u32,
    /// What the code wrote.
    #[serde(default)]
    pub lines: Vec<Line>,
}

/// What was written piece by piece, as the host tells it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Pieces {
    /// In base64.
    pub chunks: Vec<String>,
    /// What kind of answer it is.
    #[serde(default)]
    pub content_type: Option<String>,
}

/// A line of the code's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Line {
    /// Milliseconds since the start, or since the handler was called.
    pub at_ms: f64,
    /// The text, with its line end if it has one.
    pub text: String,
    /// Whether it was written before the handler was called; where the start failed, by the first of two.
    #[serde(default)]
    pub during_init: bool,
}

/// How an invocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum How {
    /// The environment has started, and nothing else was asked for.
    Ready,
    /// The handler returned; the environment stays warm.
    Returned,
    /// The handler raised; the environment stays warm.
    Failed,
    /// The handler could not be loaded; the environment is gone.
    InitFailed,
    /// It took too long; the environment is gone.
    TimedOut,
    /// The process ended by itself; the environment is gone.
    Exited,
    /// It wanted more memory than it has; the environment is gone.
    OutOfMemory,
    /// The host cannot run it.
    Unrunnable,
}

impl Ended {
    /// The line that Lambda writes before the report, where something went wrong.
    pub fn own_line(&self, request_id: &str, at: Timestamp) -> Option<String> {
        match self.outcome {
            How::TimedOut => {
                let at = at.iso_ms();
                let seconds = self.duration_ms / 1_000.0;
                Some(format!("{at} {request_id} Task timed out after {seconds:.2} seconds\n\n"))
            }
            _ if self.has_exited() => Some(format!(
                "RequestId: {request_id} Error: {}\nRuntime.ExitError\n",
                self.exited()
            )),
            _ => None,
        }
    }

    /// Whether the process ended by itself, or was ended for want of memory.
    fn has_exited(&self) -> bool {
        match self.outcome {
            How::Exited | How::OutOfMemory => true,
            // guess: that it is told as well where there is an answer.
            How::Returned | How::Failed => !self.status.is_empty(),
            How::Ready | How::InitFailed | How::TimedOut | How::Unrunnable => false,
        }
    }

    /// Whether no start went well, so that the handler was never called.
    pub fn never_started(&self) -> bool {
        let used_up = self.again_ms.is_some_and(|again| again >= self.duration_ms);
        self.outcome == How::InitFailed || self.outcome == How::TimedOut && used_up
    }

    /// Whether the start was tried once more as a part of the invocation.
    pub fn started_again(&self) -> bool {
        self.outcome == How::InitFailed || self.again_ms.is_some()
    }

    /// Whether the environment can take another invocation.
    fn stays_warm(&self) -> bool {
        matches!(self.outcome, How::Returned | How::Failed) && self.status.is_empty()
    }

    fn exited(&self) -> String {
        if self.status.is_empty() {
            return "Runtime exited without providing a reason".to_owned();
        }
        format!("Runtime exited with error: {}", self.status)
    }

    /// What the report says of it, and the kind of error.
    pub fn status(&self) -> Option<(&'static str, Option<String>)> {
        let error = |kind: &str| Some(("error", Some(kind.to_owned())));
        match self.outcome {
            How::TimedOut => Some(("timeout", None)),
            How::OutOfMemory => error("Runtime.OutOfMemory"),
            How::InitFailed => error(&self.init_error()),
            How::Unrunnable => error("Runtime.Unknown"),
            _ if self.has_exited() => error("Runtime.ExitError"),
            How::Ready | How::Returned | How::Failed | How::Exited => None,
        }
    }

    /// The kind of error of a start that failed: the runtime's own kinds have names.
    pub fn init_error(&self) -> String {
        let answered = serde_json::from_slice::<serde_json::Value>(&self.payload.0).ok();
        let kind = answered.as_ref().and_then(|it| it.get("errorType")?.as_str());
        let named = kind.filter(|it| it.starts_with("Runtime.") || it.starts_with("Function."));
        named.unwrap_or("Runtime.Unknown").to_owned()
    }

    /// The answer's payload, and whether it is an error.
    fn answer(&self, request_id: &str) -> (Bytes, bool) {
        let error = |kind: &str, message: String| {
            (Bytes::from(json!({ "errorType": kind, "errorMessage": message }).to_string()), true)
        };
        match self.outcome {
            How::Returned => match self.stream.as_ref().map(pieces) {
                Some(pieces) => (pieces.concat().into(), false),
                None if self.payload.0.len() > ANSWER_BYTES_MAX => too_large(ANSWER_BYTES_MAX),
                None => (self.payload.0.clone(), false),
            },
            How::Ready => (Bytes::from_static(b"null"), false),
            How::Failed | How::InitFailed => (self.payload.0.clone(), true),
            How::TimedOut => error(
                "Sandbox.Timedout",
                format!(
                    "RequestId: {request_id} Error: Task timed out after {:.2} seconds",
                    self.duration_ms / 1_000.0
                ),
            ),
            How::Exited | How::OutOfMemory => error(
                if self.outcome == How::Exited {
                    "Runtime.ExitError"
                } else {
                    "Runtime.OutOfMemory"
                },
                format!("RequestId: {request_id} Error: {}", self.exited()),
            ),
            How::Unrunnable => error("Cloudarium.CannotRun", self.status.clone()),
        }
    }
}

fn too_large(most: usize) -> (Bytes, bool) {
    let message =
        format!("Response payload size exceeded maximum allowed payload size ({most} bytes).");
    let kind = "Function.ResponseSizeTooLarge";
    (Bytes::from(json!({ "errorType": kind, "errorMessage": message }).to_string()), true)
}

/// The bytes that were written, up to the most that a stream may have.
fn pieces(told: &Pieces) -> Vec<Bytes> {
    let mut left = STREAM_BYTES_MAX;
    let read = told.chunks.iter().filter_map(|chunk| STANDARD.decode(chunk).ok());
    read.map_while(|chunk| {
        left = left.checked_sub(chunk.len())?;
        Some(Bytes::from(chunk))
    })
    .collect()
}

/// What a handler wrote piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// In order.
    pub pieces: Vec<Bytes>,
    /// What kind of answer it is, if the handler has said so.
    pub content_type: Option<String>,
}

/// What came of an invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    /// What was returned, or the error.
    pub payload: Bytes,
    /// Whether it is an error.
    pub failed: bool,
    /// What was written piece by piece, by a handler that streams.
    pub streamed: Option<Streamed>,
    /// The version that ran.
    pub version: String,
}

/// An invocation has ended.
pub fn finish(lambda: &mut State, cx: &mut Ctx<'_>, ticket: Ticket, told: Value) {
    let Some(running) = lambda.running.remove(&ticket) else {
        return allot::started(lambda, cx, ticket, told);
    };
    // A host that tells what nobody can read could not run it.
    let mut ended =
        from_value::<Ended>(told).unwrap_or_else(|error| unreadable(&error.to_string()));
    if lambda.allotted.contains_key(&running.environment) {
        // It was there before; where the host had no room to keep it, that is the host's own matter.
        ended.init_ms = None;
    }
    let (payload, failed) = ended.answer(&running.invocation.request_id);
    let version = running.invocation.version.clone();
    let mut tail = String::new();
    let config = version_of(lambda, &running);
    let trace = config
        .as_ref()
        .map(|config| Trace::of(lambda, &running.invocation, running.started, config));
    if let Some((config, trace)) = config.as_ref().zip(trace.as_ref()) {
        let lines = report::lines(&running, config, &ended, trace);
        tail = lines.iter().map(|(_, text)| text.as_str()).collect();
        charge(cx, config, report::billed_ms(&ended, f64::from(config.timeout_s) * 1_000.0));
        let place = (running.environment, &running.invocation.function);
        log(lambda, cx, place, (&config.logging.group, lines));
    }
    settle_environment(lambda, cx, &running, ended.stays_warm());
    let streamed = ended
        .stream
        .as_ref()
        .map(|told| Streamed { pieces: pieces(told), content_type: told.content_type.clone() });
    let result = Result { payload, failed, streamed, version };
    match Rc::unwrap_or_clone(running).invocation.origin {
        InvocationOrigin::Request(request, wants_log) => {
            let mut output = answer(&buffered(result), wants_log.then_some(tail));
            trace.inspect(|trace| trace.add_to_output(&mut output));
            cx.host.answer(request, Ok(output));
        }
        InvocationOrigin::Stream(request, wants_log) => {
            let mut output = stream(&result, wants_log.then_some(tail));
            trace.inspect(|trace| trace.add_to_output(&mut output));
            cx.host.answer(request, Ok(output));
        }
        InvocationOrigin::Url(request, mut headers) => {
            trace.inspect(|trace| trace.add_to_headers(&mut headers));
            let result = buffered(result);
            let output = url::answer::answer(&result.payload, result.failed, headers);
            cx.host.answer(request, Ok(output));
        }
        InvocationOrigin::UrlStream(request, mut headers) => {
            trace.inspect(|trace| trace.add_to_headers(&mut headers));
            cx.host.answer(request, Ok(url::stream::answer(&result, headers)));
        }
        InvocationOrigin::Event(number) => events::ended(lambda, cx, number, result),
        InvocationOrigin::Batch(number) => mapping::poll::ended(lambda, cx, number, &result),
    }
}

/// What a host tells of an invocation that it cannot run, in words for the learner.
pub fn unrunnable(words: &str) -> Value {
    Value::Map(Map::from([
        ("Outcome".to_owned(), Value::from("Unrunnable")),
        ("Status".to_owned(), Value::from(words)),
        ("DurationMs".to_owned(), Value::Float(0.0)),
        ("MaxMemoryMb".to_owned(), Value::Int(0)),
    ]))
}

fn unreadable(why: &str) -> Ended {
    Ended {
        outcome: How::Unrunnable,
        payload: Blob::default(),
        stream: None,
        status: format!("The host's answer cannot be read: {why}"),
        init_ms: None,
        duration_ms: 0.0,
        again_ms: None,
        max_memory_mb: 0,
        lines: Vec::new(),
    }
}

/// The configuration that ran; `None`: the function was deleted meanwhile.
fn version_of(lambda: &State, running: &Running) -> Option<Version> {
    let function = lambda.functions.get(&running.invocation.function)?;
    function.version(&running.invocation.version).cloned()
}

/// Writes to the log of a function's environment.
pub fn log(
    lambda: &State,
    cx: &mut Ctx<'_>,
    (number, key): (u64, &Key),
    (group, lines): (&str, Vec<(Timestamp, String)>),
) {
    let Some(environment) = lambda.environments.get(&number) else { return };
    let lines = LogLines { group: group.to_owned(), stream: environment.stream.clone(), lines };
    cx.host.emit(lines.event(&key.account, &key.region));
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>: an environment
/// whose code crashed or ran out of time is reset.
fn settle_environment(lambda: &mut State, cx: &mut Ctx<'_>, running: &Running, is_warm: bool) {
    if is_warm {
        let environment = lambda.environments.get_mut(&running.environment);
        if let Some(environment) = environment.map(Rc::make_mut) {
            environment.idle_since = Some(cx.now);
        }
    } else {
        lambda.environments.remove(&running.environment);
        allot::replace(lambda, cx, running.environment);
    }
}

/// What a start costs by itself, before anybody calls.
/// <https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/>
pub fn charge_start(cx: &mut Ctx<'_>, version: &Version, init_ms: f64) {
    let arm = version.architecture == "arm64";
    let usage_type = if arm { "Lambda-GB-Second-ARM" } else { "Lambda-GB-Second" };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded, positive")]
    let billed_ms = init_ms.clamp(0.0, 1e9).ceil() as u64;
    let quantity = billed_ms.saturating_mul(version.memory_mb.into());
    cx.host.charge(Charge { usage_type, verb: "Init", quantity });
}

/// Time is told in MB times milliseconds, of which the price list's GB-seconds are made.
fn charge(cx: &mut Ctx<'_>, version: &Version, billed_ms: u64) {
    let arm = version.architecture == "arm64";
    let (time, request) =
        if arm { ("Lambda-GB-Second-ARM", "Request-ARM") } else { ("Lambda-GB-Second", "Request") };
    let quantity = billed_ms.saturating_mul(version.memory_mb.into());
    cx.host.charge(Charge { usage_type: time, verb: "Invoke", quantity });
    cx.host.charge(Charge { usage_type: request, verb: "Invoke", quantity: 1 });
}

/// An answer that leaves as a whole may be no larger than others are.
fn buffered(mut result: Result) -> Result {
    if !result.failed && result.payload.len() > ANSWER_BYTES_MAX {
        (result.payload, result.failed) = too_large(ANSWER_BYTES_MAX);
    }
    result
}

fn answer(result: &Result, log: Option<String>) -> Value {
    let mut output = Map::from([
        ("StatusCode".to_owned(), Value::Int(200)),
        ("Payload".to_owned(), Value::Blob(result.payload.clone())),
        ("ExecutedVersion".to_owned(), Value::from(result.version.as_str())),
    ]);
    if result.failed {
        output.insert("FunctionError".to_owned(), Value::from("Unhandled"));
    }
    if let Some(log) = log {
        output.insert("LogResult".to_owned(), log_result(&log));
    }
    Value::Map(output)
}

/// The end of a log, as it is answered.
fn log_result(log: &str) -> Value {
    let from = log.len().saturating_sub(LOG_RESULT_BYTES);
    let tail = log.as_bytes().get(from..).unwrap_or_default();
    Value::String(STANDARD.encode(tail))
}

/// The answer as events: what was returned, and that it is all.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStreamCompleteEvent.html>
fn stream(result: &Result, log: Option<String>) -> Value {
    let event =
        |name: &str, members| Value::Map(Map::from([(name.to_owned(), Value::Map(members))]));
    let chunk = |payload: &Bytes| {
        let payload = Value::Blob(payload.clone());
        event("PayloadChunk", Map::from([("Payload".to_owned(), payload)]))
    };
    let mut complete = Map::new();
    let mut events = match &result.streamed {
        // What was written before something went wrong has left already.
        Some(streamed) => streamed.pieces.iter().map(chunk).collect(),
        None if result.failed => Vec::new(),
        None => vec![chunk(&result.payload)],
    };
    if result.failed {
        // guess: the documentation names the members, and gives no example.
        complete.insert("ErrorCode".to_owned(), Value::from("Unhandled"));
        let details = String::from_utf8_lossy(&result.payload).into_owned();
        complete.insert("ErrorDetails".to_owned(), Value::String(details));
    }
    if let Some(log) = log {
        complete.insert("LogResult".to_owned(), log_result(&log));
    }
    events.push(event("InvokeComplete", complete));
    Value::Map(Map::from([
        ("StatusCode".to_owned(), Value::Int(200)),
        ("ExecutedVersion".to_owned(), Value::from(result.version.as_str())),
        ("EventStream".to_owned(), Value::List(events)),
    ]))
}
