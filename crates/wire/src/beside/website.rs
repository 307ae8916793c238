//! The website endpoint: its hosts, and its pages of errors.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>

use std::fmt::Write as _;

use super::Beside;
use crate::error::{ErrorParts, ResponseIds};
use crate::http::HttpResponse;
use crate::server::{add_ids, finish, text_members};

/// The members of a second error, that of the error document, have this before their names.
const OF_DOCUMENT: &str = "ErrorDocument.";

/// Bucket and Region of a website's host: `b.s3-website-us-east-1.amazonaws.com`,
/// `b.s3-website.us-east-2.amazonaws.com`, `b.s3-website.localhost`.
pub fn of_host(host: &str) -> Option<(String, Option<String>)> {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
    let front = name
        .strip_suffix(".amazonaws.com")
        .or_else(|| name.strip_suffix(".amazonaws.com.cn"))
        .or_else(|| name.strip_suffix(".localhost"))?;
    if let Some(bucket) = front.strip_suffix(".s3-website") {
        return Some((bucket.to_owned(), None));
    }
    let (bucket, region) =
        front.rsplit_once(".s3-website-").or_else(|| front.rsplit_once(".s3-website."))?;
    let is_region = !region.contains('.') && !bucket.is_empty();
    is_region.then(|| (bucket.to_owned(), Some(region.to_owned())))
}

/// A refusal as a page.
pub fn error_page(beside: &Beside, error: &ErrorParts, ids: &ResponseIds) -> HttpResponse {
    let title = format!("{} {}", error.status, reason(error.status));
    let mut page =
        format!("<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
    let mut item = |name: &str, value: &str| {
        // Writing into a String cannot fail.
        let _ = writeln!(page, "<li>{name}: {}</li>", escaped(value));
    };
    item("Code", &error.code);
    item("Message", &error.message);
    let (second, first): (Vec<_>, Vec<_>) =
        text_members(&error.members).partition(|(name, _)| name.starts_with(OF_DOCUMENT));
    for (name, value) in first {
        item(name, value);
    }
    item("RequestId", &ids.request_id);
    item("HostId", &ids.host_id);
    page.push_str("</ul>\n");
    if !second.is_empty() {
        page.push_str(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n",
        );
        for (name, value) in second {
            let name = name.strip_prefix(OF_DOCUMENT).unwrap_or(name);
            let _ = writeln!(page, "<li>{name}: {}</li>", escaped(value));
        }
        page.push_str("</ul>\n");
    }
    page.push_str("<hr/>\n</body>\n</html>\n");

    let mut response = HttpResponse { status: error.status, ..HttpResponse::default() };
    response.headers = error.headers.iter().cloned().collect();
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    response.headers.set("x-amz-error-code", one_line(&error.code));
    response.headers.set("x-amz-error-message", one_line(&error.message));
    if let Some(key) = error.members.get("Key").and_then(|key| key.as_str()) {
        response.headers.set("x-amz-error-detail-Key", one_line(key));
    }
    response.body = page.into();
    add_ids(beside.service, &mut response.headers, ids);
    finish(response, beside.head)
}

/// What a header can hold.
fn one_line(text: &str) -> String {
    text.replace(|it: char| it.is_control(), " ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn reason(status: u16) -> &'static str {
    match status {
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
