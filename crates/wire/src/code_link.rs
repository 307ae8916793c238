//! Links to the packages of functions and layers, which `GetFunction` and its like give: they lead to buckets of AWS's own,
//! `https://awslambda-REGION-tasks.s3.REGION.amazonaws.com/snapshots/…`, and no operation of Lambda's model stands for them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html>

use cloudarium_shape::model::{self, Service};
use cloudarium_shape::{Map, Value};

use crate::error::{ErrorParts, ResponseIds};
use crate::http::{HttpRequest, HttpResponse};
use crate::query::Query;
use crate::route::ErrorForm;
use crate::server::{add_ids, encode_error, finish};

/// What the list of calls names such a request.
pub const OPERATION: &str = "DownloadCode";

const PREFIX: &str = "awslambda-";
/// What ends AWS's host names, and the machine's own.
const SUFFIXES: [&str; 2] = [".amazonaws.com", ".localhost"];
/// What the link is to say, beside its path: of its query.
const PARAMETERS: [(&str, &str); 3] =
    [("Date", "X-Amz-Date"), ("Expires", "X-Amz-Expires"), ("Signature", "X-Amz-Signature")];

/// A request for a package.
#[derive(Debug, Clone)]
pub struct CodeLink {
    /// Lambda.
    pub service: &'static Service,
    /// Where the function or layer is.
    pub region: String,
    /// `tasks` or `layers`.
    bucket: String,
    /// Whether the answer has no body.
    head: bool,
}

/// The Region and the kind of package, if this is such a host name.
fn of_host(host: &str) -> Option<(&str, &str)> {
    let name = host.split(':').next().unwrap_or_default();
    let front = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    let (bucket, region) = front.split_once(".s3.")?;
    let kind = bucket.strip_prefix(PREFIX)?.strip_prefix(region)?.strip_prefix('-')?;
    matches!(kind, "tasks" | "layers").then_some((region, kind))
}

/// Finds out whether `request` is for a package.
pub fn find(request: &HttpRequest) -> Option<CodeLink> {
    let host = request.headers.get("host").unwrap_or_default().to_ascii_lowercase();
    let (region, kind) = of_host(&host)?;
    Some(CodeLink {
        service: model::by_endpoint("lambda")?,
        region: region.to_owned(),
        bucket: kind.to_owned(),
        head: request.method == "HEAD",
    })
}

impl CodeLink {
    /// The request as plain members: `Kind` (`tasks` or `layers`), `Method`, `Path`, and of the query `Date`, `Expires` and
    /// `Signature` as far as they are there.
    pub fn decode(&self, request: &HttpRequest) -> Value {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let query = Query::parse(query);
        let mut members = Map::from([
            ("Kind".to_owned(), Value::from(self.bucket.as_str())),
            ("Method".to_owned(), Value::from(request.method.as_str())),
            ("Path".to_owned(), Value::from(path)),
        ]);
        for (member, name) in PARAMETERS {
            if let Some((_, value)) = query.iter().find(|(other, _)| *other == name) {
                members.insert(member.to_owned(), Value::from(value));
            }
        }
        Value::Map(members)
    }

    /// Writes an answer: the members `ETag` and `Body`.
    pub fn encode(&self, output: &Value, ids: &ResponseIds) -> HttpResponse {
        let mut response = HttpResponse { status: 200, ..HttpResponse::default() };
        response.headers.set("Content-Type", "application/zip");
        if let Some(Value::Blob(body)) = output.get("Body") {
            response.body = body.clone();
        }
        self.finish(response, ids)
    }

    /// Writes a refusal, as S3 does.
    pub fn encode_error(&self, error: &ErrorParts, ids: &ResponseIds) -> HttpResponse {
        encode_error(ErrorForm { service: model::by_endpoint("s3"), head: self.head }, error, ids)
    }

    fn finish(&self, mut response: HttpResponse, ids: &ResponseIds) -> HttpResponse {
        let service = model::by_endpoint("s3").unwrap_or(self.service);
        add_ids(service, &mut response.headers, ids);
        finish(response, self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_packages_are_taken() {
        let found = |host: &str| of_host(host).map(|(region, kind)| format!("{region} {kind}"));
        let tasks = "awslambda-eu-west-1-tasks.s3.eu-west-1.amazonaws.com";
        assert_eq!(found(tasks).as_deref(), Some("eu-west-1 tasks"));
        let layers = "awslambda-us-east-1-layers.s3.us-east-1.localhost:4566";
        assert_eq!(found(layers).as_deref(), Some("us-east-1 layers"));
        for other in [
            "awslambda-eu-west-1-tasks.s3.us-east-1.amazonaws.com",
            "awslambda-eu-west-1-others.s3.eu-west-1.amazonaws.com",
            "my-awslambda-tasks.s3.eu-west-1.amazonaws.com",
            "s3.eu-west-1.amazonaws.com",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
