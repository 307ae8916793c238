//! `cargo xtask coverage`
use crate::project::Project;
/// Options
#[derive(clap::Args)]
pub struct Args {}
/// Runs it.
pub fn run(_project: &Project, _args: &Args) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
