//! `CreateEventBus`: makes a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::tag_resource::{self, Tag};
use crate::error::Error;
use crate::limits::BUSES_MAX;
use crate::model::{Bus, BusKey, State};
use crate::{name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateEventBusInput {
    name: String,
    description: Option<String>,
    tags: Option<Vec<Tag>>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateEventBusOutput {
    event_bus_arn: String,
    description: Option<String>,
}

/// Runs the operation.
pub fn create_event_bus(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateEventBusInput,
) -> Result<CreateEventBusOutput, Error> {
    if input.name.contains('/') {
        return Err(Error::Validation("Event bus name must not contain '/'.".to_owned()));
    }
    let key = BusKey {
        account: cx.caller.account.clone(),
        region: cx.region.to_owned(),
        name: input.name,
    };
    if events.has_bus(&key) {
        return Err(Error::ResourceAlreadyExists(format!(
            "Event bus {} already exists.",
            key.name
        )));
    }
    let is_here = |it: &&BusKey| it.account == key.account && it.region == key.region;
    if events.buses.keys().filter(is_here).count() >= BUSES_MAX {
        return Err(Error::LimitExceeded);
    }
    let tags = store::check_tags(tag_resource::of(input.tags.unwrap_or_default()))?;
    let bus = Bus { description: input.description.clone(), tags, ..Bus::new(cx.now) };
    let event_bus_arn = name::bus_arn(&key);
    events.buses.insert(key, bus);
    Ok(CreateEventBusOutput { event_bus_arn, description: input.description })
}
