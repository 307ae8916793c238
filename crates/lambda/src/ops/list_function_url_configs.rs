//! `ListFunctionUrlConfigs`: the addresses of a function and its aliases.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::page;
use crate::url::{self, UrlConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListFunctionUrlConfigsInput {
    function_name: String,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListFunctionUrlConfigsOutput {
    function_url_configs: Vec<UrlConfig>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_function_url_configs(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListFunctionUrlConfigsInput,
) -> Result<ListFunctionUrlConfigsOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let urls = lambda.function(&target)?.urls.iter();
    let rows = urls.map(|(qualifier, config)| {
        let qualifier_of = Some(qualifier.clone()).filter(|it| !it.is_empty());
        let of = Target { key: target.key.clone(), qualifier: qualifier_of };
        (qualifier.clone(), url::shown(&of, config))
    });
    let (function_url_configs, next_marker) =
        page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListFunctionUrlConfigsOutput { function_url_configs, next_marker })
}
