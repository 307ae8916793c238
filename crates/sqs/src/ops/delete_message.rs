//! `DeleteMessage`: deletes a message, by the handle that came with it.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Key, Queue, Stand, State};
use crate::{access, receipt, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteMessageInput {
    queue_url: String,
    receipt_handle: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteMessageOutput {}

/// Runs the operation.
pub fn delete_message(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteMessageInput,
) -> Result<DeleteMessageOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "DeleteMessage")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.settle(cx.now);
    delete(queue, &key, &input.receipt_handle)?;
    receive::attend(sqs, cx, &key);
    Ok(DeleteMessageOutput {})
}

/// Deletes the message that a handle is of; one that is gone already is gone. In a standard queue also an older handle
/// does (recorded by many; AWS says that it may or may not). In a FIFO queue a handle is good as long as the message
/// is in flight by it.
pub fn delete(queue: &mut Queue, key: &Key, handle: &str) -> Result<(), Error> {
    let receipt = receipt::read(key, queue, handle).ok_or_else(|| {
        Error::ReceiptHandleIsInvalid(format!(
            "The input receipt handle \"{handle}\" is not a valid receipt handle."
        ))
    })?;
    let Some(message) = queue.messages.get(&receipt.number) else { return Ok(()) };
    let is_its = message.receives == receipt.receive && matches!(message.stand, Stand::InFlight(_));
    if queue.is_fifo() && !is_its {
        let reason = "The receipt handle has expired.";
        return Err(Error::value(handle, "ReceiptHandle", reason));
    }
    queue.remove(receipt.number);
    Ok(())
}
