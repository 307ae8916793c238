//! `PutRuntimeManagementConfig`: when a function's runtime is updated. There is one version of each runtime here, so that
//! none ever is; a version that is named must be that one.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::get_runtime_management_config::{RuntimeManagementConfig, shown};
use crate::error::Error;
use crate::model::{LATEST, RuntimeUpdates, State};
use crate::name::Target;
use crate::runtime;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutRuntimeManagementConfigInput {
    function_name: String,
    qualifier: Option<String>,
    update_runtime_on: String,
    runtime_version_arn: Option<String>,
}

/// Runs the operation.
pub fn put_runtime_management_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PutRuntimeManagementConfigInput,
) -> Result<RuntimeManagementConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (function, version) = lambda.named(&target)?;
    let updates = match (input.update_runtime_on.as_str(), input.runtime_version_arn) {
        ("Manual", Some(arn))
            if arn == runtime::version(&version.runtime, &target.key.region).1 =>
        {
            RuntimeUpdates::Manual(arn)
        }
        // guess: the words of both; the documentation says that the ARN is "only required" with Manual.
        ("Manual", Some(arn)) => {
            return Err(Error::parameter(format!(
                "Runtime version {arn} does not exist for the runtime {}.",
                version.runtime
            )));
        }
        ("Manual", None) => {
            return Err(Error::parameter(
                "You must specify a runtime version ARN when the runtime update mode is Manual.",
            ));
        }
        (_, Some(_)) => {
            return Err(Error::parameter(
                "You can specify a runtime version ARN only when the runtime update mode is Manual.",
            ));
        }
        ("FunctionUpdate", None) => RuntimeUpdates::FunctionUpdate,
        (_, None) => RuntimeUpdates::Auto,
    };
    let number = version.version.clone();
    if function.aliases.contains_key(target.qualifier.as_deref().unwrap_or(LATEST)) {
        // "Specify a version of the function. This can be $LATEST or a published version number."
        return Err(Error::no_function(&target.arn()));
    }
    let function = lambda.function_mut(&target)?;
    let version = match number.parse() {
        Ok(number) => function.versions.get_mut(&number),
        Err(_) => Some(&mut function.latest),
    };
    let version = version.ok_or_else(|| Error::no_function(&target.arn()))?;
    version.runtime_updates = updates;
    Ok(shown(&target, version))
}
