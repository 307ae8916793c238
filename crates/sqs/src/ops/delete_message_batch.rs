//! `DeleteMessageBatch`: deletes up to ten messages; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::delete_message::delete;
use crate::batch::{self, Done, Ended};
use crate::error::Error;
use crate::model::State;
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteMessageBatchInput {
    queue_url: String,
    entries: Vec<Entry>,
}

/// Runs the operation.
pub fn delete_message_batch(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteMessageBatchInput,
) -> Result<Ended<Done>, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "DeleteMessageBatch")?;
    let ids = input.entries.iter().map(|it| it.id.as_str());
    batch::check("DeleteMessageBatchRequestEntry", ids)?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.settle(cx.now);
    let mut ended = Ended::none();
    for Entry { id, receipt_handle } in input.entries {
        let deleted = delete(queue, &key, &receipt_handle);
        ended.add(id.clone(), deleted.map(|()| Done { id }));
    }
    receive::attend(sqs, cx, &key);
    Ok(ended)
}

/// A message, by its handle.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Entry {
    id: String,
    receipt_handle: String,
}
