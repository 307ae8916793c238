//! What tasks ask for: API calls by name, activities, other executions.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html>

mod answer;
mod convert;
pub mod http;
pub mod mock;
mod target;

pub use target::knows;

use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::exec::{Purpose, Resource, TaskRequest};
use cloudarium_service::{ApiCall, Ctx, Fault, Ticket};
use cloudarium_shape::Value;
use serde_json::Value as Json;

use crate::drive;
use crate::model::{PendingCall, State, TaskToken};
use crate::ops;

/// Has a task done.
pub fn begin(states: &mut State, cx: &mut Ctx<'_>, arn: &str, mut request: TaskRequest) {
    if let Some(token) = &request.token {
        let given = TaskToken { execution_arn: arn.to_owned(), task: request.task };
        states.tokens.insert(token.clone(), given);
    }
    if request.resource == Resource::Activity {
        return ops::queue_task(states, cx, (arn, request.task), &request);
    }
    if http::is_http(&request.resource) {
        return http::begin(states, cx, arn, request);
    }
    let body = request.body.take();
    let Some(record) = states.executions.get(arn) else { return };
    let call = match target::of(&request, &[arn, &record.machine_arn]) {
        Ok(call) => call,
        Err((error, cause)) => return fail(states, cx, (arn, request.task), (error, cause)),
    };
    let role_arn = request.role_arn.unwrap_or_else(|| record.identity.role_arn.clone());
    let source = format!("{}:{}", record.identity.machine_name, request.state);
    let session = record.identity.name.clone();
    let (service, operation, mut input) = call;
    if let (Some(body), Value::Map(members)) = (body, &mut input) {
        members.insert("Body".to_owned(), Value::Blob(body.into()));
    }
    let ticket = cx.host.call(ApiCall {
        service: service.clone(),
        operation: operation.clone(),
        input,
        region: cx.region.to_owned(),
        role_arn,
        session,
        source: Some(source),
    });
    let pending = PendingCall {
        execution_arn: arn.to_owned(),
        task: request.task,
        resource: request.arn.to_string(),
        target: (service, operation),
        purpose: request.purpose,
        http: None,
    };
    states.calls.insert(ticket, pending);
}

/// A task's end is no longer waited for.
pub fn cancel(states: &mut State, cx: &mut Ctx<'_>, arn: &str, task: u64) {
    drop_work(states, cx, |execution, number| execution == arn && number == task);
}

/// An execution has ended: what it waited for does not matter any more. Its tokens stay known, so
/// that who gives one back is told that it is too late.
pub fn forget(states: &mut State, cx: &mut Ctx<'_>, arn: &str) {
    drop_work(states, cx, |execution, _| execution == arn);
}

/// Drops calls and queued tasks.
fn drop_work(states: &mut State, cx: &mut Ctx<'_>, which: impl Fn(&str, u64) -> bool) {
    let calls: Vec<Ticket> = states
        .calls
        .iter()
        .filter(|(_, call)| which(&call.execution_arn, call.task))
        .map(|(ticket, _)| *ticket)
        .collect();
    for ticket in calls {
        let dropped = states.calls.remove(&ticket);
        if let Some(limit) = dropped.and_then(|call| call.http?.limit) {
            cx.host.cancel_timer(limit);
        }
    }
    let queues: Vec<String> = states
        .activities
        .iter()
        .filter(|(_, activity)| activity.queue.iter().any(|(arn, task, _)| which(arn, *task)))
        .map(|(arn, _)| arn.clone())
        .collect();
    for arn in queues {
        if let Some(activity) = states.activities.get_mut(&arn) {
            activity.queue.retain(|(arn, task, _)| !which(arn, *task));
        }
    }
}

/// A call that a task made was answered.
pub fn call_done(
    states: &mut State,
    cx: &mut Ctx<'_>,
    ticket: Ticket,
    result: Result<Value, Fault>,
) {
    let Some(call) = states.calls.remove(&ticket) else { return };
    if http::is_of_http(&call) {
        return http::call_done(states, cx, call, result);
    }
    let place = (call.execution_arn.as_str(), call.task);
    if call.purpose == Purpose::Read {
        let answer = answer::read(&call, result);
        drive::act(states, cx, place.0, |execution, cx| execution.read(cx, place.1, answer));
        return drive::run(states, cx, place.0);
    }
    let resource = Resource::parse(&call.resource);
    match answer::of(cx, &call, &resource, result) {
        Err((error, cause)) => fail(states, cx, place, (Some(error), Some(cause))),
        Ok(output) if resource.waits_for_token() => {
            let output = asl::Doc::new(output);
            drive::act(states, cx, place.0, |execution, cx| {
                execution.task_submitted(cx, place.1, &output);
            });
        }
        Ok(output) if resource.waits_for_end() => {
            let started = output.get("ExecutionArn").and_then(Json::as_str).map(str::to_owned);
            let output = asl::Doc::new(output);
            drive::act(states, cx, place.0, |execution, cx| {
                execution.task_submitted(cx, place.1, &output);
            });
            if let Some(started) = started {
                wait_for(states, cx, place, (&started, call.resource.ends_with(":2")));
            }
        }
        Ok(output) => succeed(states, cx, place, output),
    }
}

/// Has a task wait for the end of an execution.
fn wait_for(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (arn, task): (&str, u64),
    (started, parsed): (&str, bool),
) {
    let Some(record) = states.executions.get_mut(started) else { return };
    if record.outcome.is_some() {
        return child_ended(states, cx, (arn, task, parsed), started);
    }
    Rc::make_mut(record).waiters.push((arn.to_owned(), task, parsed));
}

/// An execution that a task waits for has ended.
pub fn child_ended(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (arn, task, parsed): (&str, u64, bool),
    ended: &str,
) {
    let Some(record) = states.executions.get(ended) else { return };
    let (told, good) = (answer::execution(record, parsed), record.status() == "SUCCEEDED");
    if good {
        succeed(states, cx, (arn, task), told);
    } else {
        let cause = asl::doc::write(&told);
        let error = Some("States.TaskFailed".to_owned());
        fail(states, cx, (arn, task), (error, Some(cause)));
    }
}

/// A task has ended well.
pub fn succeed(states: &mut State, cx: &mut Ctx<'_>, (arn, task): (&str, u64), output: Json) {
    drive::act(states, cx, arn, |execution, cx| execution.task_succeeded(cx, task, output));
    drive::run(states, cx, arn);
}

/// A task has ended badly.
pub fn fail(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (arn, task): (&str, u64),
    why: (Option<String>, Option<String>),
) {
    drive::act(states, cx, arn, |execution, cx| execution.task_failed(cx, task, why));
    drive::run(states, cx, arn);
}
