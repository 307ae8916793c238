//! `ListTagsForResource`: lists the tags of a state machine or an activity.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html>

use crate::store::Tag;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListTagsForResourceInput {
    pub(super) resource_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceOutput {
    tags: Vec<Tag>,
}

/// Runs the operation.
pub fn list_tags_for_resource(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, Error> {
    let _ = cx;
    states.check_taggable(&input.resource_arn)?;
    let tags = states.tags.get(&input.resource_arn);
    let tag = |(key, value): (&String, &String)| Tag {
        key: Some(key.clone()),
        value: Some(value.clone()),
    };
    Ok(ListTagsForResourceOutput { tags: tags.into_iter().flatten().map(tag).collect() })
}
