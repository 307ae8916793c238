//! AWS's protocol vectors: every request is read and every answer and error is written, in every
//! protocol that the models speak; and the client's side does the same the other way round.
//!
//! The vectors lie beside the repository, in `shared/conformance/protocols`, or where
//! `CLOUDARIUM_CONFORMANCE` says; where they are absent, this test says so and skips.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking and says what it skipped"
)]

#[path = "protocols/expect.rs"]
mod expect;
#[path = "protocols/input.rs"]
mod input;
#[path = "protocols/output.rs"]
mod output;

use std::fs;
use std::path::{Path, PathBuf};

use cloudarium_shape::model::{Operation, Service};
use serde_json::{Value as Json, json};

/// CBOR is the one protocol that no model on board speaks.
const FILES: [(&str, &str); 7] = [
    ("ec2", "ec2"),
    ("json", "json"),
    ("json_1_0", "json_1_0"),
    ("json_1_0-query-compatible", "json_1_0"),
    ("query", "query"),
    ("rest-json", "rest-json"),
    ("rest-xml", "rest-xml"),
];

/// One vector with the model it belongs to.
pub(crate) struct Vector {
    /// The file and the vector's name.
    pub(crate) name: String,
    pub(crate) service: &'static Service,
    pub(crate) operation: &'static Operation,
    pub(crate) case: Json,
}

fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let root = std::env::var_os("CLOUDARIUM_CONFORMANCE").map_or_else(beside, PathBuf::from);
    let folder = root.join("protocols");
    folder.is_dir().then_some(folder)
}

fn read_json(path: &Path) -> Json {
    let text = fs::read_to_string(path).expect("a file of vectors");
    serde_json::from_str(&text).expect("JSON")
}

fn is_ignored(list: &Json, (protocol, direction): (&str, &str), suite: &str, id: &str) -> bool {
    let has = |list: &Json, kind: &str, name: &str| {
        let names = list[direction][kind].as_array().cloned().unwrap_or_default();
        names.iter().any(|it| it == name)
    };
    [&list["general"], &list["protocols"][protocol]]
        .iter()
        .any(|list| has(list, "suites", suite) || has(list, "cases", id))
}

/// All vectors of a direction but those on the ignore list.
fn vectors(folder: &Path, direction: &str) -> Vec<Vector> {
    let ignored = read_json(&folder.join("ignore-list.json"));
    let mut vectors = Vec::new();
    for (file, protocol) in FILES {
        let path = folder.join(direction).join(format!("{file}.json"));
        if !path.is_file() {
            continue;
        }
        for suite in read_json(&path).as_array().expect("suites") {
            let title = suite["description"].as_str().unwrap_or_default();
            for (index, case) in suite["cases"].as_array().expect("cases").iter().enumerate() {
                let id = case["id"].as_str().unwrap_or_default();
                if !is_ignored(&ignored, (protocol, direction), title, id) {
                    let name = format!("{direction}/{file}/{title}/{index} {id}");
                    vectors.push(vector(name, suite, case));
                }
            }
        }
    }
    vectors
}

fn vector(name: String, suite: &Json, case: &Json) -> Vector {
    let given = &case["given"];
    let operation = given["name"].as_str().expect("an operation's name");
    let model = json!({
        "metadata": suite["metadata"],
        "operations": {operation: given},
        "shapes": suite["shapes"],
    });
    let service = Service::read("vectors", &model.to_string());
    // The wire keeps models for as long as it runs.
    let service: &'static Service =
        Box::leak(Box::new(service.unwrap_or_else(|why| panic!("{name}: {why}"))));
    let operation = service.operation(operation).expect("the operation");
    Vector { name, service, operation, case: case.clone() }
}

fn run(direction: &str, least: usize, check: fn(&Vector) -> Result<(), String>) {
    let Some(folder) = folder() else {
        println!("skipped: shared/conformance/protocols is not beside the repository");
        return;
    };
    let vectors = vectors(&folder, direction);
    assert!(vectors.len() >= least, "only {} vectors", vectors.len());
    let failed: Vec<String> = vectors
        .iter()
        .filter_map(|vector| check(vector).err().map(|why| format!("{}\n    {why}", vector.name)))
        .collect();
    println!("{} of {} vectors fit", vectors.len() - failed.len(), vectors.len());
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), vectors.len(), failed.join("\n"));
}

#[test]
fn every_request_is_read() {
    run("input", 300, input::check_server);
}

#[test]
fn every_request_written_is_read_back() {
    run("input", 300, input::check_round_trip);
}

#[test]
fn every_answer_and_error_is_written() {
    run("output", 280, output::check_server);
}

#[test]
fn every_answer_and_error_is_read() {
    run("output", 280, output::check_client);
}
