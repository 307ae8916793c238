//! `ListQueues`: the addresses of the account's queues in a Region.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{name, page};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListQueuesInput {
    queue_name_prefix: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListQueuesOutput {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    queue_urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_queues(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListQueuesInput,
) -> Result<ListQueuesOutput, Error> {
    let prefix = input.queue_name_prefix.unwrap_or_default();
    let here = sqs.queues.keys().filter(|key| {
        key.account == cx.caller.account && key.region == cx.region && key.name.starts_with(&prefix)
    });
    let rows = here.map(|key| (key.name.clone(), name::url(key)));
    let (queue_urls, next_token) = page::cut(rows, input.next_token.as_deref(), input.max_results)?;
    Ok(ListQueuesOutput { queue_urls, next_token })
}
