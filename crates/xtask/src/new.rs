//! `cargo xtask new`: to be written by its owner.

use std::path::Path;

/// Options of `cargo xtask new`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(_root: &Path, _args: &Args) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
