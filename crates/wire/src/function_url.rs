//! Requests to the address of a function: `https://ID.lambda-url.REGION.on.aws/`. They are any HTTP at all, and no
//! operation of Lambda's model stands for them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>

use bytes::Bytes;
use cloudarium_shape::model::{self, Service};
use cloudarium_shape::{Map, Value};
use serde_json::json;

use crate::error::{ErrorParts, ResponseIds};
use crate::http::{HttpRequest, HttpResponse};
use crate::query::Query;
use crate::server::{add_ids, finish};

/// What the list of calls names such a request: the action that policies allow.
pub const OPERATION: &str = "InvokeFunctionUrl";

/// What stands behind the id, in AWS's host names and the machine's own.
const LABEL: &str = "lambda-url";
const SUFFIXES: [&str; 2] = [".on.aws", ".localhost"];

/// A request on its way to a function.
#[derive(Debug, Clone)]
pub struct FunctionUrl {
    /// Lambda.
    pub service: &'static Service,
    /// Where the function is.
    pub region: String,
    /// What the host name begins with.
    id: String,
    /// The host name, without a port.
    domain: String,
    /// Whether the answer has no body.
    head: bool,
}

/// Whether this is such a host name: its id and its Region.
pub fn of_host(host: &str) -> Option<(&str, &str)> {
    let name = host.split(':').next().unwrap_or_default();
    let front = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    let mut labels = front.split('.');
    let (id, label, region) = (labels.next()?, labels.next()?, labels.next()?);
    (label == LABEL && labels.next().is_none()).then_some((id, region))
}

/// Finds out whether `request` is for a function's address.
pub fn find(request: &HttpRequest) -> Option<FunctionUrl> {
    let host = request.headers.get("host").unwrap_or_default().to_ascii_lowercase();
    let (id, region) = of_host(&host)?;
    Some(FunctionUrl {
        service: model::by_endpoint("lambda")?,
        region: region.to_owned(),
        id: id.to_owned(),
        domain: host.split(':').next().unwrap_or_default().to_owned(),
        head: request.method == "HEAD",
    })
}

impl FunctionUrl {
    /// The request as plain members: `UrlId`, `Domain`, `Method`, `Path` and `Query` as sent, `Parameters` (names and
    /// values, decoded), `Headers` (names in lower case, and values) and `Body`.
    pub fn decode(&self, request: &HttpRequest) -> Value {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let text = |text: &str| Value::from(text);
        let pair = |(name, value): (&str, &str)| Value::List(vec![text(name), text(value)]);
        let headers = request.headers.iter();
        let headers: Vec<(String, &str)> =
            headers.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        let parameters = Query::parse(query);
        Value::Map(Map::from([
            ("UrlId".to_owned(), text(&self.id)),
            ("Domain".to_owned(), text(&self.domain)),
            ("Method".to_owned(), text(&request.method)),
            ("Path".to_owned(), text(path)),
            ("Query".to_owned(), text(query)),
            ("Parameters".to_owned(), Value::List(parameters.iter().map(pair).collect())),
            (
                "Headers".to_owned(),
                Value::List(headers.iter().map(|(name, value)| pair((name, value))).collect()),
            ),
            ("Body".to_owned(), Value::Blob(request.body.clone())),
        ]))
    }

    /// Writes an answer: the members `StatusCode`, `Headers` (names and values) and `Body`.
    pub fn encode(&self, output: &Value, ids: &ResponseIds) -> HttpResponse {
        let status = match output.get("StatusCode") {
            Some(Value::Int(status)) => u16::try_from(*status).unwrap_or(200),
            _ => 200,
        };
        let mut response = HttpResponse { status, ..HttpResponse::default() };
        if let Some(Value::List(headers)) = output.get("Headers") {
            for pair in headers {
                let Value::List(pair) = pair else { continue };
                let text = |at: usize| pair.get(at).and_then(Value::as_str).unwrap_or_default();
                response.headers.append(text(0), text(1));
            }
        }
        if let Some(Value::Blob(body)) = output.get("Body") {
            response.body = body.clone();
        }
        self.finish(response, ids)
    }

    /// Writes a refusal by Lambda itself.
    pub fn encode_error(&self, error: &ErrorParts, ids: &ResponseIds) -> HttpResponse {
        let mut response = HttpResponse { status: error.status, ..HttpResponse::default() };
        response.headers.set("Content-Type", "application/json");
        response.headers.set("x-amzn-ErrorType", error.code.clone());
        response.body = Bytes::from(json!({ "Message": error.message }).to_string());
        self.finish(response, ids)
    }

    fn finish(&self, mut response: HttpResponse, ids: &ResponseIds) -> HttpResponse {
        add_ids(self.service, &mut response.headers, ids);
        finish(response, self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_of_functions() {
        assert_eq!(of_host("abc.lambda-url.eu-west-1.on.aws"), Some(("abc", "eu-west-1")));
        assert_eq!(of_host("abc.lambda-url.us-east-1.localhost:4566"), Some(("abc", "us-east-1")));
        for host in ["lambda-url.us-east-1.on.aws", "a.b.lambda-url.us-east-1.on.aws", "on.aws", ""]
        {
            assert_eq!(of_host(host), None, "{host}");
        }
        assert_eq!(of_host("abc.lambda-url.us-east-1.amazonaws.com"), None);
    }

    #[test]
    fn a_request_becomes_members_and_an_answer_comes_back() {
        let mut request = HttpRequest { method: "HEAD".into(), ..HttpRequest::default() };
        request.target = "/a%20b?x=1&x=%C3%A9".into();
        request.headers.set("Host", "ABC.lambda-url.us-east-1.on.aws");
        let url = find(&request).expect("it is for a function");
        let input = url.decode(&request);
        let text = |name: &str| input.get(name).and_then(Value::as_str);
        assert_eq!((text("UrlId"), text("Path")), (Some("abc"), Some("/a%20b")));
        let pair = |value: &str| Value::List(vec![Value::from("x"), Value::from(value)]);
        let parameters = Value::List(vec![pair("1"), pair("é")]);
        assert_eq!(input.get("Parameters"), Some(&parameters));

        let output = Value::Map(Map::from([
            ("StatusCode".to_owned(), Value::Int(201)),
            ("Headers".to_owned(), Value::List(vec![pair("1"), pair("2")])),
            ("Body".to_owned(), Value::Blob(Bytes::from_static(b"hello"))),
        ]));
        let ids = ResponseIds { request_id: "r".to_owned(), host_id: String::new() };
        let response = url.encode(&output, &ids);
        assert_eq!((response.status, response.body.len()), (201, 0));
        assert_eq!(response.headers.get("content-length"), Some("5"));
        assert_eq!(response.headers.iter().filter(|(name, _)| *name == "x").count(), 2);
    }
}
