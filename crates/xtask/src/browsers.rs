//! The browsers of the browser tests, and the programs that drive them.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use crate::process;
use crate::project::{Done, Project};

/// Firefox's driver, built from its source: it is in few distributions.
const GECKODRIVER: &str = "0.37.1";

/// What each program needs of Debian's packages.
const PACKAGES: &[(&[&str], &str)] = &[
    (&["chromium"], "chromium"),
    (&["chromedriver"], "chromium-driver"),
    (&["firefox-esr", "firefox"], "firefox-esr"),
];

/// Installs what is missing: by apt if that is there and we may, else the error names it.
pub fn install(project: &Project) -> anyhow::Result<Done> {
    let packages = install_packages(project)?;
    let driver = install_geckodriver(project)?;
    Ok(if packages || driver { Done::Now } else { Done::Before })
}

/// Runs the scenarios that hold today, those of the page in Chromium; CONTRIBUTING.md says how to run
/// the others, and which of them are still open.
pub fn test(project: &Project) -> anyhow::Result<()> {
    install_packages(project)?;
    let mut tests = process::cargo(&project.root);
    tests.args(["test", "--quiet", "--package", "cloudarium-tests", "--test", "browser"]);
    tests.args(["--", "--ignored", "--test-threads=1", "page::chromium"]);
    process::loud(&mut tests)
}

fn missing() -> Vec<&'static str> {
    let is_missing = |programs: &[&str]| programs.iter().all(|name| process::find(name).is_none());
    PACKAGES
        .iter()
        .filter(|(programs, _)| is_missing(programs))
        .map(|(_, package)| *package)
        .collect()
}

fn install_packages(project: &Project) -> anyhow::Result<bool> {
    let packages = missing();
    if packages.is_empty() {
        return Ok(false);
    }
    let how = format!("apt-get update && apt-get install --yes {}", packages.join(" "));
    if process::find("apt-get").is_none() || !is_root(project)? {
        bail!("the browser tests need {}. On Debian, as root: `{how}`", packages.join(", "));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = process::command("apt-get", &project.root)?;
        process::quiet(apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    apt(&["update"]).with_context(|| format!("the browser tests need `{how}`"))?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&packages);
    apt(&install).with_context(|| format!("the browser tests need `{how}`"))?;
    Ok(true)
}

fn is_root(project: &Project) -> anyhow::Result<bool> {
    let output = process::quiet(process::command("id", &project.root)?.arg("-u"))?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Where the driver lies that we built.
fn geckodriver(project: &Project) -> PathBuf {
    project.cache().join("geckodriver/bin/geckodriver")
}

fn install_geckodriver(project: &Project) -> anyhow::Result<bool> {
    if geckodriver(project).is_file() || process::find("geckodriver").is_some() {
        return Ok(false);
    }
    let mut cargo = process::cargo(&project.root);
    cargo.args(["install", "--quiet", "--locked", "geckodriver", "--version", GECKODRIVER]);
    cargo.arg("--root").arg(project.cache().join("geckodriver"));
    cargo.arg("--target-dir").arg(project.target().join("geckodriver"));
    process::quiet(&mut cargo)?;
    Ok(true)
}
