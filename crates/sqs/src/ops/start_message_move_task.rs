//! `StartMessageMoveTask`: moves messages from a dead-letter queue to where they came from, or elsewhere.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::MOVE_RATE_MAX;
use crate::model::{Key, State};
use crate::{access, moves, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct StartMessageMoveTaskInput {
    source_arn: String,
    destination_arn: Option<String>,
    max_number_of_messages_per_second: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartMessageMoveTaskOutput {
    task_handle: String,
}

/// Runs the operation.
pub fn start_message_move_task(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: StartMessageMoveTaskInput,
) -> Result<StartMessageMoveTaskOutput, Error> {
    let source = queue(sqs, cx, (&input.source_arn, "SourceArn"))?;
    let destination = match &input.destination_arn {
        Some(arn) => Some(queue(sqs, cx, (arn, "DestinationArn"))?),
        None => None,
    };
    let rate = input.max_number_of_messages_per_second;
    let fits = |it: &i64| (1..=MOVE_RATE_MAX).contains(it);
    if let Some(rate) = rate.filter(|it| !fits(it)) {
        let reason = format!("Must be between 1 and {MOVE_RATE_MAX}, if provided.");
        return Err(Error::value(&rate.to_string(), "MaxNumberOfMessagesPerSecond", &reason));
    }
    let rate = rate.and_then(|it| u32::try_from(it).ok());
    let task_handle = moves::start(sqs, cx, (source, destination), rate)?;
    Ok(StartMessageMoveTaskOutput { task_handle })
}

fn queue(sqs: &State, cx: &Ctx<'_>, (arn, parameter): (&str, &str)) -> Result<Key, Error> {
    let missing = || {
        Error::ResourceNotFound(format!(
            "The resource that you specified for the {parameter} parameter doesn't exist."
        ))
    };
    let key = name::of_arn(arn).ok_or_else(missing)?;
    if !sqs.queues.contains_key(&key) || key.region != cx.region {
        return Err(missing());
    }
    access::check(sqs, cx, &key, "StartMessageMoveTask")?;
    Ok(key)
}
