//! `PutProvisionedConcurrencyConfig`: has environments wait for invocations of a version or an alias.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::allot;
use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::provisioned::{self, ProvisionedConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutProvisionedConcurrencyConfigInput {
    function_name: String,
    qualifier: String,
    provisioned_concurrent_executions: u32,
}

/// Runs the operation.
pub fn put_provisioned_concurrency_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PutProvisionedConcurrencyConfigInput,
) -> Result<ProvisionedConfig, Error> {
    let target = Target::read(cx, &input.function_name, Some(&input.qualifier))?;
    let asked = input.provisioned_concurrent_executions;
    provisioned::check(lambda, &target, asked)?;
    let new = provisioned::new(cx.now, asked);
    lambda.function_mut(&target)?.provisioned.insert(input.qualifier.clone(), new);
    let key = target.key;
    // What could not be started is tried anew.
    lambda.refused.remove(&(key.clone(), input.qualifier.clone()));
    allot::refresh(lambda, cx, &key);
    Ok(provisioned::shown(lambda, (&key, &input.qualifier), &new, cx.now))
}
