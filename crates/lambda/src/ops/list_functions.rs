//! `ListFunctions`: the functions of the account in this Region, by name.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config::{FunctionConfiguration, shown};
use crate::error::Error;
use crate::model::State;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListFunctionsInput {
    function_version: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListFunctionsOutput {
    functions: Vec<FunctionConfiguration>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_functions(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListFunctionsInput,
) -> Result<ListFunctionsOutput, Error> {
    let all = input.function_version.is_some();
    let here = lambda.functions_here(cx);
    let rows = here.flat_map(|(key, function)| {
        let published = function.versions.values().filter(move |_| all);
        std::iter::once(&function.latest).chain(published).map(move |version| (key, version))
    });
    let rows = rows.map(|(key, version)| {
        let qualifier = all.then_some(version.version.as_str());
        (
            format!("{}:{}", key.name, version.version),
            shown(lambda, (key, version), qualifier, None),
        )
    });
    let (functions, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListFunctionsOutput { functions, next_marker })
}
