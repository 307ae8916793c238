//! `Invoke`: runs a function and waits for it, or hands it an event, or only asks whether it could.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_env::BlobRef;
use cloudarium_jackson::{Source, refusal};
use cloudarium_service::{Ctx, Fault, Outcome, Ticket};
use cloudarium_shape::{Blob, Map, Value};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;
use crate::limits::{ASYNC_BYTES_MAX, CONTEXT_BYTES_MAX, SYNC_BYTES_MAX};
use crate::model::{Invocation, InvocationOrigin, State};
use crate::name::{Target, function_arn};
use crate::trace::Trace;
use crate::{access, config, events, invoke, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct InvokeInput {
    function_name: String,
    invocation_type: Option<String>,
    log_type: Option<String>,
    client_context: Option<String>,
    payload: Option<Blob>,
    qualifier: Option<String>,
}

/// Whether the answer is a stream of events.
#[derive(Debug, Clone, Copy)]
pub struct Streams(pub bool);

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: InvokeInput = store::input("Invoke", value)?;
    begin(lambda, cx, input, Streams(false))
}

/// Begins what both operations ask for.
pub fn begin(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: InvokeInput,
    streams: Streams,
) -> Result<Outcome, Fault> {
    let target = Target::parse(cx, &input.function_name, input.qualifier.as_deref())?;
    // Recorded: what no qualifier was given for is told as `$LATEST`.
    let missing = |error| match target.qualifier {
        None => Error::no_function(&format!("{}:$LATEST", target.arn())),
        Some(_) => error,
    };
    let (function, version) = lambda.named(&target).map_err(missing)?;
    access::check_invoke(cx, &target, function)?;
    if !version.is_active(cx.now) {
        return Err(config::pending().into());
    }
    let payload = input.payload.map(|blob| blob.0).unwrap_or_default();
    let kind = input.invocation_type.as_deref().unwrap_or("RequestResponse");
    let payload = checked(payload, kind)?;
    check_context(input.client_context.as_deref())?;
    match kind {
        "DryRun" => Ok(Outcome::Output(status(204))),
        "Event" => {
            let payload = cx.blobs.put(payload);
            let chain = invoke::chain(lambda, cx);
            let id = cx.request_id.to_owned();
            let trace = Trace::new(&id, &function_arn(&target.key), cx.now);
            events::accept(lambda, cx, &target, (id, payload, input.client_context), chain);
            let mut output = status(202);
            trace.add_to_output(&mut output);
            Ok(Outcome::Output(output))
        }
        _ => {
            let payload = cx.blobs.put(payload);
            let wants_log = input.log_type.as_deref() == Some("Tail");
            let origin = |ticket| match streams {
                Streams(true) => InvocationOrigin::Stream(ticket, wants_log),
                Streams(false) => InvocationOrigin::Request(ticket, wants_log),
            };
            wait(lambda, cx, &target, (payload, input.client_context, &origin))
        }
    }
}

/// Begins an invocation whose end `origin` is told.
pub fn wait(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    target: &Target,
    (payload, client_context, origin): (
        BlobRef,
        Option<String>,
        &dyn Fn(Ticket) -> InvocationOrigin,
    ),
) -> Result<Outcome, Fault> {
    let function = lambda.function(target)?;
    let version = invoke::resolve(cx, (&target.key, function), target.qualifier.as_deref())?;
    let chain = invoke::chain(lambda, cx);
    let ticket = cx.host.park();
    let invocation = Invocation {
        function: target.key.clone(),
        version,
        invoked_arn: target.arn(),
        request_id: cx.request_id.to_owned(),
        payload,
        client_context,
        origin: origin(ticket),
        chain,
    };
    invoke::begin(lambda, cx, invocation)?;
    Ok(Outcome::Parked)
}

/// "Up to 3,583 bytes of base64-encoded data about the invoking client"; an object in JSON.
fn check_context(context: Option<&str>) -> Result<(), Error> {
    let Some(context) = context else { return Ok(()) };
    if context.len() > CONTEXT_BYTES_MAX {
        // guess: the documentation has the limit, and no words.
        return Err(Error::InvalidContent(format!(
            "Client context must be no more than {CONTEXT_BYTES_MAX} bytes when base64-encoded."
        )));
    }
    let object = STANDARD.decode(context).ok().filter(|bytes| {
        serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes).is_ok()
    });
    object.map(|_| ()).ok_or_else(|| {
        Error::InvalidContent(
            "Client context must be a valid Base64-encoded JSON object.".to_owned(),
        )
    })
}

fn status(status: i64) -> Value {
    Value::Map(Map::from([("StatusCode".to_owned(), Value::Int(status))]))
}

/// An event is JSON; none at all is an empty object.
fn checked(payload: Bytes, kind: &str) -> Result<Bytes, Error> {
    if kind == "Event" && payload.len() > ASYNC_BYTES_MAX {
        return Err(Error::RequestTooLarge(format!(
            "{} byte payload is too large for the Event invocation type (limit {ASYNC_BYTES_MAX} bytes)",
            payload.len()
        )));
    }
    if payload.len() > SYNC_BYTES_MAX {
        return Err(Error::RequestTooLarge(format!(
            "Request must be smaller than {SYNC_BYTES_MAX} bytes for the InvokeFunction operation"
        )));
    }
    if payload.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    let Err(error) = serde_json::from_slice::<IgnoredAny>(&payload) else { return Ok(payload) };
    // AWS's words are those of the parser that it reads bytes with.
    let text = str::from_utf8(&payload).ok();
    let why = text.and_then(|text| refusal(text, Source::Bytes));
    let why = why.map_or_else(|| error.to_string(), |it| it.to_string());
    Err(Error::InvalidContent(format!(
        "Could not parse request body into json: Could not parse payload into json: {why}"
    )))
}
