//! `TagQueue`: adds tags to a queue.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access;
use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TagQueueInput {
    queue_url: String,
    tags: BTreeMap<String, String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct TagQueueOutput {}

/// Runs the operation.
pub fn tag_queue(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: TagQueueInput,
) -> Result<TagQueueOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "TagQueue")?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    let mut all = queue.tags.clone();
    all.extend(input.tags);
    check(&all)?;
    queue.tags = all;
    Ok(TagQueueOutput {})
}

/// Whether a queue may have these tags.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html>
pub fn check(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    if tags.len() > TAGS_MAX {
        return Err(Error::InvalidParameterValue(format!(
            "Too many tags added for queue: at most {TAGS_MAX} are allowed."
        )));
    }
    let is_good = |key: &str, value: &str| {
        (1..=128).contains(&key.chars().count())
            && value.chars().count() <= 256
            && !key.to_ascii_lowercase().starts_with("aws:")
    };
    match tags.iter().find(|(key, value)| !is_good(key, value)) {
        None => Ok(()),
        // guess: AWS documents the rules, and no words.
        Some((key, _)) => Err(Error::value(key, "TagKey", "The tag is not valid.")),
    }
}
