//! `UpdateFunctionEventInvokeConfig`: changes how asynchronous events are dealt with.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::event_config::{self, DestinationConfig, EventInvokeConfig};
use crate::model::{LATEST, State};
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateFunctionEventInvokeConfigInput {
    function_name: String,
    qualifier: Option<String>,
    maximum_retry_attempts: Option<u32>,
    maximum_event_age_in_seconds: Option<u32>,
    destination_config: Option<DestinationConfig>,
}

/// Runs the operation.
pub fn update_function_event_invoke_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateFunctionEventInvokeConfigInput,
) -> Result<EventInvokeConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    lambda.named(&target)?;
    let qualifier = target.qualifier.clone().unwrap_or_else(|| LATEST.to_owned());
    let function = lambda.function_mut(&target)?;
    let said = event_config::Said {
        retries: input.maximum_retry_attempts,
        max_age_s: input.maximum_event_age_in_seconds,
        destinations: input.destination_config,
    };
    let old =
        function.event_configs.get(&qualifier).ok_or_else(|| event_config::missing(&target))?;
    let config = event_config::changed(cx.now, Some(old), said)?;

    let shown = event_config::shown(&target, &qualifier, &config);
    function.event_configs.insert(qualifier, config);
    Ok(shown)
}
