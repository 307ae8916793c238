//! `GetFunctionEventInvokeConfig`: how asynchronous events are dealt with.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::event_config::{self, EventInvokeConfig};
use crate::model::{LATEST, State};
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionEventInvokeConfigInput {
    function_name: String,
    qualifier: Option<String>,
}

/// Runs the operation.
pub fn get_function_event_invoke_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionEventInvokeConfigInput,
) -> Result<EventInvokeConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (function, _) = lambda.named(&target)?;
    let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
    let config = function.event_configs.get(qualifier);
    let config = config.ok_or_else(|| event_config::missing(&target))?;
    Ok(event_config::shown(&target, qualifier, config))
}
