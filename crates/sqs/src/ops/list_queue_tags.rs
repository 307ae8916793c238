//! `ListQueueTags`: the tags of a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListQueueTagsInput {
    queue_url: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListQueueTagsOutput {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn list_queue_tags(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListQueueTagsInput,
) -> Result<ListQueueTagsOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "ListQueueTags")?;
    let queue = sqs.queues.get(&key).ok_or_else(Error::no_queue)?;
    Ok(ListQueueTagsOutput { tags: queue.tags.clone() })
}
