//! Which operation of which service a request is for.
//!
//! Clients say it in many ways: `X-Amz-Target`, the credential's scope, the host name, `Action`, the
//! path. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html> for S3's hosts.

mod host;
mod rest;

use cloudarium_shape::model::{self, Operation, Protocol, Service};

use crate::error::ErrorParts;
use crate::http::HttpRequest;
use crate::query::Query;
use crate::sigv4;

pub use host::{Host, bucket_of_host};

/// A request's way to its operation.
#[derive(Debug, Clone)]
pub struct Route {
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static Operation,
    /// The Region, if the credential's scope or the host name tells.
    pub region: Option<String>,
    /// The bucket, where it stands in the host name.
    pub bucket: Option<String>,
    /// The path's labels, decoded: `Bucket`, `Key`.
    pub labels: Vec<(String, String)>,
    /// How an error is written.
    pub form: ErrorForm,
}

/// How an error is written when there is perhaps no operation.
#[derive(Debug, Clone, Copy)]
pub struct ErrorForm {
    /// The service, if it could be told.
    pub service: Option<&'static Service>,
    /// Whether the answer is to `HEAD`, and so has no body.
    pub head: bool,
}

/// A request that has no way to an operation.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// What to answer.
    pub error: ErrorParts,
    /// How to write it.
    pub form: ErrorForm,
    /// The Region, if the credential's scope or the host name tells.
    pub region: Option<String>,
}

/// Finds the operation that `request` is for.
///
/// # Errors
/// [`Rejected`], ready to be written in the service's own form.
pub fn route(request: &HttpRequest) -> Result<Route, Box<Rejected>> {
    let scope = scope(request);
    let host = Host::of(request.headers.get("host").unwrap_or_default());
    let region = scope.as_ref().map(|(region, _)| region.clone()).or_else(|| host.region.clone());
    let head = request.method == "HEAD";
    let rejected = |service, error| {
        let form = ErrorForm { service, head };
        Box::new(Rejected { error, form, region: region.clone() })
    };
    let service = match service(request, scope.as_ref().map(|(_, name)| name.as_str()), &host) {
        Ok(service) => service,
        Err(error) => return Err(rejected(None, error)),
    };
    let service = as_spoken_to(service, request);
    let bucket = if is_s3(service) { host.bucket.clone() } else { None };
    let found = find(service, request, bucket.as_deref());
    let form = ErrorForm { service: Some(service), head };
    match found {
        Ok((operation, labels)) => Ok(Route { service, operation, region, bucket, labels, form }),
        Err(error) => Err(rejected(Some(service), error)),
    }
}

/// The operation of `service` that `request` is for, whatever its host and signature say.
///
/// # Errors
/// What to answer if there is none.
pub fn route_to(service: &'static Service, request: &HttpRequest) -> Result<Route, ErrorParts> {
    let (operation, labels) = find(service, request, None)?;
    let form = ErrorForm { service: Some(service), head: request.method == "HEAD" };
    Ok(Route { service, operation, region: None, bucket: None, labels, form })
}

/// Whether a request that names no operation is for `service`.
pub(crate) fn is_for(service: &Service, request: &HttpRequest) -> bool {
    let host = Host::of(request.headers.get("host").unwrap_or_default());
    let scope = scope(request);
    let found = self::service(request, scope.as_ref().map(|(_, name)| name.as_str()), &host);
    found.is_ok_and(|found| found.name == service.name)
}

fn find(
    service: &'static Service,
    request: &HttpRequest,
    bucket: Option<&str>,
) -> Result<rest::Found, ErrorParts> {
    match service.protocol {
        Protocol::Json => by_target(service, request).map(|operation| (operation, Vec::new())),
        Protocol::Query | Protocol::Ec2 => {
            by_action(service, request).map(|operation| (operation, Vec::new()))
        }
        Protocol::RestXml | Protocol::RestJson => rest::find(service, request, bucket),
    }
}

/// A service that spoke `query` before it spoke JSON is still spoken to so by who sends it a form.
fn as_spoken_to(service: &'static Service, request: &HttpRequest) -> &'static Service {
    let is_json = !service.query_compatible || request.headers.get("x-amz-target").is_some();
    if is_json || !is_form(request) && form(request).get("Action").is_none() {
        return service;
    }
    model::in_query(&service.name).unwrap_or(service)
}

/// S3 signs, routes and refuses in ways of its own.
pub fn is_s3(service: &Service) -> bool {
    service.s3_style
}

/// Region and service of the credential's scope.
fn scope(request: &HttpRequest) -> Option<(String, String)> {
    let claim = sigv4::parse(request).ok().flatten()?;
    Some((claim.credential.region, claim.credential.service))
}

fn service(
    request: &HttpRequest,
    scope: Option<&str>,
    host: &Host,
) -> Result<&'static Service, ErrorParts> {
    if let Some(target) = request.headers.get("x-amz-target") {
        let prefix = target.rsplit_once('.').map_or(target, |(prefix, _)| prefix);
        if let Some(service) = model::by_target_prefix(prefix) {
            return Ok(service);
        }
        // Of a service that has no model here: say its name.
        if scope.is_none_or(|name| !model::is_endpoint(name)) {
            return Err(not_simulated(target));
        }
    }
    if let Some(name) = scope {
        return model::by_endpoint(name).ok_or_else(|| not_simulated(name));
    }
    if let Some(service) = host.service.as_deref() {
        return model::by_endpoint(service).ok_or_else(|| not_simulated(service));
    }
    if let Some(service) = by_version(request) {
        return Ok(service);
    }
    model::s3_style().ok_or_else(|| not_simulated("s3"))
}

fn not_simulated(what: &str) -> ErrorParts {
    ErrorParts::new("NotImplemented", 501, format!("Cloudarium does not simulate {what}."))
        .hint("The coverage page lists what is simulated.")
}

/// An unsigned form tells its service by its version.
fn by_version(request: &HttpRequest) -> Option<&'static Service> {
    let form = form(request);
    let (action, version) = (form.get("Action")?, form.get("Version")?);
    model::by_form_version(version).filter(|service| service.operation(action).is_some())
}

/// The parameters of `query` and `ec2`: in the body of a `POST`, or in the URL.
pub(crate) fn form(request: &HttpRequest) -> Query {
    if is_form(request) && !request.body.is_empty() {
        return Query::parse(&String::from_utf8_lossy(&request.body));
    }
    Query::of(&request.target)
}

/// Whether the body is said to be a form.
fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers.get("content-type").unwrap_or_default();
    kind.trim_start().starts_with("application/x-www-form-urlencoded")
}

fn by_target(
    service: &'static Service,
    request: &HttpRequest,
) -> Result<&'static Operation, ErrorParts> {
    let target = request.headers.get("x-amz-target").unwrap_or_default();
    let name = target.rsplit_once('.').map_or(target, |(_, name)| name);
    service.operation(name).ok_or_else(|| {
        ErrorParts::new("UnknownOperationException", 400, "")
            .hint(format!("{} has no operation {name:?}.", service.service_id))
    })
}

fn by_action(
    service: &'static Service,
    request: &HttpRequest,
) -> Result<&'static Operation, ErrorParts> {
    let form = form(request);
    let Some(action) = form.get("Action") else {
        return Err(ErrorParts::new(
            "MissingAction",
            400,
            "The request is missing an action or a required parameter.",
        ));
    };
    service.operation(action).ok_or_else(|| {
        let message = match service.protocol {
            Protocol::Ec2 => format!("The action {action} is not valid for this web service."),
            _ => format!(
                "Could not find operation {action} for version {}",
                form.get("Version").unwrap_or("NO_VERSION_SPECIFIED")
            ),
        };
        ErrorParts::new("InvalidAction", 400, message)
    })
}

#[cfg(test)]
mod tests;
