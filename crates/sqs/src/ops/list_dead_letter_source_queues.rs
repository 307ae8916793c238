//! `ListDeadLetterSourceQueues`: the queues whose dead letters come to a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{access, name, page, redrive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListDeadLetterSourceQueuesInput {
    queue_url: String,
    next_token: Option<String>,
    max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListDeadLetterSourceQueuesOutput {
    #[serde(rename = "queueUrls")]
    queue_urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_dead_letter_source_queues(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListDeadLetterSourceQueuesInput,
) -> Result<ListDeadLetterSourceQueuesOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "ListDeadLetterSourceQueues")?;
    let sources = redrive::sources(sqs, &key);
    let rows = sources.map(|key| (key.name.clone(), name::url(key)));
    let (queue_urls, next_token) = page::cut(rows, input.next_token.as_deref(), input.max_results)?;
    Ok(ListDeadLetterSourceQueuesOutput { queue_urls, next_token })
}
