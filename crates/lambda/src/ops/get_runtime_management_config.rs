//! `GetRuntimeManagementConfig`: when a function's runtime is updated: by AWS, as there is no other way here.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{LATEST, State};
use crate::name::{Target, qualified};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetRuntimeManagementConfigInput {
    function_name: String,
    qualifier: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRuntimeManagementConfigOutput {
    update_runtime_on: &'static str,
    function_arn: String,
}

/// Runs the operation.
pub fn get_runtime_management_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetRuntimeManagementConfigInput,
) -> Result<GetRuntimeManagementConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    lambda.named(&target)?;
    let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
    Ok(GetRuntimeManagementConfigOutput {
        update_runtime_on: "Auto",
        function_arn: qualified(&target.key, Some(qualifier)),
    })
}
