//! `TagResource`: adds tags to a function, or to an event source mapping.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TagResourceInput {
    resource: String,
    tags: BTreeMap<String, String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct TagResourceOutput {}

/// Runs the operation.
pub fn tag_resource(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: TagResourceInput,
) -> Result<TagResourceOutput, Error> {
    let tags = tags::of_mut(lambda, cx, &input.resource)?;
    let mut all = tags.clone();
    all.extend(input.tags);
    tags::check(&all)?;
    *tags = all;
    Ok(TagResourceOutput {})
}
