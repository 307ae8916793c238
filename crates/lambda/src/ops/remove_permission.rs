//! `RemovePermission`: takes a statement out of a resource policy.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::policy;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RemovePermissionInput {
    function_name: String,
    statement_id: String,
    qualifier: Option<String>,
    revision_id: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct RemovePermissionOutput {}

/// Runs the operation.
pub fn remove_permission(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: RemovePermissionInput,
) -> Result<RemovePermissionOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    lambda.named(&target)?;
    let revision_id = cx.rng.uuid();
    let policy = policy::of_mut(lambda, &target)?;
    policy::remove(policy, &input.statement_id, input.revision_id.as_deref())?;
    policy.revision_id = revision_id;
    Ok(RemovePermissionOutput {})
}
