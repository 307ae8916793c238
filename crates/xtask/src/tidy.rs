//! `cargo xtask tidy`
use crate::project::Project;
/// Runs it.
pub fn run(_project: &Project) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
