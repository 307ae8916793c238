//! `GetActivityTask`: gives a worker the next task of an activity, and waits for one for a minute.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html>

use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::exec::TaskRequest;
use cloudarium_service::{Fault, Outcome, Ticket};
use cloudarium_shape::{Map, Value};

use crate::limits::ACTIVITY_POLL_MS;
use crate::model::TaskToken;
use crate::{arn, drive};
use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetActivityTaskInput {
    pub(super) activity_arn: String,
    pub(super) worker_name: Option<String>,
}

/// Runs the operation.
pub fn get_activity_task(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: Value,
) -> Result<Outcome, Fault> {
    let input: GetActivityTaskInput = super::shared::typed("GetActivityTask", input)?;
    arn::of_kind(&input.activity_arn, &["activity"])?;
    super::shared::activity(states, &input.activity_arn)?;
    let activity = states.activities.get_mut(&input.activity_arn);
    let next = activity.and_then(|activity| activity.queue.pop_front());
    if let Some(next) = next {
        let worker = input.worker_name.as_deref();
        return Ok(Outcome::Output(give(states, cx, next, worker)));
    }
    let ticket = cx.host.park();
    let until = cx.now.as_ms() + ACTIVITY_POLL_MS;
    let timer = drive::limit_poll(cx, &input.activity_arn, until, ticket.0);
    if let Some(activity) = states.activities.get_mut(&input.activity_arn) {
        activity.pollers.push_back((ticket, input.worker_name, timer));
    }
    Ok(Outcome::Parked)
}

/// A task goes to a worker: the answer.
pub fn give(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (execution_arn, task, given): (String, u64, Rc<str>),
    worker: Option<&str>,
) -> Value {
    let token = asl::exec::new_token(&mut || cx.rng.next_u64());
    let place = TaskToken { execution_arn: execution_arn.clone(), task };
    states.tokens.insert(token.clone(), place);
    drive::act(states, cx, &execution_arn, |execution, cx| {
        execution.task_started(cx, task, worker);
    });
    let members = [("taskToken", Value::String(token)), ("input", Value::from(given.as_ref()))];
    Value::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A worker has waited long enough: it is told that there is nothing.
pub fn poll_ended(states: &mut State, cx: &mut Ctx<'_>, activity: &str, ticket: u64) {
    let Some(activity) = states.activities.get_mut(activity) else { return };
    let before = activity.pollers.len();
    activity.pollers.retain(|(waiting, ..)| waiting.0 != ticket);
    if activity.pollers.len() < before {
        cx.host.answer(Ticket(ticket), Ok(Value::Map(Map::new())));
    }
}

/// A task is for an activity: the first worker that waits has it, or it waits for one.
pub fn queue_task(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (execution_arn, task): (&str, u64),
    request: &TaskRequest,
) {
    let queued = (execution_arn.to_owned(), task, request.arguments.text());
    let Some(activity) = states.activities.get_mut(request.arn.as_ref()) else {
        let cause = format!("Activity Does Not Exist: '{}'", request.arn);
        let why = (Some("States.Runtime".to_owned()), Some(cause));
        return crate::tasks::fail(states, cx, (execution_arn, task), why);
    };
    let Some((ticket, worker, timer)) = activity.pollers.pop_front() else {
        return activity.queue.push_back(queued);
    };
    cx.host.cancel_timer(timer);
    let answer = give(states, cx, queued, worker.as_deref());
    cx.host.answer(ticket, Ok(answer));
}
