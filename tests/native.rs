//! The real boto3, from `CPython`, against the native endpoint.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where it is surprised"
)]

use std::process::Command;

use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_tests::boto3;

fn run(command: &mut Command) -> String {
    let output = command.output().expect("Python starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\nafter\n{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).expect("Python writes UTF-8")
}

/// The same script and the same transcript as in the browser tests. `UPDATE_EXPECT=1` writes the
/// transcript anew.
#[test]
fn the_tutorial_says_what_it_says_everywhere() {
    let endpoint = Background::start(Options::default()).expect("the endpoint starts");
    let script = boto3::root().join("tests/python/tutorial.py");
    let mut python = boto3::command(&endpoint.url()).unwrap_or_else(|missing| panic!("{missing}"));
    let transcript = run(python.arg(script));
    expect_test::expect_file!["python/tutorial.expected.txt"].assert_eq(&transcript);
}

const LINKS: &str = r#"
import sys, time, urllib.error, urllib.request
import boto3
from botocore.config import Config

def fetch(link):
    try:
        with urllib.request.urlopen(link) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()

# What boto3 signs links by when it is not told, in us-east-1, is Signature Version 2.
for version, config in (("s3v4", Config(signature_version="s3v4")), ("default", None)):
    s3 = boto3.client("s3", config=config)
    s3.create_bucket(Bucket="links")
    s3.put_object(Bucket="links", Key="a b/ü.txt", Body=b"linked")
    where = {"Bucket": "links", "Key": "a b/ü.txt"}
    link = s3.generate_presigned_url("get_object", Params=where, ExpiresIn=60)
    assert fetch(link) == (200, "linked"), fetch(link)
    forged = link.replace("%C3%BC", "u")
    status, body = fetch(forged)
    assert status == 403 and "<Code>SignatureDoesNotMatch</Code>" in body, (version, status, body)
    short = s3.generate_presigned_url("get_object", Params=where, ExpiresIn=1)
    time.sleep(2.5)
    status, body = fetch(short)
    assert status == 403 and "<Code>AccessDenied</Code>" in body, (version, status, body)
    assert "Request has expired" in body, body
    print(version, "holds")
stranger = boto3.client(
    "s3", aws_access_key_id="AKIDSTRANGER", aws_secret_access_key="x",
    config=Config(signature_version="s3v4"))
link = stranger.generate_presigned_url("get_object", Params=where, ExpiresIn=1)
assert fetch(link)[0] == 200, fetch(link)
time.sleep(2.5)
status, body = fetch(link)
assert status == 403 and "Request has expired" in body, (status, body)
print("a stranger's link expires too")
"#;

#[test]
fn presigned_links_open_once_signed_and_end_when_they_say() {
    let endpoint = Background::start(Options::default()).expect("the endpoint starts");
    let mut python = boto3::command(&endpoint.url()).unwrap_or_else(|missing| panic!("{missing}"));
    let said = run(python.args(["-c", LINKS]));
    assert_eq!(said, "s3v4 holds\ndefault holds\na stranger's link expires too\n");
}
