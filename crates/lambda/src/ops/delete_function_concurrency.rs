//! `DeleteFunctionConcurrency`: gives reserved concurrency back.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteFunctionConcurrencyInput {
    function_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteFunctionConcurrencyOutput {}

/// Runs the operation.
pub fn delete_function_concurrency(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteFunctionConcurrencyInput,
) -> Result<DeleteFunctionConcurrencyOutput, Error> {
    let target = Target::whole(cx, &input.function_name)?;
    lambda.function_mut(&target)?.reserved = None;
    Ok(DeleteFunctionConcurrencyOutput {})
}
