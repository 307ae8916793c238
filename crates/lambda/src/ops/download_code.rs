//! A link to a package is opened. It is no operation of Lambda's model; AWS's own buckets answer there.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html> has how long such a link is open; the words
//! are S3's.

use std::time::Duration;

use cloudarium_env::{BlobRef, Timestamp};
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Map, Value};
use serde::Deserialize;

use crate::link::{self, Kind};
use crate::model::{Code, Key, State};
use crate::store;

/// A request, as `wire` reads it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DownloadCodeInput {
    kind: String,
    method: String,
    path: String,
    date: Option<String>,
    expires: Option<String>,
    signature: Option<String>,
}

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: DownloadCodeInput = store::input("DownloadCode", value)?;
    let (Some(date), Some(expires), Some(signature)) =
        (&input.date, &input.expires, &input.signature)
    else {
        return Err(denied("Access Denied"));
    };
    if !matches!(input.method.as_str(), "GET" | "HEAD") {
        return Err(denied("Access Denied"));
    }
    let blob = blob(lambda, cx, &input).filter(|(_, right)| right == signature);
    let (blob, _) = blob.ok_or_else(|| {
        let words = "The request signature we calculated does not match the signature you provided. Check your key and \
                     signing method.";
        Fault::new("SignatureDoesNotMatch", 403, words)
    })?;
    if is_over(date, expires, cx.now) {
        return Err(denied("Request has expired"));
    }
    let lost =
        || Fault::new("InternalError", 500, "We encountered an internal error. Please try again.");
    let body = cx.blobs.get(&blob, 0..blob.length).ok_or_else(lost)?;
    Ok(Outcome::Output(Value::Map(Map::from([("Body".to_owned(), Value::Blob(body))]))))
}

fn denied(words: &str) -> Fault {
    Fault::new("AccessDenied", 403, words)
}

/// The package that the path names, and what the signature must be.
fn blob(lambda: &State, cx: &Ctx<'_>, input: &DownloadCodeInput) -> Option<(BlobRef, String)> {
    let date = input.date.as_deref()?;
    let of = |kind: Kind, (key, code): (&Key, &Code)| {
        let is_it = key.region == cx.region && link::path(kind, key, code) == input.path;
        is_it.then(|| (code.blob, link::signature(&input.path, code, date)))
    };
    if input.kind == Kind::Tasks.name() {
        lambda.function_codes().find_map(|one| of(Kind::Tasks, one))
    } else {
        lambda.layer_codes().find_map(|one| of(Kind::Layers, one))
    }
}

/// Whether the link no longer opens, or does not say until when.
fn is_over(date: &str, expires: &str, now: Timestamp) -> bool {
    let seconds = expires.parse().ok().filter(|seconds| *seconds <= link::EXPIRES_S);
    let from = Timestamp::parse_amz_date(date);
    seconds.zip(from).is_none_or(|(seconds, from): (u64, Timestamp)| {
        now > from.plus(Duration::from_secs(seconds))
    })
}
