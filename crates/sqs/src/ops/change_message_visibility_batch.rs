//! `ChangeMessageVisibilityBatch`: hides up to ten messages for longer, or for no longer; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::change_message_visibility::change;
use crate::batch::{self, Done, Ended};
use crate::error::Error;
use crate::model::State;

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
    let named = (input.queue_url.as_str(), "ChangeMessageVisibilityBatch");
    batch::each(sqs, cx, named, input.entries, |queue, key, now, it: &Entry| {
        change(queue, key, now, (&it.receipt_handle, it.visibility_timeout))
    })
}

/// A message, by its handle.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Entry {
    id: String,
    receipt_handle: String,
    visibility_timeout: Option<i64>,
}

impl batch::Entry for Entry {
    const KIND: &'static str = "ChangeMessageVisibilityBatchRequestEntry";

    fn id(&self) -> &str {
        &self.id
    }
}
