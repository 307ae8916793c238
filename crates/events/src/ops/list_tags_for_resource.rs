//! `ListTagsForResource`: the tags of a rule or a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::tag_resource::Tag;
use crate::error::Error;
use crate::model::State;
use crate::{access, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListTagsForResourceInput {
    #[serde(rename = "ResourceARN")]
    resource_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceOutput {
    tags: Vec<Tag>,
}

/// Runs the operation.
pub fn list_tags_for_resource(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, Error> {
    let arn = input.resource_arn;
    let tags = if let Some(key) = name::rule_of_arn(&arn) {
        access::check(events, cx, &key.bus, "ListTagsForResource", &[])?;
        events.rule(&key)?.tags.clone()
    } else {
        let key = name::bus_of_arn(&arn).ok_or_else(|| Error::parameter("ResourceARN"))?;
        access::check(events, cx, &key, "ListTagsForResource", &[])?;
        if !events.has_bus(&key) {
            return Err(Error::no_bus(&key));
        }
        events.buses.get(&key).map(|bus| bus.tags.clone()).unwrap_or_default()
    };
    let tags = tags.into_iter().map(|(key, value)| Tag { key, value }).collect();
    Ok(ListTagsForResourceOutput { tags })
}
