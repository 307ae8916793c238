//! `DeleteLogGroup`: deletes a log group with all its streams and events.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{retention, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteLogGroupInput {
    log_group_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteLogGroupOutput {}

/// Runs the operation.
pub fn delete_log_group(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteLogGroupInput,
) -> Result<DeleteLogGroupOutput, Error> {
    retention::unwatch(cx, logs.group_mut(cx, &input.log_group_name)?);
    logs.groups.remove(&store::key(cx, &input.log_group_name));
    Ok(DeleteLogGroupOutput {})
}
