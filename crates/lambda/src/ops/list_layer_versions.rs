//! `ListLayerVersions`: the versions of a layer, the latest first.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::layer::{self, LayerRow};
use crate::model::State;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListLayerVersionsInput {
    layer_name: String,
    compatible_runtime: Option<String>,
    compatible_architecture: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListLayerVersionsOutput {
    layer_versions: Vec<LayerRow>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_layer_versions(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListLayerVersionsInput,
) -> Result<ListLayerVersionsOutput, Error> {
    let key = layer::own(cx, &input.layer_name)?;
    let wanted = (input.compatible_runtime.as_deref(), input.compatible_architecture.as_deref());
    let versions =
        lambda.layers.get(&key).into_iter().flat_map(|layer| layer.versions.iter().rev());
    let rows = versions
        .filter(|(_, version)| layer::fits(version, wanted))
        .map(|(number, version)| (number.to_string(), layer::row(&key, *number, version)));
    let (layer_versions, next_marker) =
        page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListLayerVersionsOutput { layer_versions, next_marker })
}
