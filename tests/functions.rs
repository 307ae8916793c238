//! Lambda functions that really run natively: CPython and Node.js, by real boto3. What is checked is in
//! `python/functions.py`.

use std::process::Stdio;

use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_serve::functions::Settings;
use cloudarium_tests::boto3;

#[test]
fn functions_run_and_go_wrong_as_on_aws() {
    let python = boto3::python().expect("a Python with boto3");
    let functions = Settings { python, ..Settings::default() };
    let endpoint =
        Background::start(Options { functions, ..Options::default() }).expect("it starts");
    let script = boto3::root().join("tests/python/functions.py");
    let output = boto3::command(&endpoint.url())
        .expect("a command")
        .arg(script)
        .stderr(Stdio::piped())
        .output()
        .expect("Python runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.ends_with("all\n"), "{told}\n{wrong}");
}
