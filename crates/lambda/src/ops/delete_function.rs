//! `DeleteFunction`: deletes a function, or one of its published versions.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::allot;
use crate::error::Error;
use crate::layer;
use crate::mapping::poll;
use crate::model::{Alias, LATEST, State};
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteFunctionInput {
    function_name: String,
    qualifier: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteFunctionOutput {
    status_code: u16,
}

/// Runs the operation.
pub fn delete_function(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteFunctionInput,
) -> Result<DeleteFunctionOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let function = lambda.function_mut(&target)?;
    match target.qualifier.as_deref() {
        None => {
            lambda.functions.remove(&target.key);
            poll::abandon(lambda, cx, &target.key);
        }
        Some(LATEST) => {
            return Err(Error::parameter(
                "$LATEST version cannot be deleted without deleting the function.",
            ));
        }
        Some(version) => {
            // guess: the words here and below; the documentation has only that an alias is deleted by DeleteAlias, and that
            // a version which one names stays.
            if function.aliases.contains_key(version) {
                return Err(Error::parameter("Deletion of aliases is not currently supported."));
            }
            let refers = |(name, alias): (&String, &Alias)| {
                let is_named = alias.version == version || alias.weights.contains_key(version);
                is_named.then(|| name.clone())
            };
            let named: Vec<String> = function.aliases.iter().filter_map(refers).collect();
            if !named.is_empty() {
                return Err(Error::Conflict(format!(
                    "Unable to delete version because the following aliases reference it: [{}]",
                    named.join(", ")
                )));
            }
            let number: u64 = version.parse().map_err(|_| Error::no_function(&target.arn()))?;
            function.versions.remove(&number).ok_or_else(|| Error::no_function(&target.arn()))?;
            function.provisioned.remove(version);
        }
    }
    layer::forget(lambda);
    // What runs goes on; what waits is used no more.
    lambda.forget_environments(&target.key, target.qualifier.as_deref());
    allot::refresh(lambda, cx, &target.key);
    Ok(DeleteFunctionOutput { status_code: 204 })
}
