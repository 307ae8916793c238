//! Errors as each protocol writes them.

use std::borrow::Cow;

use cloudarium_shape::model::{Location, Protocol, Service};
use serde_json::{Map as JsonMap, Value as Json};

use super::{ErrorForm, ErrorParts, ResponseIds, add_ids, finish, json_type, text_members};
use crate::http::{Headers, HttpResponse};
use crate::protocol::json_value;
use crate::xml::Writer;

/// The header in which a service that speaks JSON says the code that it had in `query`.
const OLDER_CODE: &str = "x-amzn-query-error";

/// Writes `error` in the form of its service; one whose service could not be told is written as
/// S3 does, who is asked when nothing says otherwise.
pub fn encode_error(form: ErrorForm, error: &ErrorParts, ids: &ResponseIds) -> HttpResponse {
    let mut headers: Headers = error.headers.iter().cloned().collect();
    let protocol = form.service.map_or(Protocol::RestXml, |service| service.protocol);
    let body = match (protocol, form.service) {
        (Protocol::Json | Protocol::RestJson, Some(service)) => {
            json_error(service, error, &mut headers)
        }
        (Protocol::Query, Some(service)) => query_error(service, error, ids, &mut headers),
        (Protocol::RestXml, Some(service)) if !service.s3_style => {
            query_error(service, error, ids, &mut headers)
        }
        (Protocol::Ec2, _) => ec2_error(error, ids, &mut headers),
        _ => s3_error(error, ids, &mut headers),
    };
    match form.service {
        Some(service) => add_ids(service, &mut headers, ids),
        None => headers.set("x-amz-request-id", ids.request_id.clone()),
    }
    let response = HttpResponse { status: error.status, headers, body: body.into() };
    if form.head {
        // The length of a body that is not sent would mislead; S3 tells none.
        let empty = HttpResponse { body: bytes::Bytes::new(), ..response };
        return finish(empty, true);
    }
    finish(response, false)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses>
fn s3_error(error: &ErrorParts, ids: &ResponseIds, headers: &mut Headers) -> String {
    headers.set("Content-Type", "application/xml");
    let mut writer = Writer::document();
    writer.open("Error", &[]);
    writer.leaf("Code", &sayable(&error.code));
    writer.leaf("Message", &sayable(&error.message));
    for (name, value) in text_members(&error.members) {
        writer.leaf(name, &sayable(value));
    }
    writer.leaf("RequestId", &ids.request_id);
    writer.leaf("HostId", &ids.host_id);
    writer.close("Error");
    writer.finish()
}

/// <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization>
fn query_error(
    service: &Service,
    error: &ErrorParts,
    ids: &ResponseIds,
    headers: &mut Headers,
) -> String {
    let rest = service.protocol == Protocol::RestXml;
    headers.set("Content-Type", if rest { "application/xml" } else { "text/xml" });
    let mut writer = Writer::document();
    let namespace = service.xml_namespace.as_deref().unwrap_or_default();
    writer.open("ErrorResponse", &[("xmlns", namespace)]);
    writer.open("Error", &[]);
    writer.leaf("Type", if error.status >= 500 { "Receiver" } else { "Sender" });
    // The code of the time before JSON; none but `query` says it so.
    let older = headers.get(OLDER_CODE).map(str::to_owned);
    headers.remove(OLDER_CODE);
    let older = older.as_deref().and_then(|it| it.split(';').next());
    writer.leaf("Code", &sayable(older.unwrap_or(&error.code)));
    writer.leaf("Message", &sayable(&error.message));
    for (name, value) in text_members(&error.members) {
        writer.leaf(name, &sayable(value));
    }
    writer.close("Error");
    writer.leaf("RequestId", &ids.request_id);
    writer.close("ErrorResponse");
    writer.finish()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
fn ec2_error(error: &ErrorParts, ids: &ResponseIds, headers: &mut Headers) -> String {
    headers.set("Content-Type", "text/xml;charset=UTF-8");
    let mut writer = Writer::document();
    writer.open("Response", &[]);
    writer.open("Errors", &[]);
    writer.open("Error", &[]);
    writer.leaf("Code", &sayable(&error.code));
    writer.leaf("Message", &sayable(&error.message));
    writer.close("Error");
    writer.close("Errors");
    writer.leaf("RequestID", &ids.request_id);
    writer.close("Response");
    writer.finish()
}

/// <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>
fn json_error(service: &Service, error: &ErrorParts, headers: &mut Headers) -> String {
    let shape = service.error(&error.code);
    let mut body = JsonMap::new();
    if service.protocol == Protocol::Json {
        headers.set("Content-Type", json_type(service));
        body.insert(
            "__type".to_owned(),
            Json::from(shape.map_or(&error.code, |it| &it.name).as_str()),
        );
    } else {
        headers.set("Content-Type", "application/json");
        headers.set("x-amzn-ErrorType", error.code.clone());
    }
    // SQS kept the codes that it had before it spoke JSON; of some the room tells them, as no model does.
    if service.query_compatible && headers.get(OLDER_CODE).is_none() {
        let code = shape.map_or(error.code.as_str(), |shape| shape.error_code());
        let blame = if error.status >= 500 { "Receiver" } else { "Sender" };
        headers.set(OLDER_CODE, format!("{code};{blame}"));
    }
    let capital = shape.is_some_and(|shape| shape.member("Message").is_some());
    if !error.message.is_empty() {
        let name = if capital { "Message" } else { "message" };
        body.insert(name.to_owned(), Json::from(error.message.as_str()));
    }
    for (name, value) in &error.members {
        let member = shape.and_then(|shape| shape.member(name));
        if let Some(member) = member.filter(|it| it.location == Location::Header) {
            if let Some(text) = value.as_str() {
                headers.set(member.wire_name(), text);
            }
            continue;
        }
        let json = match member {
            Some(member) => json_value::write(
                service,
                service.shape(member.shape),
                value,
                json_value::Style::Wire,
            ),
            None => json_value::from_document(value),
        };
        body.insert(member.map_or(name.as_str(), |it| it.wire_name()).to_owned(), json);
    }
    Json::Object(body).to_string()
}

/// XML has no way to write most control characters; a refusal that quotes one must still be read.
/// <https://www.w3.org/TR/xml/#charsets>
fn sayable(text: &str) -> Cow<'_, str> {
    let forbidden = |it: char| matches!(it, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
