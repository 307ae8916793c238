//! `GetFunctionConcurrency`: the concurrency that is reserved for a function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionConcurrencyInput {
    function_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFunctionConcurrencyOutput {
    reserved_concurrent_executions: Option<u32>,
}

/// Runs the operation.
pub fn get_function_concurrency(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionConcurrencyInput,
) -> Result<GetFunctionConcurrencyOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let reserved_concurrent_executions = lambda.function(&target)?.reserved;
    Ok(GetFunctionConcurrencyOutput { reserved_concurrent_executions })
}
