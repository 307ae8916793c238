//! The lints of what is not Rust: spelling (typos), Python (ruff), scripts and styles (prettier), all pinned; and
//! `cargo xtask format`, which brings everything into form.

use std::path::PathBuf;

use crate::process::{self, cargo};
use crate::project::Project;
use crate::venv;

/// The pinned typos and ruff.
const REQUIREMENTS: &str = "crates/xtask/requirements-lint.txt";
/// Folders with Python.
const PYTHON: &[&str] = &["web/python", "tests/python", "crates/serve/src/lesson_check"];
/// Folders below web/ with scripts and styles.
const WEB: &[&str] = &["js", "editor", "styles"];

/// A program of the pinned environment.
fn program(project: &Project, name: &str) -> anyhow::Result<PathBuf> {
    let python =
        venv::python(&project.root, "venv-lint", REQUIREMENTS).map_err(anyhow::Error::msg)?;
    Ok(python.with_file_name(name))
}

/// Spelling, everywhere that _typos.toml does not leave out.
pub fn spelling(project: &Project) -> anyhow::Result<()> {
    let mut typos = std::process::Command::new(program(project, "typos")?);
    process::loud(typos.current_dir(&project.root).args(["--format", "brief"]))
}

/// Python's lints and format.
pub fn python(project: &Project) -> anyhow::Result<()> {
    ruff(project, &["check", "--quiet"])?;
    ruff(project, &["format", "--quiet", "--check", "--diff"])
}

fn ruff(project: &Project, arguments: &[&str]) -> anyhow::Result<()> {
    let mut ruff = std::process::Command::new(program(project, "ruff")?);
    ruff.current_dir(&project.root).args(arguments).args(["--config", "web/python/ruff.toml"]);
    process::loud(ruff.args(PYTHON))
}

/// The format of scripts and styles.
pub fn web(project: &Project) -> anyhow::Result<()> {
    prettier(project, "--check")
}

fn prettier(project: &Project, action: &str) -> anyhow::Result<()> {
    let mut node = process::command("node", &project.path("web"))?;
    node.args(["node_modules/prettier/bin/prettier.cjs", "--log-level=warn", action]);
    process::loud(node.args(WEB))
}

/// Brings everything into form.
pub fn format(project: &Project) -> anyhow::Result<()> {
    process::loud(cargo(&project.root).args(["fmt", "--all"]))?;
    ruff(project, &["format"])?;
    prettier(project, "--write")
}
