//! `GetProvisionedConcurrencyConfig`: how many environments wait for invocations of a version or an alias.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::provisioned::{self, ProvisionedConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetProvisionedConcurrencyConfigInput {
    function_name: String,
    qualifier: String,
}

/// Runs the operation.
pub fn get_provisioned_concurrency_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetProvisionedConcurrencyConfigInput,
) -> Result<ProvisionedConfig, Error> {
    let target = Target::read(cx, &input.function_name, Some(&input.qualifier))?;
    let found = lambda.function(&target)?.provisioned.get(&input.qualifier);
    let found = found.ok_or_else(provisioned::missing)?;
    Ok(provisioned::shown(lambda, (&target.key, &input.qualifier), found, cx.now))
}
