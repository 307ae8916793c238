//! Layers: how they are found and shown.

use serde::Serialize;

use crate::error::Error;
use crate::model::{Key, LayerVersion, State};
use crate::name::layer_arn;

/// One version, as AWS shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LayerVersionOutput {
    content: Content,
    layer_arn: String,
    layer_version_arn: String,
    description: String,
    created_date: String,
    version: u64,
    compatible_runtimes: Option<Vec<String>>,
    compatible_architectures: Option<Vec<String>>,
    license_info: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    code_sha256: String,
    code_size: u64,
}

/// One version, as lists show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LayerRow {
    layer_version_arn: String,
    version: u64,
    description: String,
    created_date: String,
    compatible_runtimes: Option<Vec<String>>,
    compatible_architectures: Option<Vec<String>>,
    license_info: Option<String>,
}

/// A version by its number.
pub fn find<'a>(lambda: &'a State, key: &Key, number: u64) -> Result<&'a LayerVersion, Error> {
    let found = lambda.layers.get(key).and_then(|layer| layer.versions.get(&number));
    found.ok_or_else(Error::no_resource)
}

/// Whether a version is for this runtime and architecture.
pub fn fits(version: &LayerVersion, (runtime, architecture): (Option<&str>, Option<&str>)) -> bool {
    let has = |all: &[String], wanted: Option<&str>| {
        wanted.is_none_or(|wanted| all.iter().any(|one| one == wanted))
    };
    has(&version.runtimes, runtime) && has(&version.architectures, architecture)
}

fn some(all: &[String]) -> Option<Vec<String>> {
    Some(all.to_vec()).filter(|all| !all.is_empty())
}

/// As AWS shows it.
pub fn shown(key: &Key, number: u64, version: &LayerVersion) -> LayerVersionOutput {
    let LayerRow { layer_version_arn, created_date, .. } = row(key, number, version);
    LayerVersionOutput {
        content: Content {
            code_sha256: version.code.sha256.clone(),
            code_size: version.code.blob.length,
        },
        layer_arn: layer_arn(key),
        layer_version_arn,
        description: version.description.clone(),
        created_date,
        version: number,
        compatible_runtimes: some(&version.runtimes),
        compatible_architectures: some(&version.architectures),
        license_info: version.license.clone(),
    }
}

/// As lists show it.
pub fn row(key: &Key, number: u64, version: &LayerVersion) -> LayerRow {
    LayerRow {
        layer_version_arn: format!("{}:{number}", layer_arn(key)),
        version: number,
        description: version.description.clone(),
        created_date: version.created.iso_ms().replace('Z', "+0000"),
        compatible_runtimes: some(&version.runtimes),
        compatible_architectures: some(&version.architectures),
        license_info: version.license.clone(),
    }
}
