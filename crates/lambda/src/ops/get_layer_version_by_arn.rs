//! `GetLayerVersionByArn`: one version of a layer, by its ARN.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html>

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
pub struct GetLayerVersionByArnInput {
    arn: String,
}

/// Runs the operation.
pub fn get_layer_version_by_arn(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: GetLayerVersionByArnInput,
) -> Result<LayerVersionOutput, Error> {
    let key = layer_key(cx, &input.arn);
    let number = input.arn.rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let version = layer::find(lambda, &key, number)?;
    access::check_layer(cx, (&key, number), &version.policy)?;
    Ok(layer::shown(&key, (number, version), cx.now))
}
