//! `DeleteLayerVersion`: deletes a version of a layer. Functions that have it keep it; no other can be given it.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::layer;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteLayerVersionInput {
    layer_name: String,
    version_number: u64,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteLayerVersionOutput {}

/// Runs the operation.
pub fn delete_layer_version(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteLayerVersionInput,
) -> Result<DeleteLayerVersionOutput, Error> {
    let key = layer::own(cx, &input.layer_name)?;
    layer::delete(lambda, &key, input.version_number);
    Ok(DeleteLayerVersionOutput {})
}
