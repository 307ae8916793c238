//! `DeleteFunctionEventInvokeConfig`: has asynchronous events dealt with as in the beginning.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::event_config;
use crate::model::{LATEST, State};
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteFunctionEventInvokeConfigInput {
    function_name: String,
    qualifier: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteFunctionEventInvokeConfigOutput {}

/// Runs the operation.
pub fn delete_function_event_invoke_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteFunctionEventInvokeConfigInput,
) -> Result<DeleteFunctionEventInvokeConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    lambda.named(&target)?;
    let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
    let removed = lambda.function_mut(&target)?.event_configs.remove(qualifier);
    removed.ok_or_else(|| event_config::missing(&target))?;
    Ok(DeleteFunctionEventInvokeConfigOutput {})
}
