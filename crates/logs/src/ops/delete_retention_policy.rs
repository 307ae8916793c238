//! `DeleteRetentionPolicy`: has the events of a group kept for ever.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::retention;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRetentionPolicyInput {
    log_group_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteRetentionPolicyOutput {}

/// Runs the operation.
pub fn delete_retention_policy(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteRetentionPolicyInput,
) -> Result<DeleteRetentionPolicyOutput, Error> {
    let now = cx.now;
    let group = logs.group_mut(cx, &input.log_group_name)?;
    retention::purge(group, now);
    group.retention_days = None;
    retention::unwatch(cx, logs.group_mut(cx, &input.log_group_name)?);
    Ok(DeleteRetentionPolicyOutput {})
}
