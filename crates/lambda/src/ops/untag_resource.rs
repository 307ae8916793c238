//! `UntagResource`: takes tags from a function, or from an event source mapping.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UntagResourceInput {
    resource: String,
    tag_keys: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct UntagResourceOutput {}

/// Runs the operation.
pub fn untag_resource(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, Error> {
    tags::of_mut(lambda, cx, &input.resource)?.retain(|key, _| !input.tag_keys.contains(key));
    Ok(UntagResourceOutput {})
}
