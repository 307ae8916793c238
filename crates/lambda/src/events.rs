//! Asynchronous invocations: a queue that tries again, and what comes of those that end.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>

use std::time::Duration;

use cloudarium_env::{BlobRef, place};
use cloudarium_service::{ApiCall, Ctx};
use cloudarium_shape::{Map, Value};
use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::finish::Result as Ended;
use crate::invoke;
use crate::limits::{EVENT_AGE_S, RETRIES, RETRY_MS};
use crate::model::{
    AsyncEvent, EventConfig, Invocation, InvocationOrigin, Key, LATEST, State, Version,
};
use crate::name::{Target, qualified};

/// Takes in an event, and tries it at once.
pub fn accept(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    target: &Target,
    (request_id, payload, client_context): (String, BlobRef, Option<String>),
    chain: Vec<String>,
) {
    let number = lambda.next_event;
    lambda.next_event += 1;
    let invocation = Invocation {
        function: target.key.clone(),
        version: String::new(),
        invoked_arn: target.arn(),
        request_id,
        payload,
        client_context,
        origin: InvocationOrigin::Event(number),
        chain,
    };
    let event = AsyncEvent {
        invocation,
        qualifier: target.qualifier.clone(),
        accepted: cx.now,
        attempts: 0,
        throttled: 0,
    };
    // Where others wait, it waits behind them: only the first is tried again.
    let last = waiting(lambda, &target.key).last().map(|(_, last)| last.throttled);
    let event = AsyncEvent { throttled: last.unwrap_or(0), ..event };
    lambda.events.insert(number, event);
    if last.is_none() {
        attempt(lambda, cx, number);
    }
}

/// The events of a function that found no room to run, in the order in which they came.
fn waiting<'a>(lambda: &'a State, function: &Key) -> impl Iterator<Item = (u64, &'a AsyncEvent)> {
    let function = function.clone();
    let all = lambda.events.iter().map(|(number, event)| (*number, event));
    all.filter(move |(_, event)| event.throttled > 0 && event.invocation.function == function)
}

/// An event waits no more: the one behind it is tried.
fn pass_on(lambda: &State, cx: &mut Ctx<'_>, event: &AsyncEvent) {
    if event.throttled == 0 {
        return;
    }
    if let Some((next, _)) = waiting(lambda, &event.invocation.function).next() {
        again(cx, next, Duration::ZERO);
    }
}

/// It is time to try an event again.
pub fn timer(lambda: &mut State, cx: &mut Ctx<'_>, payload: &Value) {
    if let Some(Value::Int(number)) = payload.get("event") {
        attempt(lambda, cx, u64::try_from(*number).unwrap_or(u64::MAX));
    }
}

fn attempt(lambda: &mut State, cx: &mut Ctx<'_>, number: u64) {
    let Some(event) = lambda.events.get(&number).cloned() else { return };
    let key = &event.invocation.function;
    let Some(function) = lambda.functions.get(key) else {
        // Nothing is left that could tell where it should go.
        lambda.events.remove(&number);
        pass_on(lambda, cx, &event);
        return;
    };
    let config = config(lambda, &event);
    let age_max = config.max_age_s.unwrap_or(EVENT_AGE_S);
    if cx.now.since(event.accepted).as_secs() > age_max.into() {
        give_up(lambda, cx, number, "EventAgeExceeded", None);
        pass_on(lambda, cx, &event);
        return;
    }
    let version = invoke::resolve(cx, (key, function), event.qualifier.as_deref());
    let begun = version.and_then(|version| {
        let invocation = Invocation { version, ..event.invocation.clone() };
        invoke::begin(lambda, cx, invocation)
    });
    match begun {
        Ok(()) => {
            if let Some(event) = lambda.events.get_mut(&number) {
                event.attempts += 1;
                event.throttled = 0;
            }
            pass_on(lambda, cx, &event);
        }
        Err(Error::Recursive(_)) => {
            give_up(lambda, cx, number, "RecursiveInvocation", None);
            pass_on(lambda, cx, &event);
        }
        // "increases exponentially from 1 second after the first attempt to a maximum of 5 minutes"
        Err(_) => {
            let last = waiting(lambda, key).filter(|(it, _)| *it != number).last();
            let last = last.map(|(_, last)| last.throttled).filter(|_| event.throttled == 0);
            if let Some(event) = lambda.events.get_mut(&number) {
                event.throttled = last.unwrap_or(event.throttled + 1);
            }
            if last.is_some() {
                return;
            }
            let wait =
                Duration::from_secs(1_u64 << event.throttled.min(9)).min(Duration::from_mins(5));
            again(cx, number, wait);
        }
    }
}

fn again(cx: &mut Ctx<'_>, number: u64, wait: Duration) {
    let number = Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let payload = Value::Map(Map::from([("event".to_owned(), number)]));
    cx.host.set_timer(cx.now.plus(wait), payload);
}

/// An attempt has ended.
pub fn ended(lambda: &mut State, cx: &mut Ctx<'_>, number: u64, result: Ended) {
    let Some(event) = lambda.events.get(&number).cloned() else { return };
    let config = config(lambda, &event);
    if !result.failed {
        lambda.events.remove(&number);
        if let Some(destination) = &config.on_success {
            let record = record(cx, &event, "Success", Some(&result));
            send(lambda, cx, &event, (destination, record));
        }
        return;
    }
    if event.attempts > config.retries.unwrap_or(RETRIES) {
        give_up(lambda, cx, number, "RetriesExhausted", Some(&result));
        return;
    }
    let at = usize::try_from(event.attempts).unwrap_or(1).saturating_sub(1);
    let wait = RETRY_MS.get(at).or(RETRY_MS.last()).copied().unwrap_or(60_000);
    again(cx, number, Duration::from_millis(wait));
}

/// The event is tried no more: it goes to its destination, and to its dead-letter queue.
fn give_up(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    number: u64,
    condition: &str,
    result: Option<&Ended>,
) {
    let Some(event) = lambda.events.remove(&number) else { return };
    if let Some(destination) = config(lambda, &event).on_failure {
        let record = record(cx, &event, condition, result);
        send(lambda, cx, &event, (&destination, record));
    }
    let dead_letter = version(lambda, &event).and_then(|version| version.dead_letter.clone());
    if let Some(queue) = dead_letter {
        let message = result.map_or_else(String::new, |it| error_message(&it.payload));
        dead_letter_call(lambda, cx, &event, (&queue, &message));
    }
}

fn config(lambda: &State, event: &AsyncEvent) -> EventConfig {
    let qualifier = event.qualifier.as_deref().unwrap_or(LATEST);
    let function = lambda.functions.get(&event.invocation.function);
    let config = function.and_then(|function| function.event_configs.get(qualifier)).cloned();
    config.unwrap_or(EventConfig {
        modified: event.accepted,
        retries: None,
        max_age_s: None,
        on_success: None,
        on_failure: None,
    })
}

fn version<'a>(lambda: &'a State, event: &AsyncEvent) -> Option<&'a Version> {
    let function = lambda.functions.get(&event.invocation.function)?;
    Some(function.version(&event.invocation.version).unwrap_or(&function.latest))
}

fn payload(cx: &Ctx<'_>, blob: &BlobRef) -> Json {
    let bytes = cx.blobs.get(blob, 0..blob.length).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or(Json::Null)
}

fn error_message(payload: &[u8]) -> String {
    let json: Json = serde_json::from_slice(payload).unwrap_or(Json::Null);
    json.get("errorMessage").and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
fn record(cx: &Ctx<'_>, event: &AsyncEvent, condition: &str, result: Option<&Ended>) -> Json {
    let invocation = &event.invocation;
    let arn = qualified(&invocation.function, Some(event.qualifier.as_deref().unwrap_or(LATEST)));
    let mut record = json!({
        "version": "1.0",
        "timestamp": cx.now.iso_ms(),
        "requestContext": {
            "requestId": invocation.request_id,
            "functionArn": arn,
            "condition": condition,
            "approximateInvokeCount": event.attempts,
        },
        "requestPayload": payload(cx, &invocation.payload),
    });
    if let (Some(result), Some(members)) = (result, record.as_object_mut()) {
        let mut context = json!({ "statusCode": 200, "executedVersion": result.version });
        if let Some(context) = context.as_object_mut().filter(|_| result.failed) {
            context.insert("functionError".to_owned(), json!("Unhandled"));
        }
        let response = serde_json::from_slice(&result.payload).unwrap_or(Json::Null);
        members.insert("responseContext".to_owned(), context);
        members.insert("responsePayload".to_owned(), response);
    }
    record
}

/// Sends a record to where the function's owner wants it.
fn send(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    event: &AsyncEvent,
    (destination, record): (&str, Json),
) {
    let Some(arn) = place::Arn::parse(destination) else { return };
    let text = |text: &str| Value::from(text);
    let body = record.to_string();
    let (operation, members): (&str, Vec<(&str, Value)>) = match arn.service {
        "lambda" => {
            // What another function gets is part of the same chain, so that loops end.
            let Ok(target) = Target::read(cx, destination, None) else { return };
            let payload = cx.blobs.put(body.into());
            let id = cx.rng.uuid();
            accept(lambda, cx, &target, (id, payload, None), invoke::extended(&event.invocation));
            return;
        }
        "sqs" => {
            ("SendMessage", vec![("QueueUrl", text(&queue_url(arn))), ("MessageBody", text(&body))])
        }
        "sns" => ("Publish", vec![("TopicArn", text(destination)), ("Message", text(&body))]),
        "events" => ("PutEvents", vec![("Entries", Value::List(vec![entry(arn, &record)]))]),
        "s3" => ("PutObject", object(cx, arn, event, &body)),
        _ => return,
    };
    call(lambda, cx, event, (arn, operation, members));
}

fn queue_url(arn: place::Arn<'_>) -> String {
    format!("https://sqs.{}.amazonaws.com/{}/{}", arn.region, arn.account, arn.resource)
}

fn entry(arn: place::Arn<'_>, record: &Json) -> Value {
    let condition = record.pointer("/requestContext/condition").and_then(Json::as_str);
    let kind = if condition == Some("Success") { "Success" } else { "Failure" };
    let bus = arn.resource.rsplit('/').next().unwrap_or_default();
    let entry = [
        ("Source", "lambda".to_owned()),
        ("DetailType", format!("Lambda Function Invocation Result - {kind}")),
        ("Detail", record.to_string()),
        ("EventBusName", bus.to_owned()),
    ];
    let entry = entry.into_iter().map(|(name, value)| (name.to_owned(), Value::String(value)));
    Value::Map(entry.collect())
}

fn object(
    cx: &Ctx<'_>,
    arn: place::Arn<'_>,
    event: &AsyncEvent,
    body: &str,
) -> Vec<(&'static str, Value)> {
    let Invocation { function, request_id, .. } = &event.invocation;
    let now = cx.now.iso_s();
    let day = now.get(..10).unwrap_or_default().replace('-', "/");
    let moment = now.replace(':', ".");
    let key = format!("aws/lambda/async/{}/{day}/{moment}-{request_id}", function.name);
    vec![
        ("Bucket", Value::from(arn.resource)),
        ("Key", Value::String(key)),
        ("Body", Value::Blob(body.to_owned().into())),
    ]
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq>
fn dead_letter_call(
    lambda: &State,
    cx: &mut Ctx<'_>,
    event: &AsyncEvent,
    (queue, message): (&str, &str),
) {
    let Some(arn) = place::Arn::parse(queue) else { return };
    let body = payload(cx, &event.invocation.payload).to_string();
    let attribute = |kind: &str, value: &str| {
        let members = [("DataType", kind), ("StringValue", value)];
        Value::Map(members.into_iter().map(|(n, v)| (n.to_owned(), Value::from(v))).collect())
    };
    let attributes = Value::Map(Map::from([
        ("RequestID".to_owned(), attribute("String", &event.invocation.request_id)),
        ("ErrorCode".to_owned(), attribute("Number", "200")),
        ("ErrorMessage".to_owned(), attribute("String", message.get(..1_024).unwrap_or(message))),
    ]));
    let (operation, mut members) = if arn.service == "sqs" {
        let url = Value::String(queue_url(arn));
        ("SendMessage", vec![("QueueUrl", url), ("MessageBody", Value::String(body))])
    } else {
        ("Publish", vec![("TopicArn", Value::from(queue)), ("Message", Value::String(body))])
    };
    members.push(("MessageAttributes", attributes));
    call(lambda, cx, event, (arn, operation, members));
}

fn call(
    lambda: &State,
    cx: &mut Ctx<'_>,
    event: &AsyncEvent,
    (arn, operation, members): (place::Arn<'_>, &str, Vec<(&str, Value)>),
) {
    let Some(version) = version(lambda, event) else { return };
    let function = &event.invocation.function;
    let input = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    cx.host.call(ApiCall {
        service: arn.service.to_owned(),
        operation: operation.to_owned(),
        input: Value::Map(input),
        region: if arn.region.is_empty() { &function.region } else { arn.region }.to_owned(),
        role_arn: version.role.clone(),
        session: function.name.clone(),
        source: Some(function.name.clone()),
    });
}
