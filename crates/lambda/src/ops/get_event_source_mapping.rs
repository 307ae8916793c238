//! `GetEventSourceMapping`: how an event source mapping stands.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::mapping::{self, Shown};
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetEventSourceMappingInput {
    #[serde(rename = "UUID")]
    uuid: String,
}

/// Runs the operation.
pub fn get_event_source_mapping(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetEventSourceMappingInput,
) -> Result<Shown, Error> {
    Ok(mapping::shown(mapping::named(lambda, cx, &input.uuid)?))
}
