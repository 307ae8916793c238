//! Requests that are none: broken HTTP, XML, JSON, forms, signatures and chunk framing, headers of
//! megabytes, bytes that are no text, bodies cut short, operations and members that do not exist.
//! Nothing panics, every refusal is an AWS error with a code and a status, and nothing is lost.
//!
//! `CLOUDARIUM_SEED=7 cargo test -p cloudarium-tests --test malformed` runs another seed.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test fails by panicking and says what it did"
)]

#[path = "malformed/base.rs"]
mod base;
#[path = "malformed/named.rs"]
mod named;
#[path = "malformed/spoil.rs"]
mod spoil;

use std::collections::BTreeMap;

use cloudarium_cloud::{Caller, CallerKind, Cloud, Config, Effect, Request};
use cloudarium_env::{Rng, Timestamp};
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use cloudarium_wire::xml;
use serde_json::Value as Json;

/// Of each of the two halves, which run side by side.
const REFUSALS: usize = 50_000;
const NOW: Timestamp = Timestamp::from_ms(1_767_603_600_000);

/// A cloud with one object that no request of these tests names.
pub(crate) struct Door {
    cloud: Cloud,
    next: u64,
}

impl Door {
    pub(crate) fn new() -> Self {
        let mut door = Self { cloud: Cloud::new(Config::default()), next: 1 };
        for (operation, input) in base::KEPT {
            let answer = door.knock(base::request("s3", operation, input), true);
            assert_eq!(answer.status, 200, "{operation}: {answer:?}");
        }
        door
    }

    /// The one answer to `http`.
    pub(crate) fn knock(&mut self, http: HttpRequest, trusted: bool) -> HttpResponse {
        let id = self.next;
        self.next += 1;
        let caller = if trusted {
            Caller::Trusted { kind: CallerKind::Console, account: "123456789012".to_owned() }
        } else {
            Caller::Client
        };
        let request = Request { id, at: NOW, wall: NOW, caller, http };
        let mut answers =
            self.cloud.handle(request).into_iter().filter_map(|effect| match effect {
                Effect::Respond { id: of, response } if of == id => Some(response),
                _ => None,
            });
        let answer = answers.next().expect("an answer");
        assert!(answers.next().is_none(), "two answers");
        answer
    }
}

/// The code of a refusal, wherever its protocol puts it; of an answer to `HEAD`, its status.
pub(crate) fn code(request: &HttpRequest, answer: &HttpResponse) -> Option<String> {
    if let Some(code) = answer.headers.get("x-amzn-errortype") {
        return Some(code.to_owned());
    }
    if answer.body.is_empty() {
        let bodiless = request.method == "HEAD" || answer.status == 304;
        return bodiless.then(|| answer.status.to_string());
    }
    if let Ok(json) = serde_json::from_slice::<Json>(&answer.body) {
        return json["__type"].as_str().map(str::to_owned);
    }
    let root = xml::parse(&answer.body).ok()?;
    let errors = root.child("Errors").unwrap_or(&root);
    let error = errors.child("Error").unwrap_or(errors);
    error.child("Code").map(|it| it.text.clone())
}

/// Codes that always have one status.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
const STATUSES: &[(&str, u16)] = &[
    ("AccessDenied", 403),
    ("AuthorizationHeaderMalformed", 400),
    ("BadDigest", 400),
    ("IncompleteBody", 400),
    ("InvalidAccessKeyId", 403),
    ("InvalidDigest", 400),
    ("InvalidURI", 400),
    ("MalformedXML", 400),
    ("MethodNotAllowed", 405),
    ("NoSuchBucket", 404),
    ("NoSuchKey", 404),
    ("NotImplemented", 501),
    ("RequestTimeTooSkewed", 403),
    ("SerializationException", 400),
    ("SignatureDoesNotMatch", 403),
    ("ValidationException", 400),
    ("XAmzContentSHA256Mismatch", 400),
];

/// Whether `answer` is a good one; a refusal must be typed.
fn is_good(request: &HttpRequest, answer: &HttpResponse) -> bool {
    if (200..300).contains(&answer.status) {
        return true;
    }
    let told = || format!("{request:?}\n{answer:?}");
    let code = code(request, answer).unwrap_or_else(|| panic!("no code: {}", told()));
    let typed = !code.is_empty() && code.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.');
    assert!(typed, "{code:?} is no code: {}", told());
    let range = matches!(answer.status, 301 | 304 | 307 | 400..=499 | 501);
    assert!(range, "{} is no refusal of a request: {}", answer.status, told());
    if let Some((_, status)) = STATUSES.iter().find(|(name, _)| *name == code) {
        assert_eq!(answer.status, *status, "{}", told());
    }
    false
}

#[test]
fn a_hundred_thousand_malformed_requests_are_refused_first_half() {
    refuse_all("first half");
}

#[test]
fn a_hundred_thousand_malformed_requests_are_refused_second_half() {
    refuse_all("second half");
}

fn refuse_all(half: &str) {
    let seed = std::env::var("CLOUDARIUM_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    let mut rng = Rng::new(seed, half);
    let mut door = Door::new();
    let bases = base::all();
    let (mut refused, mut good) = (0, 0);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    while refused < REFUSALS {
        let request = spoil::spoil(&mut rng, &bases);
        let trusted = rng.below(2) == 0;
        let answer = door.knock(request.clone(), trusted);
        if is_good(&request, &answer) {
            good += 1;
            assert!(good < 4 * REFUSALS, "these requests are not malformed");
        } else {
            refused += 1;
            *codes.entry(code(&request, &answer).unwrap_or_default()).or_default() += 1;
        }
    }
    println!("seed {seed}, {half}: {refused} refused, {good} good after all; {codes:?}");
    assert!(codes.len() >= 20, "only {codes:?}");
    let kept = door.knock(base::request("s3", "GetObject", base::KEPT_OBJECT), true);
    assert_eq!((kept.status, &kept.body[..]), (200, &b"kept"[..]));
}
