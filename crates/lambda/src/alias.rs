//! Aliases: how they are checked and shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Alias, Function, Key, LATEST};
use crate::name::qualified;

/// Another version, and its share.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Routing {
    /// By version.
    #[serde(default)]
    pub additional_version_weights: BTreeMap<String, f64>,
}

/// An alias, as AWS shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AliasConfiguration {
    alias_arn: String,
    name: String,
    function_version: String,
    description: String,
    routing_config: Option<Routing>,
    revision_id: String,
}

/// Its ARN.
pub fn arn(key: &Key, name: &str) -> String {
    qualified(key, Some(name))
}

/// The alias called `name`.
pub fn find<'a>(key: &Key, function: &'a Function, name: &str) -> Result<&'a Alias, Error> {
    let found = function.aliases.get(name);
    found.ok_or_else(|| Error::NotFound(format!("Cannot find alias arn: {}", arn(key, name))))
}

/// As AWS shows it.
pub fn shown(key: &Key, name: &str, alias: &Alias) -> AliasConfiguration {
    let weights = alias.weights.clone();
    AliasConfiguration {
        alias_arn: arn(key, name),
        name: name.to_owned(),
        function_version: alias.version.clone(),
        description: alias.description.clone(),
        routing_config: Some(Routing { additional_version_weights: weights })
            .filter(|routing| !routing.additional_version_weights.is_empty()),
        revision_id: alias.revision_id.clone(),
    }
}

/// Whether what it points to is there.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html>
pub fn check(key: &Key, function: &Function, alias: &Alias) -> Result<(), Error> {
    let there = |version: &str| {
        let found = function.version(version);
        found.map(|_| ()).ok_or_else(|| Error::no_function(&qualified(key, Some(version))))
    };
    there(&alias.version)?;
    // guess: the documentation has the rules, and no words.
    if alias.weights.len() > 1 {
        return Err(Error::parameter(
            "Number of items in AdditionalVersionWeights cannot be greater than 1",
        ));
    }
    for (version, weight) in &alias.weights {
        there(version)?;
        if *version == alias.version {
            return Err(Error::parameter(format!(
                "Invalid function version {version}. Function version {version} is already \
                 included in routing configuration."
            )));
        }
        if alias.version == LATEST || version == LATEST {
            return Err(Error::parameter(
                "$LATEST is not supported for an alias pointing to more than 1 version",
            ));
        }
        if !(0.0..=1.0).contains(weight) {
            return Err(Error::parameter("Weights must be between 0.0 and 1.0"));
        }
    }
    Ok(())
}
