//! `GetQueueUrl`: the address of a queue, by its name.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Key, State};
use crate::{access, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetQueueUrlInput {
    queue_name: String,
    #[serde(rename = "QueueOwnerAWSAccountId")]
    queue_owner_aws_account_id: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetQueueUrlOutput {
    queue_url: String,
}

/// Runs the operation.
pub fn get_queue_url(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: GetQueueUrlInput,
) -> Result<GetQueueUrlOutput, Error> {
    let here = name::here(cx, &input.queue_name);
    let account = input.queue_owner_aws_account_id.unwrap_or_else(|| here.account.clone());
    let key = Key { account, ..here };
    access::check(sqs, cx, &key, "GetQueueUrl")?;
    Ok(GetQueueUrlOutput { queue_url: name::url(&key) })
}
