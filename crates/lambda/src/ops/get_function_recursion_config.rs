//! `GetFunctionRecursionConfig`: whether loops through a function are let go on.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionRecursionConfigInput {
    function_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFunctionRecursionConfigOutput {
    recursive_loop: &'static str,
}

/// Runs the operation.
pub fn get_function_recursion_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionRecursionConfigInput,
) -> Result<GetFunctionRecursionConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let recursive_loop = if lambda.function(&target)?.allows_loops { "Allow" } else { "Terminate" };
    Ok(GetFunctionRecursionConfigOutput { recursive_loop })
}
