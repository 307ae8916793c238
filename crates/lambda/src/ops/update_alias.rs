//! `UpdateAlias`: points an alias to another version, or changes its weights.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::alias::{self, AliasConfiguration, Routing};
use crate::allot;
use crate::config::check_revision;
use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateAliasInput {
    function_name: String,
    name: String,
    function_version: Option<String>,
    description: Option<String>,
    routing_config: Option<Routing>,
    revision_id: Option<String>,
}

/// Runs the operation.
pub fn update_alias(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateAliasInput,
) -> Result<AliasConfiguration, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let revision_id = cx.rng.uuid();
    let function = lambda.function_mut(&target)?;
    let mut new = alias::find(&target.key, function, &input.name)?.clone();
    check_revision(input.revision_id.as_deref(), &new.revision_id)?;
    new.version = input.function_version.unwrap_or(new.version);
    new.description = input.description.unwrap_or(new.description);
    if let Some(routing) = input.routing_config {
        new.weights = routing.additional_version_weights;
    }
    new.revision_id = revision_id;
    alias::check(&target.key, function, &new)?;
    let shown = alias::shown(&target.key, &input.name, &new);
    function.aliases.insert(input.name, new);
    allot::refresh(lambda, cx, &target.key);
    Ok(shown)
}
