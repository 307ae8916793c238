//! `TagResource`: adds tags to a state machine or an activity.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html>

use crate::store::Tag;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TagResourceInput {
    pub(super) resource_arn: String,
    pub(super) tags: Vec<Tag>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TagResourceOutput {}

/// Runs the operation.
pub fn tag_resource(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: TagResourceInput,
) -> Result<TagResourceOutput, Error> {
    let _ = cx;
    states.check_taggable(&input.resource_arn)?;
    states.tag(&input.resource_arn, input.tags)?;
    Ok(TagResourceOutput {})
}
