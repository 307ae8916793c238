//! `CreateFunctionUrlConfig`: gives a function an address of its own.
//!
//! Differences from AWS: what a function writes in pieces leaves as a whole, whatever the invoke mode says.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::url::{self, Cors, UrlConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateFunctionUrlConfigInput {
    function_name: String,
    qualifier: Option<String>,
    auth_type: String,
    cors: Option<Cors>,
    invoke_mode: Option<String>,
}

/// Runs the operation.
pub fn create_function_url_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateFunctionUrlConfigInput,
) -> Result<UrlConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    url::check(lambda, &target)?;
    let new = url::new(cx, input.auth_type, input.cors, input.invoke_mode);
    let function = lambda.function_mut(&target)?;
    let qualifier = target.qualifier.clone().unwrap_or_default();
    if function.urls.contains_key(&qualifier) {
        return Err(url::exists(&target));
    }
    let shown = url::shown(&target, &new);
    function.urls.insert(qualifier, new);
    Ok(shown)
}
