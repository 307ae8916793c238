//! `ListExecutions`: lists the executions of a state machine or a Map run, the newest first.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;

use crate::model::Record;
use crate::{arn, token};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListExecutionsInput {
    pub(super) state_machine_arn: Option<String>,
    pub(super) status_filter: Option<String>,
    pub(super) max_results: Option<i64>,
    pub(super) next_token: Option<String>,
    pub(super) map_run_arn: Option<String>,
    pub(super) redrive_filter: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListExecutionsOutput {
    executions: Vec<ExecutionItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_executions(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListExecutionsInput,
) -> Result<ListExecutionsOutput, Error> {
    let _ = cx;
    let owner = match (&input.state_machine_arn, &input.map_run_arn) {
        (Some(named), None) => {
            let (machine_arn, _) = arn::machine(named)?;
            if states.machine(&machine_arn)?.express {
                let message = "This operation is not supported by this type of state machine";
                return Err(Error::state_machine_type_not_supported(message));
            }
            machine_arn
        }
        (None, Some(run)) => {
            arn::of_kind(run, &["mapRun"])?;
            if !states.map_runs.contains_key(run) {
                return Err(Error::resource_not_found(format!("Resource not found: '{run}'")));
            }
            run.clone()
        }
        _ => {
            let message = "Must specify either stateMachineArn or mapRunArn, but not both";
            return Err(Error::validation(message));
        }
    };
    let arns = states.by_owner.get(&owner).cloned().unwrap_or_default();
    let fits = |record: &&Rc<Record>| {
        let asked_status =
            input.status_filter.as_deref().is_none_or(|asked| asked == record.status());
        let alias = input.state_machine_arn.as_deref().is_none_or(|named| {
            named == owner
                || record.alias_arn.as_deref() == Some(named)
                || record.identity.version_arn.as_deref() == Some(named)
        });
        let redriven = input
            .redrive_filter
            .as_deref()
            .is_none_or(|asked| (asked == "REDRIVEN") == (record.identity.redrive_count > 0));
        asked_status && alias && redriven
    };
    let all = arns.iter().rev().filter_map(|arn| states.executions.get(arn)).filter(fits);
    let (page, next_token) = token::page(all, input.max_results, input.next_token.as_deref())?;
    let executions = page.into_iter().map(|record| ExecutionItem::of(record)).collect();
    Ok(ListExecutionsOutput { executions, next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecutionItem {
    execution_arn: String,
    state_machine_arn: String,
    name: String,
    status: &'static str,
    start_date: Timestamp,
    stop_date: Option<Timestamp>,
    map_run_arn: Option<String>,
    state_machine_version_arn: Option<String>,
    state_machine_alias_arn: Option<String>,
    redrive_count: u32,
    redrive_date: Option<Timestamp>,
}

impl ExecutionItem {
    fn of(record: &Record) -> Self {
        Self {
            execution_arn: record.identity.arn.clone(),
            state_machine_arn: record.machine_arn.clone(),
            name: record.identity.name.clone(),
            status: record.status(),
            start_date: Timestamp::from_ms(record.identity.started_ms),
            stop_date: record.stopped,
            map_run_arn: record.map_run_arn.clone(),
            state_machine_version_arn: record.identity.version_arn.clone(),
            state_machine_alias_arn: record.alias_arn.clone(),
            redrive_count: record.identity.redrive_count,
            redrive_date: record.redriven,
        }
    }
}
