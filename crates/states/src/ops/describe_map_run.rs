//! `DescribeMapRun`: tells where a Map run stands.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html>
//!
//! Differences from AWS: a batch counts as one item.

use crate::model::MapRun;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeMapRunInput {
    pub(super) map_run_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeMapRunOutput {
    map_run_arn: String,
    execution_arn: String,
    status: String,
    start_date: Timestamp,
    stop_date: Option<Timestamp>,
    max_concurrency: i64,
    tolerated_failure_percentage: f64,
    tolerated_failure_count: i64,
    item_counts: Counts,
    execution_counts: Counts,
    redrive_count: u32,
    redrive_date: Option<Timestamp>,
}

/// Runs the operation.
pub fn describe_map_run(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeMapRunInput,
) -> Result<DescribeMapRunOutput, Error> {
    let _ = cx;
    let run = super::shared::map_run(states, &input.map_run_arn)?;
    Ok(DescribeMapRunOutput {
        execution_arn: run.execution_arn.clone(),
        status: run.status.clone(),
        start_date: run.started,
        stop_date: run.stopped,
        max_concurrency: run.max_concurrency,
        tolerated_failure_percentage: run.tolerated_percentage,
        tolerated_failure_count: run.tolerated_count,
        item_counts: Counts::of(run),
        execution_counts: Counts::of(run),
        redrive_count: run.redrives,
        redrive_date: run.redriven,
        map_run_arn: input.map_run_arn,
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    pending: usize,
    running: usize,
    succeeded: usize,
    failed: usize,
    timed_out: usize,
    aborted: usize,
    total: usize,
    results_written: usize,
    failures_not_redrivable: usize,
    pending_redrive: usize,
}

impl Counts {
    fn of(run: &MapRun) -> Self {
        let [running, succeeded, failed, timed_out, aborted] = run.counts;
        let begun = running + succeeded + failed + timed_out + aborted;
        Self {
            pending: run.total.saturating_sub(begun),
            running,
            succeeded,
            failed,
            timed_out,
            aborted,
            total: run.total,
            results_written: succeeded,
            failures_not_redrivable: 0,
            pending_redrive: 0,
        }
    }
}
