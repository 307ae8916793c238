//! `DeleteMessageBatch`: deletes up to ten messages; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::delete_message::delete;
use crate::batch::{self, Done, Ended};
use crate::error::Error;
use crate::model::State;

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
    let named = (input.queue_url.as_str(), "DeleteMessageBatch");
    batch::each(sqs, cx, named, input.entries, |queue, key, _, it: &Entry| {
        delete(queue, key, &it.receipt_handle)
    })
}

/// A message, by its handle.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Entry {
    id: String,
    receipt_handle: String,
}

impl batch::Entry for Entry {
    const KIND: &'static str = "DeleteMessageBatchRequestEntry";

    fn id(&self) -> &str {
        &self.id
    }
}
