//! `SendMessageBatch`: puts up to ten messages into a queue; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::batch::{self, Ended};
use crate::error::Error;
use crate::limits::BATCH_BYTES_MAX;
use crate::message::AttributeIn;
use crate::model::State;
use crate::send::{self, Draft, SentMessage};
use crate::{access, receive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SendMessageBatchInput {
    queue_url: String,
    entries: Vec<Entry>,
}

/// Runs the operation.
pub fn send_message_batch(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: SendMessageBatchInput,
) -> Result<Ended<Sent>, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "SendMessageBatch")?;
    let ids = input.entries.iter().map(|it| it.id.as_str());
    batch::check("SendMessageBatchRequestEntry", ids)?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    let drafts: Vec<_> = input.entries.into_iter().map(Entry::draft).collect();
    let bytes: usize = drafts.iter().map(|(_, draft)| draft.bytes()).sum();
    if bytes > BATCH_BYTES_MAX {
        return Err(Error::BatchRequestTooLong(format!(
            "Batch requests cannot be longer than {BATCH_BYTES_MAX} bytes. You have sent {bytes} \
             bytes."
        )));
    }
    let drafts = drafts.into_iter().map(|(id, draft)| (id, send::check(cx, queue, draft)));
    let checked: Vec<_> = drafts.collect();
    let mut ended = Ended::none();
    for (id, checked) in checked {
        let sent = checked.map(|it| send::put(cx, queue, it));
        ended.add(id.clone(), sent.map(|sent| Sent { id, sent }));
    }
    receive::attend(sqs, cx, &key);
    Ok(ended)
}

/// A message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Entry {
    id: String,
    message_body: String,
    delay_seconds: Option<i64>,
    message_attributes: Option<BTreeMap<String, AttributeIn>>,
    message_system_attributes: Option<BTreeMap<String, AttributeIn>>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

impl Entry {
    fn draft(self) -> (String, Draft) {
        let draft = Draft {
            body: self.message_body,
            delay_s: self.delay_seconds,
            attributes: self.message_attributes,
            system: self.message_system_attributes,
            deduplication_id: self.message_deduplication_id,
            group: self.message_group_id,
        };
        (self.id, draft)
    }
}

/// A message that was sent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    id: String,
    #[serde(flatten)]
    sent: SentMessage,
}
