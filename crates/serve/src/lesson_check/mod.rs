//! `cloudarium lesson check`: proves lessons right with `CPython` and real boto3.
//!
//! Seven proofs for each lesson, as docs/LESSONS.md lists them. Everything runs in this process but
//! Python: each run of a script has a cloud of its own behind a socket ([`stage`]), which notes every
//! request, so that runs can be replayed with one call left out.

mod files;
mod prove;
mod python;
mod stage;

use std::path::{Path, PathBuf};

pub use files::{LessonFolder, find, load};
pub use prove::{Proven, prove};

/// Checks the lessons in `folders` (all below `root` when there are none). The first error is about
/// the request itself; what is wrong with lessons stands in the reports.
pub fn check(root: &Path, folders: &[PathBuf], python: &Path) -> Result<Vec<Proven>, String> {
    let all = load(root)?;
    let wanted: Vec<&LessonFolder> = if folders.is_empty() {
        all.iter().collect()
    } else {
        folders.iter().map(|folder| find(&all, folder)).collect::<Result<_, _>>()?
    };
    let between = files::between(root, &all);
    // Scripts run in folders of their own; a link into a virtual environment stays one.
    let python = python_path(python)?;
    Ok(wanted
        .into_iter()
        .map(|folder| {
            let mut proven = prove(folder, &python);
            let of_it = between.iter().filter(|(name, _)| *name == folder.name);
            proven.failures.extend(of_it.map(|(_, words)| words.clone()));
            proven
        })
        .collect())
}

/// The way to `python` from anywhere; a bare name is looked up as the shell does.
fn python_path(python: &Path) -> Result<PathBuf, String> {
    if python.components().count() == 1 {
        return Ok(python.to_owned());
    }
    let path = std::path::absolute(python).map_err(|error| error.to_string())?;
    if path.is_file() {
        return Ok(path);
    }
    Err(format!(
        "There is no Python at {}. Make one with boto3 (`cargo xtask setup` does), or name it by \
         --python.",
        python.display()
    ))
}
