//! `DeleteEventSourceMapping`: no more messages are brought; what runs goes on.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html>

use std::time::Duration;

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::limits::MAPPING_MS;
use crate::mapping::{self, Shown};
use crate::model::{MappingState, State};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteEventSourceMappingInput {
    #[serde(rename = "UUID")]
    uuid: String,
}

/// Runs the operation.
pub fn delete_event_source_mapping(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteEventSourceMappingInput,
) -> Result<Shown, Error> {
    mapping::named(lambda, cx, &input.uuid)?;
    let mapping = lambda.mappings.get_mut(&input.uuid).ok_or_else(Error::no_resource)?;
    if !matches!(mapping.state, MappingState::Enabled | MappingState::Disabled) {
        return Err(Error::InUse(
            "Cannot delete the event source mapping because it is in use.".to_owned(),
        ));
    }
    mapping.state = MappingState::Deleting;
    mapping.modified = cx.now;
    let shown = mapping::shown(mapping);
    mapping::poll::set_timer(cx, &input.uuid, "settle", Duration::from_millis(MAPPING_MS));
    Ok(shown)
}
