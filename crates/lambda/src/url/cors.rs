//! What an address lets pages of other origins do.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors>

use super::Visit;
use crate::model::Cors;

type Headers = Vec<(String, String)>;

/// Whether a browser asks before it sends a request of another origin: the function is not called for that.
pub fn is_preflight(visit: &Visit) -> bool {
    visit.method == "OPTIONS"
        && visit.header("origin").is_some()
        && visit.header("access-control-request-method").is_some()
}

/// What is added to the answer to a request, if the origin is one that is let in.
pub fn headers(cors: &Cors, visit: &Visit) -> Headers {
    let Some(origin) = allowed(cors, visit) else { return Headers::new() };
    let mut headers = vec![header("Access-Control-Allow-Origin", origin)];
    if cors.allow_credentials == Some(true) {
        headers.push(header("Access-Control-Allow-Credentials", "true"));
    }
    list(&mut headers, "Access-Control-Expose-Headers", cors.expose_headers.as_ref());
    headers.push(header("Vary", "Origin"));
    headers
}

/// The answer to a preflight.
pub fn preflight(cors: &Cors, visit: &Visit) -> Headers {
    let mut headers = headers(cors, visit);
    if headers.is_empty() {
        return headers;
    }
    list(&mut headers, "Access-Control-Allow-Methods", cors.allow_methods.as_ref());
    list(&mut headers, "Access-Control-Allow-Headers", cors.allow_headers.as_ref());
    if let Some(seconds) = cors.max_age {
        headers.push(header("Access-Control-Max-Age", &seconds.to_string()));
    }
    headers
}

/// The origin that the answer names: `*` where all are let in and no cookies come along.
fn allowed<'a>(cors: &Cors, visit: &'a Visit) -> Option<&'a str> {
    let origin = visit.header("origin")?;
    let origins = cors.allow_origins.as_deref().unwrap_or_default();
    if origins.iter().any(|one| one == "*") {
        return Some(if cors.allow_credentials == Some(true) { origin } else { "*" });
    }
    origins.iter().any(|one| one.eq_ignore_ascii_case(origin)).then_some(origin)
}

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn list(headers: &mut Headers, name: &str, values: Option<&Vec<String>>) {
    if let Some(values) = values.filter(|values| !values.is_empty()) {
        headers.push(header(name, &values.join(",")));
    }
}
