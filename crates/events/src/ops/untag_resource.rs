//! `UntagResource`: takes tags away from a rule or a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::tag_resource;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UntagResourceInput {
    #[serde(rename = "ResourceARN")]
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct UntagResourceOutput {}

/// Runs the operation.
pub fn untag_resource(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, Error> {
    let tags = tag_resource::tags_mut(events, cx, &input.resource_arn, "UntagResource")?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(UntagResourceOutput {})
}
