//! `GetPolicy`: the resource policy of a function, version or alias.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::policy;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetPolicyInput {
    function_name: String,
    qualifier: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyOutput {
    policy: String,
    revision_id: String,
}

/// Runs the operation.
pub fn get_policy(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetPolicyInput,
) -> Result<GetPolicyOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    let (function, _) = lambda.named(&target)?;
    let found = function.policies.get(target.qualifier.as_deref().unwrap_or_default());
    let found =
        found.filter(|policy| !policy.statements.is_empty()).ok_or_else(Error::no_resource)?;
    Ok(GetPolicyOutput { policy: policy::document(found), revision_id: found.revision_id.clone() })
}
