//! `TagResource`: adds tags to a log group, by its ARN.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TagResourceInput {
    resource_arn: String,
    tags: BTreeMap<String, String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct TagResourceOutput {}

/// Runs the operation.
pub fn tag_resource(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: TagResourceInput,
) -> Result<TagResourceOutput, Error> {
    tags::add(tags::group_of_arn(logs, cx, &input.resource_arn)?, &input.resource_arn, input.tags)?;
    Ok(TagResourceOutput {})
}
