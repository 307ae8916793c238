//! `UntagResource`: takes tags away.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UntagResourceInput {
    pub(super) resource_arn: String,
    pub(super) tag_keys: Vec<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UntagResourceOutput {}

/// Runs the operation.
pub fn untag_resource(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, Error> {
    let _ = cx;
    states.check_taggable(&input.resource_arn)?;
    if let Some(tags) = states.tags.get_mut(&input.resource_arn) {
        tags.retain(|key, _| !input.tag_keys.contains(key));
    }
    Ok(UntagResourceOutput {})
}
