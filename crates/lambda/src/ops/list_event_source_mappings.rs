//! `ListEventSourceMappings`: the mappings of the account in a Region, or of one queue or function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::mapping::{self, Shown};
use crate::model::{Mapping, State};
use crate::name::Target;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListEventSourceMappingsInput {
    event_source_arn: Option<String>,
    function_name: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEventSourceMappingsOutput {
    #[serde(skip_serializing_if = "Option::is_none")]
    next_marker: Option<String>,
    event_source_mappings: Vec<Shown>,
}

/// Runs the operation.
pub fn list_event_source_mappings(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListEventSourceMappingsInput,
) -> Result<ListEventSourceMappingsOutput, Error> {
    let of = match &input.function_name {
        Some(name) => {
            let target = Target::read(cx, name, None)?;
            lambda.function(&target)?;
            Some(target)
        }
        None => None,
    };
    let is_asked = |it: &Mapping| {
        it.function.account == cx.caller.account
            && it.function.region == cx.region
            && input.event_source_arn.as_ref().is_none_or(|arn| *arn == it.queue_arn)
            && of.as_ref().is_none_or(|of| mapping::target(it) == *of)
    };
    let found = lambda.mappings.values().filter(|it| is_asked(it));
    let rows = found.map(|it| (it.uuid.clone(), mapping::shown(it)));
    let (event_source_mappings, next_marker) =
        page::cut(rows, input.marker.as_deref(), input.max_items, 100)?;
    Ok(ListEventSourceMappingsOutput { next_marker, event_source_mappings })
}
