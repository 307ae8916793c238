//! `RedriveExecution`: goes on with an execution that did not succeed, from the state that failed.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html>
//!
//! Differences from AWS: the children of a distributed Map that had not succeeded are begun anew, as those of
//! the type EXPRESS are on AWS, and get new ARNs.

use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_env::Timestamp;

use crate::{arn, drive, log};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RedriveExecutionInput {
    pub(super) execution_arn: String,
    pub(super) client_token: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RedriveExecutionOutput {
    redrive_date: Timestamp,
}

/// Runs the operation.
pub fn redrive_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: RedriveExecutionInput,
) -> Result<RedriveExecutionOutput, Error> {
    arn::of_kind(&input.execution_arn, &["execution"])?;
    let record = states.execution(&input.execution_arn)?;
    // The same request again finds what the first one did.
    let same = input.client_token.is_some() && input.client_token == record.redrive_token;
    if let Some(redrive_date) = record.redriven.filter(|_| same) {
        return Ok(RedriveExecutionOutput { redrive_date });
    }
    let (can, reason) = super::shared::redrivable(record, cx.now);
    if can != "REDRIVABLE" {
        let message = reason.unwrap_or_else(|| "Execution cannot be redriven".to_owned());
        return Err(Error::execution_not_redrivable(message));
    }
    let now = cx.now;
    if let Some(record) = states.executions.get_mut(&input.execution_arn) {
        let record = Rc::make_mut(record);
        record.outcome = None;
        record.stopped = None;
        record.redriven = Some(now);
        record.redrive_token = input.client_token;
        record.identity.redrive_count += 1;
        record.identity.redriven_ms = Some(now.as_ms());
        log::status_changed(cx, record);
    }
    drive::act(states, cx, &input.execution_arn, asl::Execution::redrive);
    drive::run_soon(cx, &input.execution_arn);
    Ok(RedriveExecutionOutput { redrive_date: now })
}
