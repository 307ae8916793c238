//! `ListProvisionedConcurrencyConfigs`: for which versions and aliases environments wait.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::page;
use crate::provisioned::{self, ProvisionedRow};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListProvisionedConcurrencyConfigsInput {
    function_name: String,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListProvisionedConcurrencyConfigsOutput {
    provisioned_concurrency_configs: Vec<ProvisionedRow>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_provisioned_concurrency_configs(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListProvisionedConcurrencyConfigsInput,
) -> Result<ListProvisionedConcurrencyConfigsOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let configs = lambda.function(&target)?.provisioned.iter();
    let rows = configs.map(|(qualifier, config)| {
        (qualifier.clone(), provisioned::row(lambda, (&target.key, qualifier), config, cx.now))
    });
    let (rows, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListProvisionedConcurrencyConfigsOutput {
        provisioned_concurrency_configs: rows,
        next_marker,
    })
}
