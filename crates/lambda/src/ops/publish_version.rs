//! `PublishVersion`: publishes the code and configuration of `$LATEST` under a number.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::config::{FunctionConfiguration, check_changeable, check_revision, shown};
use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::store::publish;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PublishVersionInput {
    function_name: String,
    code_sha256: Option<String>,
    description: Option<String>,
    revision_id: Option<String>,
}

/// Runs the operation.
pub fn publish_version(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PublishVersionInput,
) -> Result<FunctionConfiguration, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let function = lambda.function(&target)?;
    check_changeable(&target.key, function, cx.now)?;
    check_revision(input.revision_id.as_deref(), &function.latest.revision_id)?;
    let current = &function.latest.code.sha256;
    if let Some(sent) = input.code_sha256.filter(|sent| sent != current) {
        return Err(Error::parameter(format!(
            "CodeSHA256 ({sent}) is different from current CodeSHA256 in $LATEST ({current}). \
             Please try again with the CodeSHA256 in $LATEST."
        )));
    }
    let version = publish(lambda.function_mut(&target)?, cx, input.description);
    Ok(shown(lambda, (&target.key, &version), Some(&version.version), Some(cx.now)))
}
