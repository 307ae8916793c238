//! Tasks that move messages out of a dead-letter queue, a second's worth at a time.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_service::Ctx;
use serde::Serialize;
use serde_json::json;

use crate::error::Error;
use crate::limits::MOVE_RATE_MAX;
use crate::model::{Key, Message, MoveStatus, MoveTask, Stand, State};
use crate::{name, receive, redrive};

/// Starts a task.
pub fn start(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    (source, destination): (Key, Option<Key>),
    rate: Option<u32>,
) -> Result<String, Error> {
    if redrive::sources(sqs, &source).next().is_none() {
        return Err(Error::InvalidParameterValue(
            "Source queue must be configured as a Dead Letter Queue.".to_owned(),
        ));
    }
    let runs = |it: &MoveTask| it.source == source && matches!(it.status, MoveStatus::Running(_));
    if sqs.moves.values().any(runs) {
        return Err(Error::UnsupportedOperation(
            "There is already a task running. Only one active task is allowed for a source queue \
             arn at a given time."
                .to_owned(),
        ));
    }
    let task_id = cx.rng.uuid();
    let arn = name::arn(&source);
    let handle = STANDARD.encode(json!({ "taskId": task_id, "sourceArn": arn }).to_string());
    let number = sqs.next_move;
    sqs.next_move += 1;
    let to_move = sqs.queues.get(&source).map_or(0, |it| it.counts(cx.now).ready);
    let timer = receive::set_move_timer(cx, number);
    sqs.moves.insert(
        number,
        MoveTask {
            source,
            destination,
            rate,
            handle: handle.clone(),
            status: MoveStatus::Running(timer),
            moved: 0,
            to_move,
            started: cx.now,
        },
    );
    Ok(handle)
}

/// A second has gone by.
pub fn go_on(sqs: &mut State, cx: &mut Ctx<'_>, number: u64) {
    let Some(task) = sqs.moves.get(&number).cloned() else { return };
    if !matches!(task.status, MoveStatus::Running(_)) {
        return;
    }
    let most = u64::from(task.rate.unwrap_or(u32::try_from(MOVE_RATE_MAX).unwrap_or(u32::MAX)));
    let mut moved = 0;
    let mut status = None;
    while moved < most && status.is_none() {
        match one(sqs, cx, &task) {
            Ok(true) => moved += 1,
            Ok(false) => status = Some(MoveStatus::Completed),
            Err(why) => status = Some(MoveStatus::Failed(why.to_owned())),
        }
    }
    let left = sqs.queues.get(&task.source).map_or(0, |it| it.ready.len());
    if status.is_none() && left == 0 {
        status = Some(MoveStatus::Completed);
    }
    let status = status.unwrap_or_else(|| MoveStatus::Running(receive::set_move_timer(cx, number)));
    if let Some(task) = sqs.moves.get_mut(&number) {
        task.moved += moved;
        task.status = status;
    }
}

/// Moves one message; `false` if there is none.
fn one(sqs: &mut State, cx: &mut Ctx<'_>, task: &MoveTask) -> Result<bool, &'static str> {
    const GONE: &str = "AWS.SimpleQueueService.NonExistentQueue";
    let queue = sqs.queues.get_mut(&task.source).ok_or(GONE)?;
    queue.settle(cx.now);
    let Some(number) = queue.next_ready(1).first().copied() else { return Ok(false) };
    let found = queue.messages.get(&number);
    let origin = found.and_then(|it| name::of_arn(it.dead_letter_source.as_deref()?));
    let target = task.destination.clone().or(origin).ok_or("CouldNotDetermineMessageSource")?;
    let has_group = found.is_some_and(|it| it.content.group.is_some());
    if sqs.queues.get(&target).ok_or(GONE)?.is_fifo() && !has_group {
        return Err("AWS.SimpleQueueService.UnsupportedOperation");
    }
    let message = sqs.queues.get_mut(&task.source).and_then(|it| it.remove(number)).ok_or(GONE)?;
    let queue = sqs.queues.get_mut(&target).ok_or(GONE)?;
    // "Redriven messages are considered new messages with a new messageID and enqueueTime assigned to them."
    let id = cx.rng.uuid();
    queue.put(Message {
        content: Rc::clone(&message.content),
        id,
        sent: cx.now,
        first_received: None,
        last_received: None,
        receives: 0,
        stand: Stand::Ready,
        dead_letter_source: None,
        receives_before: 0,
    });
    receive::attend(sqs, cx, &target);
    Ok(true)
}

/// Cancels a task; tells how many messages it has moved.
pub fn cancel(sqs: &mut State, cx: &mut Ctx<'_>, handle: &str) -> Result<u64, Error> {
    let is_it = |it: &MoveTask| it.handle == handle && it.source.account == cx.caller.account;
    let found = sqs.moves.iter().find(|(_, it)| is_it(it)).map(|(number, _)| *number);
    let task = found.and_then(|number| sqs.moves.get_mut(&number));
    let task = task.ok_or_else(|| Error::ResourceNotFound("Task does not exist.".to_owned()))?;
    let MoveStatus::Running(timer) = task.status else {
        return Err(Error::InvalidParameterValue("Task is not running.".to_owned()));
    };
    task.status = MoveStatus::Cancelled;
    cx.host.cancel_timer(timer);
    Ok(task.moved)
}

/// A task, as it is told.
#[allow(clippy::struct_field_names, reason = "AWS's names")]
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Task {
    #[serde(skip_serializing_if = "Option::is_none")]
    task_handle: Option<String>,
    status: &'static str,
    source_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_number_of_messages_per_second: Option<u32>,
    approximate_number_of_messages_moved: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    approximate_number_of_messages_to_move: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_reason: Option<String>,
    started_timestamp: i64,
}

impl From<&MoveTask> for Task {
    fn from(task: &MoveTask) -> Self {
        let (status, failure_reason) = match &task.status {
            MoveStatus::Running(_) => ("RUNNING", None),
            MoveStatus::Completed => ("COMPLETED", None),
            MoveStatus::Cancelled => ("CANCELLED", None),
            MoveStatus::Failed(why) => ("FAILED", Some(why.clone())),
        };
        let runs = status == "RUNNING";
        Self {
            // "Only populated if the task status is RUNNING", both.
            task_handle: runs.then(|| task.handle.clone()),
            approximate_number_of_messages_to_move: runs.then_some(task.to_move),
            status,
            source_arn: name::arn(&task.source),
            destination_arn: task.destination.as_ref().map(name::arn),
            max_number_of_messages_per_second: task.rate,
            approximate_number_of_messages_moved: task.moved,
            failure_reason,
            started_timestamp: task.started.as_ms(),
        }
    }
}
