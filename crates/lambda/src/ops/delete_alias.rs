//! `DeleteAlias`: deletes an alias; one that is not there is no mistake.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::allot;
use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteAliasInput {
    function_name: String,
    name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteAliasOutput {}

/// Runs the operation.
pub fn delete_alias(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteAliasInput,
) -> Result<DeleteAliasOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let function = lambda.function_mut(&target)?;
    function.aliases.remove(&input.name);
    function.provisioned.remove(&input.name);
    allot::refresh(lambda, cx, &target.key);
    Ok(DeleteAliasOutput {})
}
