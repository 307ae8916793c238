//! `PutFunctionConcurrency`: reserves concurrency for a function: it gets so much, and no more.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::invoke::unreserved_concurrency;
use crate::limits::UNRESERVED_MIN;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutFunctionConcurrencyInput {
    function_name: String,
    reserved_concurrent_executions: u32,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutFunctionConcurrencyOutput {
    reserved_concurrent_executions: u32,
}

/// Runs the operation.
pub fn put_function_concurrency(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PutFunctionConcurrencyInput,
) -> Result<PutFunctionConcurrencyOutput, Error> {
    let target = Target::whole(cx, &input.function_name)?;
    let had = lambda.function(&target)?.reserved.unwrap_or(0);
    let free = unreserved_concurrency(lambda, &target.key).saturating_add(had);
    let wanted = input.reserved_concurrent_executions;
    if free.saturating_sub(UNRESERVED_MIN) < wanted {
        return Err(Error::parameter(format!(
            "Specified ReservedConcurrentExecutions for function decreases account's \
             UnreservedConcurrentExecution below its minimum value of [{UNRESERVED_MIN}]."
        )));
    }
    lambda.function_mut(&target)?.reserved = Some(wanted);
    Ok(PutFunctionConcurrencyOutput { reserved_concurrent_executions: wanted })
}
