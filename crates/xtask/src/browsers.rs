//! Browsers
use crate::project::{Done, Project};
/// Installs them.
pub fn install(_project: &Project) -> anyhow::Result<Done> {
    anyhow::bail!("not written yet")
}
