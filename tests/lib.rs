//! What the tests share: `.case` files and how they run, boto3 against the native endpoint, the
//! recordings of AWS.
//!
//! Start in [`case`]. tests/README.md says how to run and write tests.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test code: a JSON that lacks a member is null, and what is skipped is said aloud"
)]

pub mod boto3;
pub mod case;
pub mod venv;

use std::path::PathBuf;

use serde_json::Value as Json;

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

/// JSON as Python's `json.dumps` writes it, with which AWS was recorded: a space after each comma and colon.
pub fn json_dumps(value: &Json) -> String {
    match value {
        Json::Array(list) => {
            format!("[{}]", list.iter().map(json_dumps).collect::<Vec<_>>().join(", "))
        }
        Json::Object(map) => {
            let member = |(key, value): (&String, &Json)| {
                format!("{}: {}", Json::from(key.as_str()), json_dumps(value))
            };
            format!("{{{}}}", map.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
