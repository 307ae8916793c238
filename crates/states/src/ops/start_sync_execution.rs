//! `StartSyncExecution`: runs an Express state machine and answers with its end.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_service::{Fault, Outcome};
use cloudarium_shape::{Value, to_value};

use super::shared::Included;
use crate::drive;
use crate::model::Record;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartSyncExecutionInput {
    pub(super) state_machine_arn: String,
    pub(super) name: Option<String>,
    pub(super) input: Option<String>,
    pub(super) trace_header: Option<String>,
    pub(super) included_data: Option<String>,
}

/// Runs the operation.
pub fn start_sync_execution(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: Value,
) -> Result<Outcome, Fault> {
    let input: StartSyncExecutionInput = super::shared::typed("StartSyncExecution", input)?;
    let found = states.resolve(cx, &input.state_machine_arn)?;
    if !found.machine.express {
        let message = "This operation is not supported by this type of state machine";
        return Err(Error::state_machine_type_not_supported(message).into());
    }
    let given = (input.name, input.input, input.trace_header);
    let begun = super::shared::begin(states, cx, found, given)?;
    if let Some(record) = states.executions.get_mut(&begun.arn) {
        let metadata_only = input.included_data.as_deref() == Some("METADATA_ONLY");
        Rc::make_mut(record).metadata_only = metadata_only;
    }
    drive::run(states, cx, &begun.arn);
    if let Some(record) = states.executions.get(&begun.arn)
        && record.outcome.is_some()
    {
        return sync_answer(record).map(Outcome::Output);
    }
    let ticket = cx.host.park();
    if let Some(record) = states.executions.get_mut(&begun.arn) {
        Rc::make_mut(record).parked = Some(ticket);
    }
    Ok(Outcome::Parked)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StartSyncExecutionOutput {
    execution_arn: String,
    state_machine_arn: String,
    name: String,
    start_date: Timestamp,
    stop_date: Option<Timestamp>,
    status: &'static str,
    error: Option<String>,
    cause: Option<String>,
    input: Option<String>,
    input_details: Included,
    output: Option<String>,
    output_details: Option<Included>,
    trace_header: Option<String>,
    billing_details: Billing,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Billing {
    billed_memory_used_in_m_b: i64,
    billed_duration_in_milliseconds: i64,
}

/// How an execution that somebody waits for has ended.
pub fn sync_answer(record: &Record) -> Result<Value, Fault> {
    if let Some(whole) = record.tested {
        return super::test_state::answer(record, whole);
    }
    let (error, cause) = record.error();
    let whole = !record.metadata_only;
    let started = Timestamp::from_ms(record.identity.started_ms);
    let took_ms = record.stopped.map_or(0, |stopped| stopped.as_ms() - started.as_ms());
    let output = record.output().map(|output| output.text().to_string());
    let answer = StartSyncExecutionOutput {
        execution_arn: record.identity.arn.clone(),
        state_machine_arn: record.machine_arn.clone(),
        name: record.identity.name.clone(),
        start_date: started,
        stop_date: record.stopped,
        status: record.status(),
        error,
        cause,
        input: whole.then(|| record.input.text().to_string()),
        input_details: Included { included: whole },
        output_details: output.is_some().then_some(Included { included: whole }),
        output: output.filter(|_| whole),
        trace_header: record.trace_header.clone(),
        // 64 MB and 100 ms are the least that are billed.
        billing_details: Billing {
            billed_memory_used_in_m_b: 64,
            billed_duration_in_milliseconds: (took_ms + 99) / 100 * 100,
        },
    };
    to_value(&answer).map_err(|error| Fault::new("InternalFailure", 500, format!("{error:?}")))
}
