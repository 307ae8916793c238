//! `ListTagsForResource`: the tags of a log group, by its ARN.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListTagsForResourceInput {
    resource_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceOutput {
    tags: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn list_tags_for_resource(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, Error> {
    let tags = tags::group_of_arn(logs, cx, &input.resource_arn)?.tags.clone();
    Ok(ListTagsForResourceOutput { tags })
}
