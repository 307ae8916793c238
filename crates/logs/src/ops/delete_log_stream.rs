//! `DeleteLogStream`: deletes a log stream with all its events.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteLogStreamInput {
    log_group_name: String,
    log_stream_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteLogStreamOutput {}

/// Runs the operation.
pub fn delete_log_stream(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteLogStreamInput,
) -> Result<DeleteLogStreamOutput, Error> {
    let group = logs.group_mut(cx, &input.log_group_name)?;
    if !group.forget_stream(&input.log_stream_name) {
        return Err(Error::NoSuchStream);
    }
    Ok(DeleteLogStreamOutput {})
}
