//! `UpdateFunctionUrlConfig`: changes who may use the address of a function, and how.
//!
//! Differences from AWS: kept and shown; nothing listens there.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::url::{self, Cors, UrlConfig};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateFunctionUrlConfigInput {
    function_name: String,
    qualifier: Option<String>,
    auth_type: Option<String>,
    cors: Option<Cors>,
    invoke_mode: Option<String>,
}

/// Runs the operation.
pub fn update_function_url_config(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateFunctionUrlConfigInput,
) -> Result<UrlConfig, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let now = cx.now;
    let found = url::find_mut(lambda, &target)?;
    found.auth_type = input.auth_type.unwrap_or_else(|| found.auth_type.clone());
    found.invoke_mode = input.invoke_mode.unwrap_or_else(|| found.invoke_mode.clone());
    if let Some(cors) = input.cors {
        found.cors = Some(cors);
    }
    found.modified = now;
    Ok(url::shown(&target, found))
}
