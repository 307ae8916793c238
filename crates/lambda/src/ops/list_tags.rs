//! `ListTags`: the tags of a function, or of an event source mapping.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::tags;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListTagsInput {
    resource: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsOutput {
    tags: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn list_tags(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTagsInput,
) -> Result<ListTagsOutput, Error> {
    Ok(ListTagsOutput { tags: tags::of(lambda, cx, &input.resource)?.clone() })
}
