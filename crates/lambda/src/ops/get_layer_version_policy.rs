//! `GetLayerVersionPolicy`: which other accounts may use a version of a layer.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::layer;
use crate::model::State;
use crate::policy;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetLayerVersionPolicyInput {
    layer_name: String,
    version_number: u64,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLayerVersionPolicyOutput {
    policy: String,
    revision_id: String,
}

/// Runs the operation.
pub fn get_layer_version_policy(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetLayerVersionPolicyInput,
) -> Result<GetLayerVersionPolicyOutput, Error> {
    let (_, version) = layer::own_mut(lambda, cx, (&input.layer_name, input.version_number))?;
    if version.policy.statements.is_empty() {
        return Err(policy::none());
    }
    Ok(GetLayerVersionPolicyOutput {
        policy: policy::document(&version.policy),
        revision_id: version.policy.revision_id.clone(),
    })
}
