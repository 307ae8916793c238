//! Which packages may be built in, by deny.toml: their licences, where they come from, and none that are banned.
//!
//! This is the part of cargo-deny's work that needs no network; building cargo-deny itself would take longer than all
//! the lints together.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Context as _;
use serde::Deserialize;

use crate::process::{self, cargo};
use crate::project::Project;

/// The parts of deny.toml that are held here.
#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    sources: Sources,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

/// What one package may have besides.
#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: BTreeSet<String>,
}

impl Licenses {
    fn of(&self, package: &str) -> BTreeSet<String> {
        let own = self.exceptions.iter().filter(|one| one.name == package);
        own.flat_map(|one| one.allow.clone()).chain(self.allow.clone()).collect()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
    allow_git: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// As `cargo metadata` tells it; no source is a path of the project's own.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

/// Adds a line to `wrong` for every package that may not be here.
pub fn check(project: &Project, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let rules = fs::read_to_string(project.path("deny.toml")).context("read deny.toml")?;
    let rules: Rules = toml::from_str(&rules).context("deny.toml")?;
    let mut metadata = cargo(&project.root);
    metadata.args(["metadata", "--format-version", "1", "--locked"]);
    let output = process::quiet(&mut metadata)?;
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    for package in metadata.packages {
        wrong.extend(faults(&rules, &package));
    }
    Ok(())
}

/// What is wrong with a package, each in a line.
fn faults(rules: &Rules, package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let Package { name, version, .. } = package;
    match &package.license {
        None => faults.push(format!("{name} {version}: tells no licence")),
        Some(license) if !is_allowed(license, &rules.licenses.of(name)) => {
            faults.push(format!("{name} {version}: deny.toml does not allow {license}"));
        }
        Some(_) => {}
    }
    if let Some(source) = &package.source {
        let known = match source.split_once('+') {
            Some(("registry", url)) => rules.sources.allow_registry.iter().any(|one| one == url),
            Some(("git", url)) => {
                rules.sources.allow_git.iter().any(|one| url.starts_with(one.as_str()))
            }
            _ => false,
        };
        if !known {
            faults.push(format!("{name} {version}: comes from {source}"));
        }
    }
    if rules.bans.deny.iter().any(|ban| ban.name == *name) {
        faults.push(format!("{name} {version}: deny.toml bans it"));
    }
    faults
}

/// Whether an SPDX expression can be fulfilled by allowed licences alone: `AND` binds closer than `OR`, and old
/// packages write `/` for `OR`. <https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/>
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let outcome = any_of(&mut words, allowed);
    outcome && words.is_empty()
}

fn any_of(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> bool {
    let mut outcome = all_of(words, allowed);
    while words.last() == Some(&"OR") {
        words.pop();
        // Both sides have to be read, whatever the first one says.
        outcome |= all_of(words, allowed);
    }
    outcome
}

fn all_of(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> bool {
    let mut outcome = one(words, allowed);
    while words.last() == Some(&"AND") {
        words.pop();
        outcome &= one(words, allowed);
    }
    outcome
}

fn one(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> bool {
    let Some(word) = words.pop() else { return false };
    if word == "(" {
        let outcome = any_of(words, allowed);
        return words.pop() == Some(")") && outcome;
    }
    let mut license = word.trim_end_matches('+').to_owned();
    if words.last() == Some(&"WITH") {
        words.pop();
        license = format!("{license} WITH {}", words.pop().unwrap_or_default());
    }
    allowed.contains(&license)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> BTreeSet<String> {
        ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
            .map(str::to_owned)
            .into()
    }

    #[test]
    fn an_expression_is_read_as_spdx_means_it() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "MIT OR GPL-3.0",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(is_allowed(good, &allowed()), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "GPL-3.0 OR MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND GPL-3.0",
            "Apache-2.0 WITH Classpath-exception-2.0",
            "(MIT",
            "MIT GPL-3.0",
        ] {
            assert!(!is_allowed(bad, &allowed()), "{bad}");
        }
    }

    #[test]
    fn a_package_from_elsewhere_or_banned_is_told() {
        let rules = Rules {
            licenses: Licenses { allow: allowed(), exceptions: Vec::new() },
            sources: Sources { allow_registry: vec!["https://one".to_owned()], allow_git: vec![] },
            bans: Bans { deny: vec![Ban { name: "openssl".to_owned() }] },
        };
        let package = |name: &str, source: Option<&str>| Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: Some("MIT".to_owned()),
            source: source.map(str::to_owned),
        };
        assert!(faults(&rules, &package("a", None)).is_empty());
        assert!(faults(&rules, &package("a", Some("registry+https://one"))).is_empty());
        assert_eq!(faults(&rules, &package("a", Some("registry+https://two"))).len(), 1);
        assert_eq!(faults(&rules, &package("a", Some("git+https://one"))).len(), 1);
        assert_eq!(faults(&rules, &package("openssl", Some("registry+https://one"))).len(), 1);
    }
}
