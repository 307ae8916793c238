//! `GetAlias`: an alias.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::alias::{self, AliasConfiguration};
use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetAliasInput {
    function_name: String,
    name: String,
}

/// Runs the operation.
pub fn get_alias(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetAliasInput,
) -> Result<AliasConfiguration, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let found = alias::find(&target.key, lambda.function(&target)?, &input.name)?;
    Ok(alias::shown(&target.key, &input.name, found))
}
