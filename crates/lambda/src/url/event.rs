//! The event that a function gets for a request to its address: payload format version 2.0.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload>
//!
//! Differences from AWS: the headers by which AWS tells of the encryption are not there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_service::Ctx;
use serde_json::{Map as JsonMap, Value as Json, json};

use super::Visit;
use crate::model::FunctionUrl;
use crate::trace::{self, Trace};

const IAM: &str = "AWS_IAM";

/// The event.
pub fn event(cx: &Ctx<'_>, url: &FunctionUrl, owner: &str, visit: &Visit) -> Json {
    let source_ip = cx.facts.source_ip.clone().unwrap_or_default();
    let trace = Trace::new(cx.request_id, "", cx.now).root();
    let mut headers = joined(visit.headers.iter().filter(|(name, _)| name != "cookie"));
    headers.insert("x-forwarded-for".to_owned(), source_ip.clone());
    headers.insert("x-forwarded-port".to_owned(), "443".to_owned());
    headers.insert("x-forwarded-proto".to_owned(), "https".to_owned());
    headers.entry(trace::HEADER.to_owned()).or_insert(trace);
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": visit.path,
        "rawQueryString": visit.query,
        "headers": headers,
        "requestContext": context(cx, url, owner, visit, &source_ip),
        "isBase64Encoded": false,
    });
    let members = event.as_object_mut();
    if let Some(members) = members {
        add_what_was_sent(members, visit);
    }
    event
}

/// Members that are there only where the request has something for them.
fn add_what_was_sent(members: &mut JsonMap<String, Json>, visit: &Visit) {
    let cookies: Vec<&str> = visit
        .headers
        .iter()
        .filter(|(name, _)| name == "cookie")
        .flat_map(|(_, value)| value.split(';').map(str::trim))
        .collect();
    if !cookies.is_empty() {
        members.insert("cookies".to_owned(), json!(cookies));
    }
    let parameters = joined(visit.parameters.iter());
    if !parameters.is_empty() {
        members.insert("queryStringParameters".to_owned(), json!(parameters));
    }
    if visit.body.0.is_empty() {
        return;
    }
    let text = std::str::from_utf8(&visit.body.0).ok().filter(|_| is_text(visit));
    members.insert("isBase64Encoded".to_owned(), json!(text.is_none()));
    let body = text.map_or_else(|| STANDARD.encode(&visit.body.0), str::to_owned);
    members.insert("body".to_owned(), Json::String(body));
}

/// Values of one name stand behind each other, with commas.
fn joined<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> BTreeMap<String, String> {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in pairs {
        match joined.get_mut(name) {
            // Writing into a String cannot fail.
            Some(values) => drop(write!(values, ",{value}")),
            None => drop(joined.insert(name.clone(), value.clone())),
        }
    }
    joined
}

/// Whether a body is handed over as it is: text, JSON, JavaScript and XML are; forms and all others come in base64.
/// (guess: the documentation says "binary" without a list; API Gateway's HTTP APIs, whose format this is, have this one.)
fn is_text(visit: &Visit) -> bool {
    let Some(content_type) = visit.header("content-type") else { return true };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || ["json", "javascript", "xml"]
            .iter()
            .any(|end| kind.strip_suffix(end).is_some_and(|front| front.ends_with(['/', '+'])))
}

fn context(cx: &Ctx<'_>, url: &FunctionUrl, owner: &str, visit: &Visit, source_ip: &str) -> Json {
    let is_known = url.auth_type == IAM;
    let mut context = json!({
        // An open address tells nobody whose it is, as AWS's own sample of such an event shows.
        "accountId": if is_known { owner } else { "anonymous" },
        "apiId": visit.url_id,
        "domainName": visit.domain,
        "domainPrefix": visit.url_id,
        "http": {
            "method": visit.method,
            "path": visit.path,
            "protocol": "HTTP/1.1",
            "sourceIp": source_ip,
            "userAgent": visit.header("user-agent"),
        },
        "requestId": cx.request_id,
        "routeKey": "$default",
        "stage": "$default",
        "time": cx.now.log_date(),
        "timeEpoch": cx.now.as_ms(),
    });
    if let Some(members) = context.as_object_mut().filter(|_| is_known) {
        members.insert("authorizer".to_owned(), json!({ "iam": authorizer(cx) }));
    }
    context
}

fn authorizer(cx: &Ctx<'_>) -> Json {
    let caller = cx.caller;
    json!({
        "accessKey": caller.access_key_id,
        "accountId": caller.account,
        "callerId": caller.user_id,
        "cognitoIdentity": null,
        "principalOrgId": null,
        "userArn": caller.arn,
        "userId": caller.user_id,
    })
}
