//! `GetFunction`: a function with its tags and reserved concurrency.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config::{FunctionConfiguration, shown};
use crate::error::Error;
use crate::link::{self, Kind};
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetFunctionInput {
    function_name: String,
    qualifier: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFunctionOutput {
    configuration: FunctionConfiguration,
    code: CodeLocation,
    tags: Option<BTreeMap<String, String>>,
    concurrency: Option<Concurrency>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct CodeLocation {
    repository_type: &'static str,
    location: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Concurrency {
    reserved_concurrent_executions: u32,
}

/// Runs the operation.
pub fn get_function(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetFunctionInput,
) -> Result<GetFunctionOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (function, version) = lambda.named(&target)?;
    let whole = target.qualifier.is_none();
    Ok(GetFunctionOutput {
        configuration: shown(
            lambda,
            (&target.key, version),
            target.qualifier.as_deref(),
            Some(cx.now),
        ),
        code: CodeLocation {
            repository_type: "S3",
            location: link::link(Kind::Tasks, &target.key, &version.code, cx.now),
        },
        tags: Some(function.tags.clone()).filter(|tags| !tags.is_empty()),
        concurrency: function
            .reserved
            .filter(|_| whole)
            .map(|it| Concurrency { reserved_concurrent_executions: it }),
    })
}
