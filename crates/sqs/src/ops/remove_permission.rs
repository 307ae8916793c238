//! `RemovePermission`: takes a statement out of a queue's policy.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html>

use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{access, receive, statement};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RemovePermissionInput {
    queue_url: String,
    label: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct RemovePermissionOutput {}

/// Runs the operation.
pub fn remove_permission(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: RemovePermissionInput,
) -> Result<RemovePermissionOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "RemovePermission")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    let policy = statement::remove(queue.settings.policy.as_deref(), &key, &input.label)?;
    Rc::make_mut(&mut queue.settings).policy = policy;
    queue.modified = cx.now;
    receive::renew(sqs, cx, &key);
    Ok(RemovePermissionOutput {})
}
