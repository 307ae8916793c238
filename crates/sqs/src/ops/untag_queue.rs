//! `UntagQueue`: takes tags away from a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UntagQueueInput {
    queue_url: String,
    tag_keys: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct UntagQueueOutput {}

/// Runs the operation.
pub fn untag_queue(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagQueueInput,
) -> Result<UntagQueueOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "UntagQueue")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(UntagQueueOutput {})
}
