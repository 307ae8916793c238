//! `ListLayers`: the layers of the account in this Region, each with its latest version.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::layer::{self, LayerRow};
use crate::model::State;
use crate::name::layer_arn;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListLayersInput {
    compatible_runtime: Option<String>,
    compatible_architecture: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListLayersOutput {
    layers: Vec<LayersRow>,
    next_marker: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LayersRow {
    layer_name: String,
    layer_arn: String,
    latest_matching_version: LayerRow,
}

/// Runs the operation.
pub fn list_layers(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListLayersInput,
) -> Result<ListLayersOutput, Error> {
    let wanted = (input.compatible_runtime.as_deref(), input.compatible_architecture.as_deref());
    let here = lambda
        .layers
        .iter()
        .filter(|(key, _)| key.account == cx.caller.account && key.region == cx.region);
    let rows = here.filter_map(|(key, found)| {
        let mut latest = found.versions.iter().rev();
        let (number, version) = latest.find(|(_, version)| layer::fits(version, wanted))?;
        let row = LayersRow {
            layer_name: key.name.clone(),
            layer_arn: layer_arn(key),
            latest_matching_version: layer::row(key, *number, version),
        };
        Some((key.name.clone(), row))
    });
    let (layers, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListLayersOutput { layers, next_marker })
}
