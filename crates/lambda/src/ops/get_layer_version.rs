//! `GetLayerVersion`: one version of a layer.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html>

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::access;
use crate::error::Error;
use crate::layer::{self, LayerVersionOutput};
use crate::model::State;
use crate::name::layer_key;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetLayerVersionInput {
    layer_name: String,
    version_number: u64,
}

/// Runs the operation.
pub fn get_layer_version(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetLayerVersionInput,
) -> Result<LayerVersionOutput, Error> {
    let key = layer_key(cx, &input.layer_name);
    let version = layer::find(lambda, &key, input.version_number)?;
    access::check_layer(cx, (&key, input.version_number), &version.policy)?;
    Ok(layer::shown(&key, (input.version_number, version), cx.now))
}
