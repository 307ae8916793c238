//! `DeleteProvisionedConcurrencyConfig`: has no environments wait any more.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::allot;
use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::provisioned;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteProvisionedConcurrencyConfigInput {
    function_name: String,
    qualifier: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteProvisionedConcurrencyConfigOutput {}

/// Runs the operation.
pub fn delete_provisioned_concurrency_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteProvisionedConcurrencyConfigInput,
) -> Result<DeleteProvisionedConcurrencyConfigOutput, Error> {
    let target = Target::read(cx, &input.function_name, Some(&input.qualifier))?;
    lambda
        .function_mut(&target)?
        .provisioned
        .remove(&input.qualifier)
        .ok_or_else(provisioned::missing)?;
    lambda.refused.remove(&(target.key.clone(), input.qualifier));
    allot::refresh(lambda, cx, &target.key);
    Ok(DeleteProvisionedConcurrencyConfigOutput {})
}
