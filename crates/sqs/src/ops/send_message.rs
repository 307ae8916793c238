//! `SendMessage`: puts a message into a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::message::AttributeIn;
use crate::model::State;
use crate::send::{self, Draft, SentMessage};
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SendMessageInput {
    queue_url: String,
    message_body: String,
    delay_seconds: Option<i64>,
    message_attributes: Option<BTreeMap<String, AttributeIn>>,
    message_system_attributes: Option<BTreeMap<String, AttributeIn>>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

/// Runs the operation.
pub fn send_message(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: SendMessageInput,
) -> Result<SentMessage, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "SendMessage")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    let draft = Draft {
        body: input.message_body,
        delay_s: input.delay_seconds,
        attributes: input.message_attributes,
        system: input.message_system_attributes,
        deduplication_id: input.message_deduplication_id,
        group: input.message_group_id,
    };
    let checked = send::check(cx, queue, draft)?;
    let sent = send::put(cx, queue, checked);
    receive::attend(sqs, cx, &key);
    Ok(sent)
}
