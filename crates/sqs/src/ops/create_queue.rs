//! `CreateQueue`: makes a queue; one that is there already and is as asked for is told.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::AGAIN_S;
use crate::model::{Queue, State};
use crate::{attributes, name, redrive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateQueueInput {
    queue_name: String,
    attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "tags")]
    tags: Option<BTreeMap<String, String>>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateQueueOutput {
    queue_url: String,
}

/// Runs the operation.
pub fn create_queue(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateQueueInput,
) -> Result<CreateQueueOutput, Error> {
    let sent = input.attributes.unwrap_or_default();
    let settings = attributes::of_new(&sent)?;
    name::check(&input.queue_name, settings.fifo.is_some())?;
    let key = name::here(cx, &input.queue_name);
    let queue_url = name::url(&key);
    if let Some(there) = sqs.queues.get(&key) {
        // What is not sent is not compared.
        let differs = |name: &&String| {
            attributes::told(&there.settings, name) != attributes::told(&settings, name)
        };
        if let Some(name) = sent.keys().find(differs) {
            return Err(Error::QueueNameExists(format!(
                "A queue already exists with the same name and a different value for attribute \
                 {name}"
            )));
        }
        return Ok(CreateQueueOutput { queue_url });
    }
    let deleted = sqs.deleted.get(&key).filter(|at| cx.now.since(**at).as_secs() < AGAIN_S);
    if deleted.is_some() {
        return Err(Error::QueueDeletedRecently(format!(
            "You must wait {AGAIN_S} seconds after deleting a queue before you can create another \
             with the same name."
        )));
    }
    redrive::check(sqs, &key, &settings)?;
    let tags = input.tags.unwrap_or_default();
    super::tag_queue::check(&tags)?;
    sqs.deleted.remove(&key);
    sqs.queues.insert(key, Queue { tags, ..Queue::new(cx.now, settings) });
    Ok(CreateQueueOutput { queue_url })
}
