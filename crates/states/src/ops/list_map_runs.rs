//! `ListMapRuns`: lists the Map runs of an execution.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html>

use crate::{arn, token};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListMapRunsInput {
    pub(super) execution_arn: String,
    pub(super) max_results: Option<i64>,
    pub(super) next_token: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListMapRunsOutput {
    map_runs: Vec<MapRunItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_map_runs(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListMapRunsInput,
) -> Result<ListMapRunsOutput, Error> {
    let _ = cx;
    arn::of_kind(&input.execution_arn, &["execution"])?;
    let record = states.execution(&input.execution_arn)?;
    let machine = record.machine_arn.clone();
    let mut all: Vec<MapRunItem> = states
        .map_runs
        .iter()
        .filter(|(_, run)| run.execution_arn == input.execution_arn)
        .map(|(arn, run)| MapRunItem {
            map_run_arn: arn.clone(),
            execution_arn: run.execution_arn.clone(),
            state_machine_arn: machine.clone(),
            start_date: run.started,
            stop_date: run.stopped,
        })
        .collect();
    all.sort_by_key(|run| std::cmp::Reverse(run.start_date));
    let (map_runs, next_token) =
        token::page(all.into_iter(), input.max_results, input.next_token.as_deref())?;
    Ok(ListMapRunsOutput { map_runs, next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct MapRunItem {
    map_run_arn: String,
    execution_arn: String,
    state_machine_arn: String,
    start_date: Timestamp,
    stop_date: Option<Timestamp>,
}
