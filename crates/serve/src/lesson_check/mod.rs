//! `cloudarium lesson check`: proves lessons right with `CPython` and real boto3, and with bash and the
//! real AWS CLI.
//!
//! Seven proofs for each lesson, as docs/LESSONS.md lists them. Everything runs in this process but
//! Python: each run of a script has a cloud of its own behind a socket ([`stage`]), which notes every
//! request, so that runs can be replayed with one call left out.

mod acts;
mod clicks;
mod files;
mod hall;
mod prove;
mod run;
mod stage;

use std::path::{Path, PathBuf};

pub use files::{LessonFolder, below, load};
pub use prove::{Proven, Tools, prove};

/// Checks the lessons that `paths` mean: folders of lessons, of tracks, of all. All below `root` are
/// checked when there are none. The first error is about the request itself; what is wrong with
/// lessons stands in the reports.
pub fn check(root: &Path, paths: &[PathBuf], tools: &Tools) -> Result<Vec<Proven>, String> {
    let all = load(root)?;
    let mut wanted: Vec<&LessonFolder> = Vec::new();
    for path in paths {
        for folder in below(root, &all, path)? {
            if !wanted.iter().any(|known| known.name == folder.name) {
                wanted.push(folder);
            }
        }
    }
    if paths.is_empty() {
        wanted = all.iter().collect();
    }
    let between = files::between(root, &all);
    let tools = found(tools)?;
    Ok(wanted
        .into_iter()
        .map(|folder| {
            let mut proven = prove(folder, &tools);
            let of_it = between.iter().filter(|(name, _)| *name == folder.name);
            proven.failures.extend(of_it.map(|(_, words)| words.clone()));
            proven
        })
        .collect())
}

/// The way to the tools from anywhere: scripts run in folders of their own. A link into a virtual
/// environment stays one; a bare name is looked up as the shell does.
fn found(tools: &Tools) -> Result<Tools, String> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| error.to_string());
    let python = &tools.python;
    if python.components().count() == 1 {
        return Ok(Tools { python: python.clone(), aws: absolute(&tools.aws)? });
    }
    if !python.is_file() {
        return Err(format!(
            "There is no Python at {}. Make one with boto3 (`cargo xtask setup` does), or name it \
             by --python.",
            python.display()
        ));
    }
    Ok(Tools { python: absolute(python)?, aws: absolute(&tools.aws)? })
}
