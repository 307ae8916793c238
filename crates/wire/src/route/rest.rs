//! The operation that a method, a path and a query name.

use cloudarium_shape::model::{Location, Operation, Service};
use percent_encoding::percent_decode_str;

use super::is_s3;
use crate::error::ErrorParts;
use crate::http::HttpRequest;
use crate::query::Query;

/// An operation with its labels, decoded.
pub type Found = (&'static Operation, Vec<(String, String)>);

/// The operation whose path fits and which asks for most of what is there: `ListParts` and not
/// `GetObject` where there is an `uploadId`.
pub fn find(
    service: &'static Service,
    request: &HttpRequest,
    bucket: Option<&str>,
) -> Result<Found, ErrorParts> {
    let (path, _) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let path = match bucket {
        Some(bucket) => format!("/{bucket}{path}"),
        None => path.to_owned(),
    };
    let query = Query::of(&request.target);
    let s3 = is_s3(service);
    if s3 {
        misplaced(request, &path, &query)?;
    }
    let mut best: Option<(usize, &'static Operation)> = None;
    for operation in service.operations.iter().filter(|it| it.http_method == request.method) {
        let Some(asked) = asks(service, operation, &path, &query, (request, s3)) else { continue };
        let better = best.is_none_or(|(most, known)| {
            asked > most || asked == most && supersedes(operation, known)
        });
        if better {
            best = Some((asked, operation));
        }
    }
    match best {
        Some((_, operation)) => Ok((operation, labels(operation, &path, s3)?)),
        None if s3 => Err(ErrorParts::new(
            "MethodNotAllowed",
            405,
            "The specified method is not allowed against this resource.",
        )
        .with("Method", request.method.clone())),
        None => Err(ErrorParts::new("UnknownOperationException", 404, "")
            .hint(format!("{} has no {} {path}.", service.service_id, request.method))),
    }
}

/// What a query may name of buckets alone.
const OF_BUCKETS: [&str; 23] = [
    "accelerate",
    "analytics",
    "cors",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "uploads",
    "versioning",
    "versions",
    "website",
];

/// Refuses what would else be taken for a request for the object itself: parts without an upload,
/// an upload without a part, and what only buckets have.
fn misplaced(request: &HttpRequest, path: &str, query: &Query) -> Result<(), ErrorParts> {
    if !fits("/{Bucket}/{Key+}", path, true) || request.method == "POST" {
        return Ok(());
    }
    let puts = request.method == "PUT";
    let (part, upload) = (query.get("partNumber"), query.has("uploadId"));
    if puts && upload && part.is_none() {
        return Err(put_upload("DELETE, POST, GET"));
    }
    if let (true, Some(part), false) = (puts, part, upload) {
        let words = "This operation does not accept partNumber without uploadId";
        return Err(ErrorParts::new("InvalidArgument", 400, words)
            .with("ArgumentName", "partNumber")
            .with("ArgumentValue", part));
    }
    match OF_BUCKETS.into_iter().find(|name| query.has(name)) {
        // guess: as for an upload's own address.
        Some("uploads") if puts => Err(put_upload("POST")),
        Some(name) => {
            let words = format!("There is no such thing as the ?{name} sub-resource for a key");
            Err(ErrorParts::new("InvalidRequest", 400, words))
        }
        None => Ok(()),
    }
}

fn put_upload(allow: &str) -> ErrorParts {
    let words = "The specified method is not allowed against this resource.";
    let mut error = ErrorParts::new("MethodNotAllowed", 405, words)
        .with("Method", "PUT")
        .with("ResourceType", "UPLOAD");
    error.headers.push(("Allow".to_owned(), allow.to_owned()));
    error
}

/// `PutBucketLifecycleConfiguration` has taken the place of `PutBucketLifecycle`.
fn supersedes(operation: &Operation, known: &Operation) -> bool {
    operation.name.strip_suffix("Configuration") == Some(known.name.as_str())
}

/// How many parameters and headers the operation asks for; `None` if it is another's request.
fn asks(
    service: &Service,
    operation: &Operation,
    path: &str,
    query: &Query,
    (request, s3): (&HttpRequest, bool),
) -> Option<usize> {
    let (template, constants) =
        operation.request_uri.split_once('?').unwrap_or((&operation.request_uri, ""));
    if !fits(template, path, s3) {
        return None;
    }
    let mut asked = 0;
    for constant in constants.split('&').filter(|it| !it.is_empty()) {
        let there = match constant.split_once('=') {
            Some((name, value)) => query.get(name) == Some(value),
            None => query.has(constant),
        };
        if !there {
            return None;
        }
        asked += 1;
    }
    if !s3 {
        return Some(asked);
    }
    for member in service.input(operation).members().iter().filter(|member| member.required) {
        let there = match member.location {
            Location::QueryString => query.has(member.wire_name()),
            // What the query names already misses its header itself.
            Location::Header if asked > 0 && !constants.is_empty() => continue,
            Location::Header => request.headers.get(member.wire_name()).is_some(),
            _ => continue,
        };
        if !there {
            return None;
        }
        asked += 1;
    }
    Some(asked)
}

fn fits(template: &str, path: &str, s3: bool) -> bool {
    if s3 {
        // Two labels at most, `/{Bucket}/{Key+}`: a key may be of any form, but not empty.
        let rest = path.strip_prefix('/').unwrap_or(path);
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        return match template {
            "/" => bucket.is_empty() && key.is_empty(),
            "/{Bucket}" => !bucket.is_empty() && key.is_empty(),
            "/{Bucket}/{Key+}" => !bucket.is_empty() && !key.is_empty(),
            other => other == path,
        };
    }
    segments_fit(template, path)
}

fn segments_fit(template: &str, path: &str) -> bool {
    let mut parts = path.trim_matches('/').split('/');
    for segment in template.trim_matches('/').split('/') {
        if segment.ends_with("+}") {
            return parts.next().is_some_and(|part| !part.is_empty());
        }
        let Some(part) = parts.next() else { return false };
        let label = segment.starts_with('{');
        if label && part.is_empty() || !label && part != segment {
            return false;
        }
    }
    parts.next().is_none()
}

fn labels(
    operation: &Operation,
    path: &str,
    s3: bool,
) -> Result<Vec<(String, String)>, ErrorParts> {
    let template = operation.request_uri.split('?').next().unwrap_or_default();
    let mut rest = path.strip_prefix('/').unwrap_or(path);
    let mut out = Vec::new();
    for segment in template.trim_start_matches('/').split('/') {
        let name = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        let (part, after) = match name {
            Some(name) if name.ends_with('+') => (rest, ""),
            _ => rest.split_once('/').unwrap_or((rest, "")),
        };
        if let Some(name) = name {
            let text = percent_decode_str(part).decode_utf8().map_err(|_| not_utf8(s3))?;
            out.push((name.trim_end_matches('+').to_owned(), text.into_owned()));
        }
        rest = after;
    }
    Ok(out)
}

fn not_utf8(s3: bool) -> ErrorParts {
    let code = if s3 { "InvalidURI" } else { "SerializationException" };
    ErrorParts::new(code, 400, "Couldn't parse the specified URI.")
        .hint("The path must be UTF-8, percent-encoded.")
}
