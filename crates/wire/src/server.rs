//! The server's side: requests become inputs, outputs and errors become answers.

mod body;
mod read;
mod refuse;

use cloudarium_shape::model::{Location, Protocol, Service, Shape};
use cloudarium_shape::{Map, Value};

pub use crate::error::{ErrorParts, ResponseIds};
pub use crate::route::{ErrorForm, Rejected, Route, route};
pub use read::decode;
pub use refuse::encode_error;

use crate::http::{Headers, HttpResponse};
use crate::protocol::{json_value, rest, rest_xml, xml_value};
use crate::route::is_s3;
use crate::xml::Writer;

/// Writes the answer to a request that had no way to an operation.
pub fn reject(rejected: &Rejected, ids: &ResponseIds) -> HttpResponse {
    encode_error(rejected.form, &rejected.error, ids)
}

/// Writes `output` as the answer of the route's operation.
pub fn encode(route: &Route, output: &Value, ids: &ResponseIds) -> HttpResponse {
    let service = route.service;
    let mut response = match service.protocol {
        Protocol::RestXml | Protocol::RestJson => encode_rest(route, output),
        Protocol::Json => encode_json(route, output),
        Protocol::Query | Protocol::Ec2 => encode_query(route, output, ids),
    };
    add_ids(service, &mut response.headers, ids);
    finish(response, route.form.head)
}

/// Adds what names an answer.
pub(crate) fn add_ids(service: &Service, headers: &mut Headers, ids: &ResponseIds) {
    if is_s3(service) {
        headers.set("x-amz-request-id", ids.request_id.clone());
        headers.set("x-amz-id-2", ids.host_id.clone());
        headers.set("Server", "AmazonS3");
    } else {
        headers.set("x-amzn-RequestId", ids.request_id.clone());
    }
}

/// Tells the length, and drops the body where there must be none.
pub(crate) fn finish(mut response: HttpResponse, head: bool) -> HttpResponse {
    let bodiless = matches!(response.status, 204 | 304);
    if bodiless {
        response.headers.remove("Content-Length");
    } else if response.headers.get("content-length").is_none() {
        response.headers.set("Content-Length", response.body.len().to_string());
    }
    if head || bodiless {
        response.body = bytes::Bytes::new();
    }
    response
}

fn encode_rest(route: &Route, output: &Value) -> HttpResponse {
    let (service, operation) = (route.service, route.operation);
    let shape = service.output(operation);
    let model = match rest_xml::status(&operation.name) {
        // What the room says of it no member tells.
        Some(usual) if is_s3(service) => match output.get("StatusCode") {
            Some(Value::Int(status)) => u16::try_from(*status).unwrap_or(usual),
            _ => usual,
        },
        _ => operation.response_code,
    };
    let mut response = HttpResponse { status: status(shape, output, model), ..Default::default() };
    rest::write_headers(service, shape, output, &mut response.headers);
    let (body, kind) = match shape.payload_member() {
        Some(member) => {
            let value = output.get(&member.name);
            body::payload(service, (member, service.shape(member.shape)), value)
        }
        None if has_body(shape)
            || service.protocol == Protocol::RestJson && operation.output.is_some() =>
        {
            body::document(service, shape, output)
        }
        None => (bytes::Bytes::new(), None),
    };
    if let Some(kind) = kind.filter(|_| response.headers.get("content-type").is_none()) {
        response.headers.set("Content-Type", kind);
    }
    if service.name == "lambda" {
        add_invocation(&operation.name, output, &mut response);
    }
    response.body = body;
    response
}

/// What Lambda says of the answer of a function, which is JSON whatever the model calls it; as it is
/// [seen](https://github.com/boto/boto3/issues/1184). No model tells of the trace.
fn add_invocation(operation: &str, output: &Value, response: &mut HttpResponse) {
    if let Some(trace) = output.get("XAmznTraceId").and_then(Value::as_str) {
        response.headers.set("X-Amzn-Trace-Id", trace);
    }
    if operation != "Invoke" {
        return;
    }
    if response.headers.get("content-type").is_some() {
        response.headers.set("Content-Type", "application/json");
    }
    response.headers.set("x-amzn-Remapped-Content-Length", "0");
}

fn has_body(shape: &Shape) -> bool {
    shape.members().iter().any(|member| member.location == Location::Body)
}

/// The model's status, unless a member says another. An answer with a `Content-Range` is a part
/// (RFC 9110, section 15.3.7).
fn status(shape: &Shape, output: &Value, model: u16) -> u16 {
    let said = shape
        .members()
        .iter()
        .filter(|member| member.location == Location::StatusCode)
        .find_map(|member| output.get(&member.name));
    match said {
        Some(Value::Int(status)) => u16::try_from(*status).unwrap_or(model),
        _ if shape
            .members()
            .iter()
            .any(|it| it.wire_name() == "Content-Range" && output.get(&it.name).is_some()) =>
        {
            206
        }
        _ => model,
    }
}

fn encode_json(route: &Route, output: &Value) -> HttpResponse {
    let shape = route.service.output(route.operation);
    let text = match route.operation.output {
        Some(_) => json_value::write_members(route.service, shape, output, json_value::Style::Wire)
            .to_string(),
        // Operations that answer nothing send no body; some clients want `{}` all the same.
        None if route.service.json_version == "1.0" => "{}".to_owned(),
        None => String::new(),
    };
    let mut response = HttpResponse { status: 200, ..HttpResponse::default() };
    response.headers.set("Content-Type", json_type(route.service));
    response.body = text.into();
    response
}

/// `application/x-amz-json-1.0`
pub(crate) fn json_type(service: &Service) -> String {
    format!("application/x-amz-json-{}", service.json_version)
}

/// The type of an XML answer in `query` and `ec2`.
pub(crate) fn xml_type(service: &Service) -> &'static str {
    match service.protocol {
        Protocol::Ec2 => "text/xml;charset=UTF-8",
        _ => "text/xml",
    }
}

fn encode_query(route: &Route, output: &Value, ids: &ResponseIds) -> HttpResponse {
    let (service, operation) = (route.service, route.operation);
    let shape = service.output(operation);
    let namespace = service.xml_namespace.as_deref().unwrap_or_default();
    let root = format!("{}Response", operation.name);
    let mut writer = Writer::document();
    writer.open(&root, &[("xmlns", namespace)]);
    if service.protocol == Protocol::Ec2 {
        writer.leaf("requestId", &ids.request_id);
        xml_value::write_members(&mut writer, service, shape, output);
    } else {
        if operation.output.is_some() {
            let wrapper = operation.result_wrapper.clone();
            let wrapper = wrapper.unwrap_or_else(|| format!("{}Result", operation.name));
            writer.open(&wrapper, &[]);
            xml_value::write_members(&mut writer, service, shape, output);
            writer.close(&wrapper);
        }
        writer.open("ResponseMetadata", &[]);
        writer.leaf("RequestId", &ids.request_id);
        writer.close("ResponseMetadata");
    }
    writer.close(&root);
    let mut response = HttpResponse { status: 200, ..HttpResponse::default() };
    response.headers.set("Content-Type", xml_type(service));
    response.body = writer.finish().into();
    response
}

/// The root element and namespace of a `rest-xml` answer.
pub(crate) fn root_of(service: &Service, shape: &Shape) -> (String, Option<String>) {
    let name =
        shape.location_name.clone().unwrap_or_else(|| rest_xml::root(&shape.name).to_owned());
    (name, rest_xml::namespace(service))
}

/// Members of an error that are texts, in the model's order where it has them.
pub(crate) fn text_members(members: &Map) -> impl Iterator<Item = (&str, &str)> {
    members.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
}

#[cfg(test)]
mod tests;
