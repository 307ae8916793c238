//! `--accounts`: who is let in, and how a wrong file is refused.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::format_push_string,
    reason = "a test ends where it is surprised, and tells what it counted"
)]

mod common;

use std::process::Command;

use common::{BINARY, Scratch, Server};

const TWO: &str = r#"
[[user]]
account = "111122223333"
name = "alice"
access_key_id = "AKIDALICE"
secret_access_key = "alices-secret"

[[user]]
account = "444455556666"
name = "bob"
access_key_id = "AKIDBOB"
secret_access_key = "bobs-secret"
"#;

fn with_accounts(scratch: &Scratch) -> Server {
    let file = scratch.path("accounts.toml");
    std::fs::write(&file, TWO).unwrap();
    Server::start(&["--accounts", file.to_str().unwrap()])
}

#[test]
fn two_accounts_share_the_names_of_buckets_and_nothing_else() {
    let scratch = Scratch::new("two");
    let server = with_accounts(&scratch);
    let mut alice = server.client().with_keys("AKIDALICE", "alices-secret");
    let mut bob = server.client().with_keys("AKIDBOB", "bobs-secret");
    alice.put("/alices-bucket", b"");
    alice.put("/alices-bucket/k", b"hers");
    assert_eq!(bob.get("/alices-bucket/k").code(), "AccessDenied");
    assert_eq!(bob.s3("PUT", "/alices-bucket", b"").unwrap().code(), "BucketAlreadyExists");
    assert!(alice.get("/").text().contains("alices-bucket"));
    assert!(!bob.get("/").text().contains("alices-bucket"));
    assert_eq!(alice.get("/alices-bucket/k").text(), "hers");
}

#[test]
fn only_the_keys_of_the_file_work() {
    let scratch = Scratch::new("keys");
    let server = with_accounts(&scratch);
    let mut wrong = server.client().with_keys("AKIDALICE", "guessed");
    assert_eq!(wrong.get("/").code(), "SignatureDoesNotMatch");
    for (id, secret) in [("test", "test"), ("AKIDMALLORY", "x")] {
        let answer = server.client().with_keys(id, secret).get("/");
        assert_eq!((answer.status, &*answer.code()), (403, "InvalidAccessKeyId"));
    }
}

#[test]
fn without_a_file_test_is_verified_and_others_are_let_in() {
    let server = Server::start(&[]);
    assert_eq!(server.client().get("/").status, 200);
    let wrong = server.client().with_keys("test", "wrong").get("/");
    assert_eq!(wrong.code(), "SignatureDoesNotMatch");
    assert_eq!(server.client().with_keys("AKIDANYONE", "anything").get("/").status, 200);
}

#[test]
fn a_wrong_file_is_refused_with_its_line_and_what_to_do() {
    let scratch = Scratch::new("wrong");
    let file = scratch.path("accounts.toml");
    std::fs::write(&file, TWO.replace("444455556666", "4444")).unwrap();
    let output = Command::new(BINARY)
        .args(["endpoint", "--port", "0", "--accounts"])
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        said.contains("accounts.toml:9: the account \"4444\" is not twelve digits; write"),
        "{said}"
    );
}
