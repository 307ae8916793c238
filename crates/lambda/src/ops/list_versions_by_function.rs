//! `ListVersionsByFunction`: the versions of a function, `$LATEST` first.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config::{FunctionConfiguration, shown};
use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListVersionsByFunctionInput {
    function_name: String,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVersionsByFunctionOutput {
    versions: Vec<FunctionConfiguration>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_versions_by_function(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListVersionsByFunctionInput,
) -> Result<ListVersionsByFunctionOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let function = lambda.function(&target)?;
    let rows = std::iter::once(&function.latest).chain(function.versions.values()).map(|version| {
        let row = shown(lambda, (&target.key, version), Some(&version.version), None);
        (version.version.clone(), row)
    });
    let (versions, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListVersionsByFunctionOutput { versions, next_marker })
}
