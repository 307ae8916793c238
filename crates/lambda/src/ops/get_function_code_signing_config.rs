//! `GetFunctionCodeSigningConfig`: the code signing configuration of a function, of which there are none here.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionCodeSigningConfigInput {
    function_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFunctionCodeSigningConfigOutput {
    code_signing_config_arn: &'static str,
    function_name: String,
}

/// Runs the operation.
pub fn get_function_code_signing_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionCodeSigningConfigInput,
) -> Result<GetFunctionCodeSigningConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    lambda.function(&target)?;
    // The model requires the ARN, which a function without one has empty.
    Ok(GetFunctionCodeSigningConfigOutput {
        code_signing_config_arn: "",
        function_name: target.key.name,
    })
}
