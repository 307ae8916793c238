//! `ListMessageMoveTasks`: the latest tasks that moved messages out of a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::MOVE_TASKS_LISTED_MAX;
use crate::model::{MoveStatus, MoveTask, State};
use crate::{access, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListMessageMoveTasksInput {
    source_arn: String,
    max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMessageMoveTasksOutput {
    results: Vec<Task>,
}

/// Runs the operation.
pub fn list_message_move_tasks(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListMessageMoveTasksInput,
) -> Result<ListMessageMoveTasksOutput, Error> {
    let key = name::of_arn(&input.source_arn).filter(|key| sqs.queues.contains_key(key));
    let key = key.ok_or_else(|| {
        Error::ResourceNotFound(
            "The resource that you specified for the SourceArn parameter doesn't exist.".to_owned(),
        )
    })?;
    access::check(sqs, cx, &key, "ListMessageMoveTasks")?;
    let most = input.max_results.unwrap_or(1);
    if !(1..=MOVE_TASKS_LISTED_MAX).contains(&most) {
        let reason = format!("Must be between 1 and {MOVE_TASKS_LISTED_MAX}, if provided.");
        return Err(Error::value(&most.to_string(), "MaxResults", &reason));
    }
    let most = usize::try_from(most).unwrap_or(1);
    let tasks = sqs.moves.values().rev().filter(|task| task.source == key);
    Ok(ListMessageMoveTasksOutput { results: tasks.take(most).map(Task::from).collect() })
}

/// A task, as it is told.
#[allow(clippy::struct_field_names, reason = "AWS's names")]
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Task {
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
