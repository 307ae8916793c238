//! From what a client sends to a message in a queue.

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::limits::{DELAY_S_MAX, ID_CHARS_MAX};
use crate::message::{self, AttributeIn};
use crate::model::{Attribute, Content, Queue, Sent};
use crate::queue::sequence;

/// A message as it is sent.
#[derive(Debug, Default)]
pub struct Draft {
    /// The text.
    pub body: String,
    /// Seconds until it can be received.
    pub delay_s: Option<i64>,
    /// By name.
    pub attributes: Option<BTreeMap<String, AttributeIn>>,
    /// By name.
    pub system: Option<BTreeMap<String, AttributeIn>>,
    /// Of a FIFO queue.
    pub deduplication_id: Option<String>,
    /// Of a FIFO queue, or of a tenant.
    pub group: Option<String>,
}

/// A message that was checked.
#[derive(Debug)]
pub struct Checked {
    content: Content,
    delay_s: u32,
}

impl Draft {
    /// What its attributes and its body weigh.
    pub fn bytes(&self) -> usize {
        let attributes = self.attributes.iter().flatten();
        self.body.len() + attributes.map(|(name, it)| name.len() + it.bytes()).sum::<usize>()
    }
}

/// What is answered of a message that was sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SentMessage {
    #[serde(rename = "MD5OfMessageBody")]
    md5_of_message_body: String,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_system_attributes: Option<String>,
    message_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence_number: Option<String>,
}

/// Checks a message against all that its queue asks for.
pub fn check(cx: &Ctx<'_>, queue: &Queue, draft: Draft) -> Result<Checked, Error> {
    if draft.body.is_empty() {
        return Err(Error::missing("MessageBody"));
    }
    message::check_text(&draft.body, "message body")?;
    let bytes = draft.bytes();
    let attributes = message::checked(draft.attributes.unwrap_or_default())?;
    let trace_header = message::trace_header(draft.system.unwrap_or_default())?;
    let most = queue.settings.message_bytes_max;
    if bytes > usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(Error::InvalidParameterValue(format!(
            "One or more parameters are invalid. Reason: Message must be shorter than {most} bytes."
        )));
    }
    let delay_s = delay(queue, draft.delay_s)?;
    check_id(draft.group.as_deref(), "MessageGroupId")?;
    check_id(draft.deduplication_id.as_deref(), "MessageDeduplicationId")?;
    let deduplication_id = match &queue.settings.fifo {
        None => match &draft.deduplication_id {
            None => None,
            Some(id) => return Err(wrong_kind(id, "MessageDeduplicationId")),
        },
        Some(_) if draft.group.is_none() => return Err(Error::missing("MessageGroupId")),
        Some(fifo) => Some(match draft.deduplication_id {
            Some(id) => id,
            None if fifo.content_based => hex::encode(Sha256::digest(draft.body.as_bytes())),
            None => {
                return Err(Error::InvalidParameterValue(
                    "The queue should either have ContentBasedDeduplication enabled or \
                     MessageDeduplicationId provided explicitly"
                        .to_owned(),
                ));
            }
        }),
    };
    let content = Content {
        body: draft.body,
        attributes,
        trace_header,
        sender_id: sender(cx),
        group: draft.group,
        deduplication_id,
    };
    Ok(Checked { content, delay_s })
}

/// Of nobody in particular AWS tells the address.
fn sender(cx: &Ctx<'_>) -> String {
    if cx.caller.is_anonymous() {
        return cx.facts.source_ip.clone().unwrap_or_default();
    }
    cx.caller.user_id.clone()
}

fn delay(queue: &Queue, sent: Option<i64>) -> Result<u32, Error> {
    let Some(sent) = sent else { return Ok(queue.settings.delay_s) };
    if queue.is_fifo() {
        // "When you set FifoQueue, you can't set DelaySeconds per message. You can set this parameter only on a queue
        // level." What does not differ from what a queue says anyway is let pass.
        if sent == i64::from(queue.settings.delay_s) || sent == 0 {
            return Ok(queue.settings.delay_s);
        }
        return Err(wrong_kind(&sent.to_string(), "DelaySeconds"));
    }
    let reason = format!("DelaySeconds must be >= 0 and <= {DELAY_S_MAX}.");
    let refused = || Error::value(&sent.to_string(), "DelaySeconds", &reason);
    let fits = (0..=DELAY_S_MAX).contains(&sent);
    u32::try_from(sent).ok().filter(|_| fits).ok_or_else(refused)
}

fn wrong_kind(value: &str, parameter: &str) -> Error {
    let reason = "The request include parameter that is not valid for this queue type";
    Error::value(value, parameter, reason)
}

/// Whether an id has only the characters that it may have.
pub fn check_id(id: Option<&str>, parameter: &str) -> Result<(), Error> {
    let Some(id) = id else { return Ok(()) };
    if !id.is_empty() && id.len() <= ID_CHARS_MAX && id.bytes().all(|it| it.is_ascii_graphic()) {
        return Ok(());
    }
    let reason = format!(
        "{parameter} can only include alphanumeric and punctuation characters. 1 to \
         {ID_CHARS_MAX} in length."
    );
    Err(Error::value(id, parameter, &reason))
}

/// Puts a message into a queue. To a FIFO queue, the same message within five minutes is sent once.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
pub fn put(cx: &mut Ctx<'_>, queue: &mut Queue, checked: Checked) -> SentMessage {
    queue.settle(cx.now);
    let Checked { content, delay_s } = checked;
    let trace = content.trace_header.clone();
    let system: BTreeMap<String, Attribute> =
        trace.into_iter().map(|it| ("AWSTraceHeader".to_owned(), it)).collect();
    let answer = |message_id: String, sequence_number: Option<String>| SentMessage {
        md5_of_message_body: message::md5_of_text(&content.body),
        md5_of_message_attributes: message::md5_of_attributes(&content.attributes),
        md5_of_message_system_attributes: message::md5_of_attributes(&system),
        message_id,
        sequence_number,
    };
    let scope_is_group = queue.settings.fifo.as_ref().is_some_and(|fifo| fifo.scope_is_group);
    let group = content.group.clone().filter(|_| scope_is_group).unwrap_or_default();
    let same = content.deduplication_id.clone().map(|id| (group, id));
    if let Some(sent) = same.as_ref().and_then(|same| queue.sent.get(same)) {
        return answer(sent.message_id.clone(), Some(sequence(sent.number)));
    }
    let id = cx.rng.uuid();
    let number = queue.next;
    let answer = answer(id.clone(), queue.is_fifo().then(|| sequence(number)));
    queue.send(cx.now, (id.clone(), content), delay_s);
    if let Some(same) = same {
        queue.remember(same, Sent { at: cx.now, message_id: id, number });
    }
    answer
}
