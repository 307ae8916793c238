//! `CreateEventSourceMapping`: has the messages of a queue brought to a function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>

use std::collections::BTreeMap;

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;
use serde::Deserialize;

use crate::error::Error;
use crate::mapping::{self, FilterCriteria, Said, ScalingConfig};
use crate::model::{Mapping, State};
use crate::{store, tags};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateEventSourceMappingInput {
    event_source_arn: Option<String>,
    function_name: String,
    enabled: Option<bool>,
    batch_size: Option<i64>,
    filter_criteria: Option<FilterCriteria>,
    scaling_config: Option<ScalingConfig>,
    maximum_batching_window_in_seconds: Option<i64>,
    function_response_types: Option<Vec<String>>,
    starting_position: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: CreateEventSourceMappingInput = store::input("CreateEventSourceMapping", value)?;
    let queue_arn = input.event_source_arn.ok_or_else(|| {
        Error::parameter("Cannot create an event source mapping without an event source.")
    })?;
    mapping::queue(cx, &queue_arn)?;
    if input.starting_position.is_some() {
        let words = "StartingPosition is not valid for SQS event sources.";
        return Err(Error::parameter(words).into());
    }
    let tags = input.tags.unwrap_or_default();
    tags::check(&tags)?;
    let said = Said {
        function_name: Some(input.function_name),
        enabled: input.enabled,
        batch_size: input.batch_size,
        window_s: input.maximum_batching_window_in_seconds,
        filters: input.filter_criteria,
        response_types: input.function_response_types,
        scaling: input.scaling_config,
    };
    let new = Mapping { tags, ..mapping::poll::new(cx.rng.uuid(), queue_arn, cx) };
    let mapping = mapping::apply(lambda, cx, new, said)?;
    mapping::unique(lambda, &mapping)?;
    mapping::ask(lambda, cx, mapping, true)
}
