//! `UntagResource`: takes tags from a log group, by its ARN.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UntagResourceInput {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct UntagResourceOutput {}

/// Runs the operation.
pub fn untag_resource(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, Error> {
    let group = tags::group_of_arn(logs, cx, &input.resource_arn)?;
    group.tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(UntagResourceOutput {})
}
