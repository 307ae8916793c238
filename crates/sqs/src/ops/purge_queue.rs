//! `PurgeQueue`: deletes all that lies in a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html>
//!
//! Differences from AWS: all is gone at once, where AWS may take a minute.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access;
use crate::error::Error;
use crate::limits::AGAIN_S;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PurgeQueueInput {
    queue_url: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PurgeQueueOutput {}

/// Runs the operation.
pub fn purge_queue(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: PurgeQueueInput,
) -> Result<PurgeQueueOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "PurgeQueue")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    if queue.purged.is_some_and(|at| cx.now.since(at).as_secs() < AGAIN_S) {
        return Err(Error::PurgeQueueInProgress(format!(
            "Only one PurgeQueue operation on {} is allowed every {AGAIN_S} seconds.",
            key.name
        )));
    }
    queue.purge(cx.now);
    Ok(PurgeQueueOutput {})
}
