//! `ListMessageMoveTasks`: the latest tasks that moved messages out of a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::MOVE_TASKS_LISTED_MAX;
use crate::model::State;
use crate::moves::Task;
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
