//! `RemoveLayerVersionPermission`: takes a statement out of the policy of a layer's version.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::layer;
use crate::model::State;
use crate::policy;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RemoveLayerVersionPermissionInput {
    layer_name: String,
    version_number: u64,
    statement_id: String,
    revision_id: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct RemoveLayerVersionPermissionOutput {}

/// Runs the operation.
pub fn remove_layer_version_permission(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: RemoveLayerVersionPermissionInput,
) -> Result<RemoveLayerVersionPermissionOutput, Error> {
    let revision_id = cx.rng.uuid();
    let (_, version) = layer::own_mut(lambda, cx, (&input.layer_name, input.version_number))?;
    policy::remove(&mut version.policy, &input.statement_id, input.revision_id.as_deref())?;
    version.policy.revision_id = revision_id;
    Ok(RemoveLayerVersionPermissionOutput {})
}
