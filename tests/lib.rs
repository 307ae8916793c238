//! tests

use std::path::PathBuf;

/// The folder of recordings called `name`, if they lie beside the repository (or where
/// `CLOUDARIUM_SHARED` says); else says what is skipped.
pub fn conformance(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("CLOUDARIUM_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
        PathBuf::from,
    );
    let folder = shared.join("conformance").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the recordings conformance/{name} are not here");
    None
}

pub mod boto3;
pub mod case;
pub mod venv;
