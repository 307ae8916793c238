//! `SetQueueAttributes`: changes what is set on a queue. It counts at once.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
//!
//! Differences from AWS: nothing takes a minute (or, for the retention period, a quarter of an hour) to count.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{access, attributes, receive, redrive};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SetQueueAttributesInput {
    queue_url: String,
    attributes: BTreeMap<String, String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct SetQueueAttributesOutput {}

/// Runs the operation.
pub fn set_queue_attributes(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: SetQueueAttributesInput,
) -> Result<SetQueueAttributesOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "SetQueueAttributes")?;
    let queue = sqs.queues.get(&key).ok_or_else(Error::no_queue)?;
    let mut settings = (*queue.settings).clone();
    attributes::apply(&mut settings, &input.attributes)?;
    if input.attributes.contains_key("RedrivePolicy") {
        redrive::check(sqs, &key, &settings)?;
    }
    if let Some(queue) = sqs.queues.get_mut(&key) {
        queue.settings = Rc::new(settings);
        queue.modified = cx.now;
    }
    receive::attend(sqs, cx, &key);
    if input.attributes.contains_key("Policy") {
        receive::renew(sqs, cx, &key);
    }
    Ok(SetQueueAttributesOutput {})
}
