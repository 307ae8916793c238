//! `AddPermission`: lets other accounts do things with a queue: a statement in its policy.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>

use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::statement::{self, New};
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AddPermissionInput {
    queue_url: String,
    label: String,
    #[serde(rename = "AWSAccountIds")]
    aws_account_ids: Vec<String>,
    actions: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct AddPermissionOutput {}

/// Runs the operation.
pub fn add_permission(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: AddPermissionInput,
) -> Result<AddPermissionOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "AddPermission")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    let new =
        New { label: &input.label, accounts: &input.aws_account_ids, actions: &input.actions };
    let policy = statement::add(queue.settings.policy.as_deref(), &key, &new)?;
    Rc::make_mut(&mut queue.settings).policy = Some(policy);
    queue.modified = cx.now;
    receive::renew(sqs, cx, &key);
    Ok(AddPermissionOutput {})
}
