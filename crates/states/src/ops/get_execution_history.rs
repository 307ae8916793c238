//! `GetExecutionHistory`: tells what has happened in an execution.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html>

use cloudarium_service::{Fault, Outcome};
use cloudarium_shape::{Map, Value};

use crate::{arn, history, token};
use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetExecutionHistoryInput {
    pub(super) execution_arn: String,
    pub(super) max_results: Option<i64>,
    pub(super) reverse_order: Option<bool>,
    pub(super) next_token: Option<String>,
    pub(super) include_execution_data: Option<bool>,
}

/// Runs the operation.
pub fn get_execution_history(
    states: &mut State,
    _cx: &mut Ctx<'_>,
    input: Value,
) -> Result<Outcome, Fault> {
    let input: GetExecutionHistoryInput = super::shared::typed("GetExecutionHistory", input)?;
    arn::of_kind(&input.execution_arn, &["execution"])?;
    let record = states.execution(&input.execution_arn)?;
    if record.express {
        let message = "This operation is not supported by this type of state machine";
        return Err(Error::state_machine_type_not_supported(message).into());
    }
    let whole = input.include_execution_data.unwrap_or(true);
    let (size, from) = (input.max_results, input.next_token.as_deref());
    let (page, next) = if input.reverse_order.unwrap_or(false) {
        token::page(record.history.iter().rev(), size, from)?
    } else {
        token::page(record.history.iter(), size, from)?
    };
    let events = page.into_iter().map(|event| history::value(event, whole)).collect();
    let mut output = Map::from([("events".to_owned(), Value::List(events))]);
    output.extend(next.map(|next| ("nextToken".to_owned(), Value::String(next))));
    Ok(Outcome::Output(Value::Map(output)))
}
