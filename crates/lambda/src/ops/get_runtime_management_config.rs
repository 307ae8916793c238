//! `GetRuntimeManagementConfig`: when a function's runtime is updated.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{LATEST, RuntimeUpdates, State, Version};
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
pub struct RuntimeManagementConfig {
    update_runtime_on: &'static str,
    function_arn: String,
    runtime_version_arn: Option<String>,
}

/// As AWS shows it.
pub fn shown(target: &Target, version: &Version) -> RuntimeManagementConfig {
    let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
    let (update_runtime_on, runtime_version_arn) = match &version.runtime_updates {
        RuntimeUpdates::Auto => ("Auto", None),
        RuntimeUpdates::FunctionUpdate => ("FunctionUpdate", None),
        RuntimeUpdates::Manual(arn) => ("Manual", Some(arn.clone())),
    };
    let function_arn = qualified(&target.key, Some(qualifier));
    RuntimeManagementConfig { update_runtime_on, function_arn, runtime_version_arn }
}

/// Runs the operation.
pub fn get_runtime_management_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetRuntimeManagementConfigInput,
) -> Result<RuntimeManagementConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (_, version) = lambda.named(&target)?;
    Ok(shown(&target, version))
}
