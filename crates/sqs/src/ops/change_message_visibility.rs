//! `ChangeMessageVisibility`: hides a message that is in flight for longer, or for no longer.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::VISIBILITY_S_MAX;
use crate::model::{Key, Queue, Stand, State};
use crate::queue::after;
use crate::{access, receipt, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ChangeMessageVisibilityInput {
    queue_url: String,
    receipt_handle: String,
    visibility_timeout: i64,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct ChangeMessageVisibilityOutput {}

/// Runs the operation.
pub fn change_message_visibility(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: ChangeMessageVisibilityInput,
) -> Result<ChangeMessageVisibilityOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "ChangeMessageVisibility")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.settle(cx.now);
    change(queue, &key, cx.now, (&input.receipt_handle, Some(input.visibility_timeout)))?;
    receive::attend(sqs, cx, &key);
    Ok(ChangeMessageVisibilityOutput {})
}

/// Hides a message for so long from now on.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html>
pub fn change(
    queue: &mut Queue,
    key: &Key,
    now: Timestamp,
    (handle, visibility_s): (&str, Option<i64>),
) -> Result<(), Error> {
    let visibility_s = visibility_s.ok_or_else(|| Error::missing("VisibilityTimeout"))?;
    let fits = (0..=VISIBILITY_S_MAX).contains(&visibility_s);
    let refused =
        |reason: &str| Error::value(&visibility_s.to_string(), "VisibilityTimeout", reason);
    let seconds = u32::try_from(visibility_s).ok().filter(|_| fits).ok_or_else(|| {
        refused(&format!("VisibilityTimeout must be an integer between 0 and {VISIBILITY_S_MAX}."))
    })?;
    let receipt = receipt::read(key, queue, handle).ok_or_else(|| {
        Error::ReceiptHandleIsInvalid(format!(
            "The input receipt handle \"{handle}\" is not a valid receipt handle."
        ))
    })?;
    let of_handle = |reason: &str| Err(Error::value(handle, "ReceiptHandle", reason));
    let message = queue.messages.get(&receipt.number);
    let Some(message) = message.filter(|it| matches!(it.stand, Stand::InFlight(_))) else {
        return of_handle(
            "Message does not exist or is not available for visibility timeout change.",
        );
    };
    if queue.is_fifo() && message.receives != receipt.receive {
        return of_handle("The receipt handle has expired.");
    }
    // "The 12-hour limit starts from the time Amazon SQS receives the ReceiveMessage request."
    let hidden_s = message.last_received.map_or(0, |at| now.since(at).as_secs());
    let most = u64::try_from(VISIBILITY_S_MAX).unwrap_or(u64::MAX);
    if seconds > 0 && hidden_s + u64::from(seconds) > most {
        return Err(refused(&format!(
            "Total VisibilityTimeout for the message is beyond the limit [{VISIBILITY_S_MAX} seconds]"
        )));
    }
    let stand = if seconds == 0 { Stand::Ready } else { Stand::InFlight(after(now, seconds)) };
    queue.stand(receipt.number, stand);
    Ok(())
}
