//! `DeleteQueue`: deletes a queue with all that lies in it.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html>
//!
//! Differences from AWS: it is gone at once, where AWS may take a minute.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::AGAIN_S;
use crate::model::State;
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteQueueInput {
    queue_url: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteQueueOutput {}

/// Runs the operation.
pub fn delete_queue(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteQueueInput,
) -> Result<DeleteQueueOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "DeleteQueue")?;
    let queue = sqs.queues.remove(&key).ok_or_else(Error::no_queue)?;
    receive::dismiss(sqs, cx, (&key, queue));
    let now = cx.now;
    let recent = sqs.deleted.iter().filter(|(_, at)| now.since(**at).as_secs() < AGAIN_S);
    sqs.deleted = recent.map(|(key, at)| (key.clone(), *at)).collect();
    sqs.deleted.insert(key, now);
    Ok(DeleteQueueOutput {})
}
