//! `TagLogGroup`: adds tags to a log group, by its name: the way before `TagResource`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TagLogGroupInput {
    log_group_name: String,
    tags: BTreeMap<String, String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct TagLogGroupOutput {}

/// Runs the operation.
pub fn tag_log_group(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: TagLogGroupInput,
) -> Result<TagLogGroupOutput, Error> {
    tags::add(logs.group_mut(cx, &input.log_group_name)?, &input.log_group_name, input.tags)?;
    Ok(TagLogGroupOutput {})
}
