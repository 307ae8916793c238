//! Requests that browsers make of S3 and no operation of its model stands for: the question before a
//! cross-origin request, a page of a website, a form with a file.

mod form;
mod multipart;
mod website;

use bytes::Bytes;
use cloudarium_shape::model::{self, Service};
use cloudarium_shape::{Map, Value};
use percent_encoding::percent_decode_str;

pub use form::FormClaim;

use crate::error::{ErrorParts, ResponseIds};
use crate::http::{HttpRequest, HttpResponse};
use crate::protocol::rest;
use crate::route::{self, Host, Rejected};
use crate::server::{add_ids, encode_error, finish};

/// The path below which the native endpoint and the tab serve websites: no bucket can be called so.
pub const WEBSITE_PATH: &str = "/_website/";

/// What a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `OPTIONS`: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html>
    Preflight,
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>
    Website,
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>
    Form,
}

/// A request on its way.
#[derive(Debug, Clone)]
pub struct Beside {
    /// What it is.
    pub kind: Kind,
    /// S3.
    pub service: &'static Service,
    /// The Region, if the host name tells.
    pub region: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The rest of the path, decoded.
    pub key: String,
    /// What stands before the path of a website: `/_website/bucket`.
    base: String,
    /// Whether the answer has no body.
    head: bool,
}

impl Kind {
    /// What the list of calls names it.
    pub fn operation(self) -> &'static str {
        match self {
            Self::Preflight => "PreflightRequest",
            Self::Website => "GetWebsitePage",
            Self::Form => "PostObject",
        }
    }
}

/// Finds out whether `request` is one of these.
///
/// # Errors
/// [`Rejected`] if it is, and its path is none.
pub fn find(request: &HttpRequest) -> Option<Result<Beside, Box<Rejected>>> {
    let host = request.headers.get("host").unwrap_or_default();
    let path = request.target.split('?').next().unwrap_or_default();
    let service = model::s3_style()?;
    let head = request.method == "HEAD";
    let make = |kind, region, (bucket, key): (&str, &str), base: String| match (
        decoded(bucket),
        decoded(key),
    ) {
        (Some(bucket), Some(key)) => Ok(Beside { kind, service, region, bucket, key, base, head }),
        _ => Err(Box::new(not_utf8(service, head))),
    };
    if let Some((bucket, region)) = website::of_host(host) {
        let key = path.strip_prefix('/').unwrap_or(path);
        return Some(make(Kind::Website, region, (&bucket, key), String::new()));
    }
    if let Some(rest) = path.strip_prefix(WEBSITE_PATH) {
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        let base = format!("{WEBSITE_PATH}{bucket}");
        return Some(make(Kind::Website, None, (bucket, key), base));
    }
    let kind = match request.method.as_str() {
        "OPTIONS" => Kind::Preflight,
        "POST" if multipart::boundary(request).is_some() => Kind::Form,
        _ => return None,
    };
    if !route::is_for(service, request) {
        return None;
    }
    let host = Host::of(host);
    let rest = path.strip_prefix('/').unwrap_or(path);
    let (bucket, key) = match &host.bucket {
        Some(bucket) => (bucket.as_str(), rest),
        None => rest.split_once('/').unwrap_or((rest, "")),
    };
    if kind == Kind::Form && !key.is_empty() {
        return None;
    }
    Some(make(kind, host.region, (bucket, key), String::new()))
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

fn not_utf8(service: &'static Service, head: bool) -> Rejected {
    let error = ErrorParts::new("InvalidURI", 400, "Couldn't parse the specified URI.")
        .hint("The path must be UTF-8, percent-encoded.");
    let form = route::ErrorForm { service: Some(service), head };
    Rejected { error, form, region: None }
}

impl Beside {
    /// Reads what is asked for.
    ///
    /// # Errors
    /// [`ErrorParts`] in AWS's words, for a form that is none.
    pub fn decode(&self, request: &HttpRequest) -> Result<Value, ErrorParts> {
        let mut input = match self.kind {
            Kind::Preflight => headers(
                request,
                &[
                    ("Origin", "Origin"),
                    ("AccessControlRequestMethod", "Access-Control-Request-Method"),
                    ("AccessControlRequestHeaders", "Access-Control-Request-Headers"),
                ],
            ),
            Kind::Website => self.page(request),
            Kind::Form => form::read(self, request)?,
        };
        input.insert("Bucket".to_owned(), Value::String(self.bucket.clone()));
        if self.kind != Kind::Form {
            input.insert("Key".to_owned(), Value::String(self.key.clone()));
        }
        Ok(Value::Map(input))
    }

    fn page(&self, request: &HttpRequest) -> Map {
        let mut input = headers(
            request,
            &[
                ("Host", "Host"),
                ("IfMatch", "If-Match"),
                ("IfNoneMatch", "If-None-Match"),
                ("IfModifiedSince", "If-Modified-Since"),
                ("IfUnmodifiedSince", "If-Unmodified-Since"),
                ("Range", "Range"),
            ],
        );
        input.insert("Method".to_owned(), Value::String(request.method.clone()));
        input.insert("Base".to_owned(), Value::String(self.base.clone()));
        if let Some((_, query)) = request.target.split_once('?') {
            input.insert("Query".to_owned(), Value::from(query));
        }
        input
    }

    /// Who signed, if it is a form that somebody signed.
    ///
    /// # Errors
    /// [`ErrorParts`] for a form that says so by halves.
    pub fn claim(&self, input: &Value) -> Result<Option<FormClaim>, ErrorParts> {
        match self.kind {
            Kind::Form => form::claim(input),
            _ => Ok(None),
        }
    }

    /// Writes an answer: the members `StatusCode`, `Headers` (a map) and `Object`.
    pub fn encode(&self, output: &Value, ids: &ResponseIds) -> HttpResponse {
        let status = match output.get("StatusCode") {
            Some(Value::Int(status)) => u16::try_from(*status).unwrap_or(200),
            _ => 200,
        };
        let mut response = HttpResponse { status, ..HttpResponse::default() };
        if let Some(Value::Map(fields)) = output.get("Headers") {
            for (name, value) in fields {
                response.headers.set(name.clone(), value.as_str().unwrap_or_default());
            }
        }
        if let Some(object) = output.get("Object") {
            self.encode_object(object, &mut response);
        }
        if self.kind == Kind::Form && status == 201 {
            response.headers.set("Content-Type", "application/xml");
            response.body = form::answer(output);
        }
        add_ids(self.service, &mut response.headers, ids);
        finish(response, self.head)
    }

    /// An object as `GetObject` answers it.
    fn encode_object(&self, object: &Value, response: &mut HttpResponse) {
        let Some(operation) = self.service.operation("GetObject") else { return };
        let shape = self.service.output(operation);
        rest::write_headers(self.service, shape, object, &mut response.headers);
        if let Some(Value::Blob(body)) = object.get("Body") {
            response.body = body.clone();
        }
        if response.status == 200 && response.headers.get("content-range").is_some() {
            response.status = 206;
        }
    }

    /// Writes a refusal: as a page where a page was asked for.
    pub fn encode_error(&self, error: &ErrorParts, ids: &ResponseIds) -> HttpResponse {
        if self.kind == Kind::Website {
            return website::error_page(self, error, ids);
        }
        let form = route::ErrorForm { service: Some(self.service), head: self.head };
        encode_error(form, error, ids)
    }
}

/// The members whose headers are there.
fn headers(request: &HttpRequest, names: &[(&str, &str)]) -> Map {
    let there = |(member, header): &(&str, &str)| {
        let value = request.headers.get(header)?;
        Some(((*member).to_owned(), Value::from(value)))
    };
    names.iter().filter_map(there).collect()
}

/// Bytes of a text.
fn text(bytes: &Bytes) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
