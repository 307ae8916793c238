//! AWS's test suite of Signature Version 4: every request's canonical form, string to sign, and
//! signature, and that the signed request is verified (and a changed one is not).
//!
//! The suite lies beside the repository, in `shared/conformance/sigv4`; where it is absent, this
//! test says so and skips.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it found, and fails by a panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_wire::http::{Headers, HttpRequest};
use cloudarium_wire::sigv4::{CanonicalRequest, Dialect, parse, string_to_sign, verify};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SIGNED_AT: &str = "20150830T123600Z";
const SCOPE: &str = "20150830/us-east-1/service/aws4_request";

/// Reads a request as the suite writes it: fields without blanks, folded values, no line ends.
fn read_request(text: &str) -> HttpRequest {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let first = lines.next().expect("a request line");
    let (method, rest) = first.split_once(' ').expect("a method");
    let target = rest.strip_suffix(" HTTP/1.1").expect("HTTP/1.1");
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with(' ') {
            let last = fields.last_mut().expect("a field to go on");
            last.1 = format!("{} {}", last.1, line.trim());
        } else {
            let (name, value) = line.split_once(':').expect("a field");
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    HttpRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: fields.into_iter().collect::<Headers>(),
        body: Bytes::from(body.to_owned()),
    }
}

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "sreq") {
            found.push(path);
        }
    }
}

fn text(path: &Path, extension: &str) -> String {
    fs::read_to_string(path.with_extension(extension))
        .expect("a file of the suite")
        .replace('\r', "")
}

/// What is signed of a request, in the suite's order.
fn check_case(path: &Path) {
    let name = path.display();
    let mut request = read_request(&text(path, "sreq"));
    // One signed request of the suite carries a made-up signature; its .authz has the right one.
    request.headers.set("Authorization", text(path, "authz").trim());
    let claim = parse(&request).expect("a claim").expect("signed");
    let mut unsigned = request.clone();
    unsigned.headers.remove("authorization");
    let payload_hash = text(path, "creq").lines().last().expect("a payload hash").to_owned();
    let canonical = CanonicalRequest {
        request: &unsigned,
        signed_headers: &claim.signed_headers,
        payload_hash: &payload_hash,
        dialect: Dialect::General,
    }
    .text();
    assert_eq!(canonical, text(path, "creq"), "canonical request of {name}");
    assert_eq!(string_to_sign(SIGNED_AT, SCOPE, &canonical), text(path, "sts"), "{name}");
    let now = Timestamp::parse_amz_date(SIGNED_AT).expect("an instant");
    let verdict = verify(&claim, &request, SECRET, Dialect::General, now);
    assert!(verdict.is_ok(), "{name}: {verdict:?}");
    let mut changed = request;
    "DELETE".clone_into(&mut changed.method);
    assert!(verify(&claim, &changed, SECRET, Dialect::General, now).is_err(), "{name}, changed");
}

#[test]
fn aws_suite() {
    let Some(folder) = cloudarium_tests::conformance("sigv4") else { return };
    let mut found = Vec::new();
    cases(&folder, &mut found);
    assert!(found.len() >= 25, "the suite has more cases than {}", found.len());
    for path in &found {
        check_case(path);
    }
    println!("{} cases", found.len());
}
