//! `UntagLogGroup`: takes tags from a log group, by its name: the way before `UntagResource`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UntagLogGroupInput {
    log_group_name: String,
    tags: Vec<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct UntagLogGroupOutput {}

/// Runs the operation.
pub fn untag_log_group(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: UntagLogGroupInput,
) -> Result<UntagLogGroupOutput, Error> {
    let group = logs.group_mut(cx, &input.log_group_name)?;
    group.tags.retain(|key, _| !input.tags.contains(key));
    Ok(UntagLogGroupOutput {})
}
