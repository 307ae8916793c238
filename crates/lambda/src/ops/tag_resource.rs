//! `TagResource`: adds tags to a function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::model::State;
use crate::name::Target;

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
    let target = Target::read(cx, &input.resource, None)?;
    let function = lambda.function_mut(&target)?;
    let mut all = function.tags.clone();
    all.extend(input.tags);
    if all.len() > TAGS_MAX {
        return Err(Error::parameter(format!(
            "The number of tags exceeds the limit of {TAGS_MAX}."
        )));
    }
    function.tags = all;
    Ok(TagResourceOutput {})
}
