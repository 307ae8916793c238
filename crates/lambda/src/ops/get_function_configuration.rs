//! `GetFunctionConfiguration`: the configuration of a function or of one of its versions.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::config::{FunctionConfiguration, shown};
use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionConfigurationInput {
    function_name: String,
    qualifier: Option<String>,
}

/// Runs the operation.
pub fn get_function_configuration(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionConfigurationInput,
) -> Result<FunctionConfiguration, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (_, version) = lambda.named(&target)?;
    Ok(shown(lambda, (&target.key, version), target.qualifier.as_deref(), Some(cx.now)))
}
