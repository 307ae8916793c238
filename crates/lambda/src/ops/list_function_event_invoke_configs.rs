//! `ListFunctionEventInvokeConfigs`: how asynchronous events are dealt with, for every qualifier.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::event_config::{self, EventInvokeConfig};
use crate::model::State;
use crate::name::Target;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListFunctionEventInvokeConfigsInput {
    function_name: String,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListFunctionEventInvokeConfigsOutput {
    function_event_invoke_configs: Vec<EventInvokeConfig>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_function_event_invoke_configs(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListFunctionEventInvokeConfigsInput,
) -> Result<ListFunctionEventInvokeConfigsOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let configs = &lambda.function(&target)?.event_configs;
    let rows = configs.iter().map(|(qualifier, config)| {
        (qualifier.clone(), event_config::shown(&target, qualifier, config))
    });
    let (rows, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListFunctionEventInvokeConfigsOutput { function_event_invoke_configs: rows, next_marker })
}
