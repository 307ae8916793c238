//! `CreateAlias`: makes an alias: a name for a version, or for two with weights.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::alias::{self, AliasConfiguration, Routing};
use crate::error::Error;
use crate::model::{Alias, State};
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateAliasInput {
    function_name: String,
    name: String,
    function_version: String,
    description: Option<String>,
    routing_config: Option<Routing>,
}

/// Runs the operation.
pub fn create_alias(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateAliasInput,
) -> Result<AliasConfiguration, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let revision_id = cx.rng.uuid();
    let function = lambda.function_mut(&target)?;
    let new = Alias {
        version: input.function_version,
        description: input.description.unwrap_or_default(),
        weights: input.routing_config.unwrap_or_default().additional_version_weights,
        revision_id,
    };
    alias::check(&target.key, function, &new)?;
    if function.aliases.contains_key(&input.name) {
        return Err(Error::Conflict(format!(
            "Alias already exists: {}",
            alias::arn(&target.key, &input.name)
        )));
    }
    let shown = alias::shown(&target.key, &input.name, &new);
    function.aliases.insert(input.name, new);
    Ok(shown)
}
