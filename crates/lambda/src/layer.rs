//! Layers: how they are found and shown.

use std::collections::BTreeSet;

use cloudarium_env::{Timestamp, place};
use cloudarium_service::Ctx;
use serde::Serialize;

use crate::access;
use crate::error::Error;
use crate::link::{self, Kind};
use crate::model::{Code, Key, LayerVersion, State};
use crate::name::{layer_arn, layer_key};

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
    location: String,
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

/// The layer and the version that an ARN names.
pub fn named(arn: &str) -> Option<(Key, u64)> {
    let (layer, version) = arn.rsplit_once(':')?;
    let parsed = place::Arn::parse(layer)?;
    let key = Key {
        account: parsed.account.to_owned(),
        region: parsed.region.to_owned(),
        name: parsed.resource.strip_prefix("layer:")?.to_owned(),
    };
    Some((key, version.parse().ok()?))
}

/// The code of a version that the caller's functions may be given; none if there is no such version.
pub fn offered<'a>(lambda: &'a State, cx: &Ctx<'_>, arn: &str) -> Result<Option<&'a Code>, Error> {
    let Some((key, number)) = named(arn) else { return Ok(None) };
    let found = lambda.layers.get(&key).and_then(|layer| layer.versions.get(&number));
    let Some(version) = found else { return Ok(None) };
    access::check_layer(cx, (&key, number), &version.policy)?;
    Ok(Some(&version.code))
}

/// The key of a layer of the caller's own account, by its name or ARN.
pub fn own(cx: &Ctx<'_>, name: &str) -> Result<Key, Error> {
    let key = layer_key(cx, name);
    if key.account == cx.caller.account {
        return Ok(key);
    }
    Err(Error::AccessDenied(format!(
        "User: {} is not authorized to perform this action on resource: {}",
        cx.caller.arn,
        layer_arn(&key)
    )))
}

/// A version of the caller's own, to change it.
pub fn own_mut<'a>(
    lambda: &'a mut State,
    cx: &Ctx<'_>,
    (name, number): (&str, u64),
) -> Result<(Key, &'a mut LayerVersion), Error> {
    let key = own(cx, name)?;
    let found = lambda.layers.get_mut(&key).and_then(|layer| layer.versions.get_mut(&number));
    found.map(|version| (key.clone(), version)).ok_or_else(|| not_there(&key, number))
}

/// The ARN of a version.
pub fn version_arn(key: &Key, number: u64) -> String {
    format!("{}:{number}", layer_arn(key))
}

fn not_there(key: &Key, number: u64) -> Error {
    Error::NotFound(format!("Layer version {} does not exist.", version_arn(key, number)))
}

/// Deletes a version; whoever has it keeps it.
pub fn delete(lambda: &mut State, key: &Key, number: u64) {
    let is_used = used(lambda).contains(&(key.clone(), number));
    let Some(layer) = lambda.layers.get_mut(key) else { return };
    if let Some(version) = layer.versions.remove(&number).filter(|_| is_used) {
        layer.deleted.insert(number, version);
    }
}

/// Lets go of deleted versions that no function has any longer.
pub fn forget(lambda: &mut State) {
    if lambda.layers.values().all(|layer| layer.deleted.is_empty()) {
        return;
    }
    let used = used(lambda);
    let keys: Vec<Key> = lambda.layers.keys().cloned().collect();
    for key in keys {
        if let Some(layer) = lambda.layers.get_mut(&key) {
            layer.deleted.retain(|number, _| used.contains(&(key.clone(), *number)));
        }
    }
}

/// Every version that some function has.
fn used(lambda: &State) -> BTreeSet<(Key, u64)> {
    let functions = lambda.functions.values();
    let versions = functions.flat_map(|it| std::iter::once(&it.latest).chain(it.versions.values()));
    versions.flat_map(|version| version.layers.iter().filter_map(|arn| named(arn))).collect()
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
pub fn shown(
    key: &Key,
    (number, version): (u64, &LayerVersion),
    now: Timestamp,
) -> LayerVersionOutput {
    let LayerRow { layer_version_arn, created_date, .. } = row(key, number, version);
    LayerVersionOutput {
        content: Content {
            location: link::link(Kind::Layers, key, &version.code, now),
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
        layer_version_arn: version_arn(key, number),
        version: number,
        description: version.description.clone(),
        created_date: version.created.iso_ms().replace('Z', "+0000"),
        compatible_runtimes: some(&version.runtimes),
        compatible_architectures: some(&version.architectures),
        license_info: version.license.clone(),
    }
}
