//! `CreateLogStream`: makes a log stream in a group.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html>

use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{State, Stream};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLogStreamInput {
    log_group_name: String,
    log_stream_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct CreateLogStreamOutput {}

/// Runs the operation.
pub fn create_log_stream(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateLogStreamInput,
) -> Result<CreateLogStreamOutput, Error> {
    let now = cx.now;
    let group = logs.group_mut(cx, &input.log_group_name)?;
    if group.streams.contains_key(&input.log_stream_name) {
        return Err(Error::StreamExists);
    }
    group.streams.insert(input.log_stream_name, Rc::new(Stream::new(now)));
    Ok(CreateLogStreamOutput {})
}
