//! `ChangeMessageVisibilityBatch`: hides up to ten messages for longer, or for no longer; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::change_message_visibility::change;
use crate::batch::{self, Done, Ended};
use crate::error::Error;
use crate::model::State;
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ChangeMessageVisibilityBatchInput {
    queue_url: String,
    entries: Vec<Entry>,
}

/// Runs the operation.
pub fn change_message_visibility_batch(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ChangeMessageVisibilityBatchInput,
) -> Result<Ended<Done>, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "ChangeMessageVisibilityBatch")?;
    let ids = input.entries.iter().map(|it| it.id.as_str());
    batch::check("ChangeMessageVisibilityBatchRequestEntry", ids)?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.settle(cx.now);
    let mut ended = Ended::none();
    for Entry { id, receipt_handle, visibility_timeout } in input.entries {
        let changed = change(queue, &key, cx.now, (&receipt_handle, visibility_timeout));
        ended.add(id.clone(), changed.map(|()| Done { id }));
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
    visibility_timeout: Option<i64>,
}
