//! `GetFunctionUrlConfig`: the address of a function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::url::{self, UrlConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionUrlConfigInput {
    function_name: String,
    qualifier: Option<String>,
}

/// Runs the operation.
pub fn get_function_url_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionUrlConfigInput,
) -> Result<UrlConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let function = lambda.function(&target)?;
    let found = function.urls.get(target.qualifier.as_deref().unwrap_or_default());
    Ok(url::shown(&target, found.ok_or_else(Error::no_resource)?))
}
