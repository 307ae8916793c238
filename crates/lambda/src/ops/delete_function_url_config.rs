//! `DeleteFunctionUrlConfig`: takes the address of a function away.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteFunctionUrlConfigInput {
    function_name: String,
    qualifier: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteFunctionUrlConfigOutput {}

/// Runs the operation.
pub fn delete_function_url_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteFunctionUrlConfigInput,
) -> Result<DeleteFunctionUrlConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let qualifier = target.qualifier.clone().unwrap_or_default();
    let removed = lambda.function_mut(&target)?.urls.remove(&qualifier);
    removed.ok_or_else(Error::no_resource)?;
    Ok(DeleteFunctionUrlConfigOutput {})
}
