//! What the tests share: `.case` files and how they run, boto3 against the native endpoint, the
//! recordings of AWS.
//!
//! Start in [`case`]. tests/README.md says how to run and write tests.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test code: a JSON that lacks a member is null, and what is skipped is said aloud"
)]

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
