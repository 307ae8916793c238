//! The Terminal's shell (web/python/_terminal) says, writes and ends as bash does.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where it is surprised"
)]

use std::process::Command;

use cloudarium_tests::boto3;

#[test]
fn every_line_ends_as_in_bash() {
    let script = boto3::root().join("tests/python/shell_against_bash.py");
    let output = Command::new("python3").arg(script).output().expect("python3 and bash are there");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    assert!(said.contains(" lines as bash does them"), "{said}\n{errors}");
}
