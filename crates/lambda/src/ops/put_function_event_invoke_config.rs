//! `PutFunctionEventInvokeConfig`: says how asynchronous events are dealt with; what is not said goes back to how it begins.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::event_config::{self, DestinationConfig, EventInvokeConfig, Said};
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutFunctionEventInvokeConfigInput {
    function_name: String,
    qualifier: Option<String>,
    maximum_retry_attempts: Option<u32>,
    maximum_event_age_in_seconds: Option<u32>,
    destination_config: Option<DestinationConfig>,
}

/// Runs the operation.
pub fn put_function_event_invoke_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PutFunctionEventInvokeConfigInput,
) -> Result<EventInvokeConfig, Error> {
    let said = Said {
        retries: input.maximum_retry_attempts,
        max_age_s: input.maximum_event_age_in_seconds,
        destinations: input.destination_config,
    };
    event_config::write(
        lambda,
        cx,
        (&input.function_name, input.qualifier.as_deref()),
        (said, false),
    )
}
