//! `ListTagsLogGroup`: the tags of a log group, by its name: the way before `ListTagsForResource`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListTagsLogGroupInput {
    log_group_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsLogGroupOutput {
    tags: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn list_tags_log_group(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTagsLogGroupInput,
) -> Result<ListTagsLogGroupOutput, Error> {
    let tags = logs.group(cx, &input.log_group_name)?.tags.clone();
    Ok(ListTagsLogGroupOutput { tags })
}
