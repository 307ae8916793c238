//! `DeleteLayerVersion`: deletes a version of a layer; functions that have it keep it on AWS, and cannot be changed here until they name another.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::name::layer_key;

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
    let key = layer_key(cx, &input.layer_name);
    let used = format!("{}:{}", crate::name::layer_arn(&key), input.version_number);
    let mut versions = lambda
        .functions
        .values()
        .flat_map(|it| std::iter::once(&it.latest).chain(it.versions.values()));
    if versions.any(|version| version.layers.contains(&used)) {
        return Err(Error::NotSimulated(format!(
            "deleting the layer version {used} while a function uses it"
        )));
    }
    if let Some(layer) = lambda.layers.get_mut(&key) {
        layer.versions.remove(&input.version_number);
    }
    Ok(DeleteLayerVersionOutput {})
}
