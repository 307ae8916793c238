//! `UpdateMapRun`: changes how many items of a Map run may run at once or fail.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html>
//!
//! Differences from AWS: the new settings are shown, and hold for the next run: one that runs keeps its own.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateMapRunInput {
    pub(super) map_run_arn: String,
    pub(super) max_concurrency: Option<i64>,
    pub(super) tolerated_failure_percentage: Option<f64>,
    pub(super) tolerated_failure_count: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateMapRunOutput {}

/// Runs the operation.
pub fn update_map_run(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateMapRunInput,
) -> Result<UpdateMapRunOutput, Error> {
    let _ = cx;
    super::shared::map_run(states, &input.map_run_arn)?;
    if let Some(run) = states.map_runs.get_mut(&input.map_run_arn) {
        if run.status != "RUNNING" {
            return Err(Error::validation("Map Run is not running and cannot be updated"));
        }
        run.max_concurrency = input.max_concurrency.unwrap_or(run.max_concurrency);
        run.tolerated_count = input.tolerated_failure_count.unwrap_or(run.tolerated_count);
        run.tolerated_percentage =
            input.tolerated_failure_percentage.unwrap_or(run.tolerated_percentage);
    }
    Ok(UpdateMapRunOutput {})
}
