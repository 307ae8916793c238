//! `UpdateEventSourceMapping`: changes how messages are brought to a function, and whether they are.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html>

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;
use serde::Deserialize;

use crate::error::Error;
use crate::mapping::{self, FilterCriteria, Said, ScalingConfig};
use crate::model::{MappingState, State};
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateEventSourceMappingInput {
    #[serde(rename = "UUID")]
    uuid: String,
    function_name: Option<String>,
    enabled: Option<bool>,
    batch_size: Option<i64>,
    filter_criteria: Option<FilterCriteria>,
    scaling_config: Option<ScalingConfig>,
    maximum_batching_window_in_seconds: Option<i64>,
    function_response_types: Option<Vec<String>>,
}

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: UpdateEventSourceMappingInput = store::input("UpdateEventSourceMapping", value)?;
    let there = mapping::named(lambda, cx, &input.uuid)?.clone();
    if !matches!(there.state, MappingState::Enabled | MappingState::Disabled) {
        let words = "Cannot update the event source mapping because it is in use.";
        return Err(Error::InUse(words.to_owned()).into());
    }
    let said = Said {
        function_name: input.function_name,
        enabled: input.enabled,
        batch_size: input.batch_size,
        window_s: input.maximum_batching_window_in_seconds,
        filters: input.filter_criteria,
        response_types: input.function_response_types,
        scaling: input.scaling_config,
    };
    let mapping = mapping::apply(lambda, cx, there, said)?;
    mapping::ask(lambda, cx, mapping, false)
}
