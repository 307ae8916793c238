//! `GetQueueAttributes`: what is set on a queue, and about how much lies in it.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{access, attributes};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetQueueAttributesInput {
    queue_url: String,
    attribute_names: Option<Vec<String>>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetQueueAttributesOutput {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn get_queue_attributes(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    input: GetQueueAttributesInput,
) -> Result<GetQueueAttributesOutput, Error> {
    let key = access::of_url(sqs, cx, &input.queue_url, "GetQueueAttributes")?;
    let queue = sqs.queues.get(&key).ok_or_else(Error::no_queue)?;
    let asked = input.attribute_names.unwrap_or_default();
    let is_known = |name: &str| name == "All" || attributes::NAMES.contains(&name);
    if let Some(name) = asked.iter().find(|name| !is_known(name)) {
        return Err(attributes::unknown(name));
    }
    let is_asked = |name: &str| asked.iter().any(|it| it == "All" || it == name);
    let counts = queue.counts(cx.now);
    let told = attributes::NAMES.iter().filter(|name| is_asked(name)).filter_map(|name| {
        Some(((*name).to_owned(), attributes::shown((&key, queue), counts, name)?))
    });
    Ok(GetQueueAttributesOutput { attributes: told.collect() })
}
