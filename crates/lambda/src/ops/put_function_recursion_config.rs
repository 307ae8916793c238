//! `PutFunctionRecursionConfig`: says whether loops through a function are let go on.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutFunctionRecursionConfigInput {
    function_name: String,
    recursive_loop: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutFunctionRecursionConfigOutput {
    recursive_loop: String,
}

/// Runs the operation.
pub fn put_function_recursion_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PutFunctionRecursionConfigInput,
) -> Result<PutFunctionRecursionConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    lambda.function_mut(&target)?.allows_loops = input.recursive_loop == "Allow";
    Ok(PutFunctionRecursionConfigOutput { recursive_loop: input.recursive_loop })
}
