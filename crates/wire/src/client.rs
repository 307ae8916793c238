//! The client's side: inputs become requests, answers become outputs or errors. For calls that the
//! host makes itself (the console, lessons, state machines), which travel as any client's.

use cloudarium_shape::model::{self, Kind, Location, Operation, Protocol, Service, Shape};
use cloudarium_shape::{Map, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::ErrorParts;
use crate::http::{Headers, HttpRequest, HttpResponse};
use crate::protocol::{event_stream, form, json_value, rest, rest_xml, scalar, xml_value};
use crate::server::json_type;
use crate::xml::{self, Element, Writer};

const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The request of `operation` of the service called `service`, unsigned, to its host in `region`.
///
/// # Errors
/// `NotImplemented` if there is no such service or operation here, `ValidationException` if the
/// path needs a member that is missing.
pub fn encode(
    service: &str,
    operation: &str,
    input: &Value,
    region: &str,
) -> Result<HttpRequest, ErrorParts> {
    let (service, operation) = find(service, operation)?;
    encode_for(service, operation, input, region)
}

/// What `response` means as an answer of `operation`.
///
/// # Errors
/// The error that the answer is.
pub fn decode(
    service: &str,
    operation: &str,
    response: &HttpResponse,
) -> Result<Value, ErrorParts> {
    let (service, operation) = find(service, operation)?;
    decode_for(service, operation, response)
}

fn find(
    service: &str,
    operation: &str,
) -> Result<(&'static Service, &'static Operation), ErrorParts> {
    let unknown = || {
        let what = format!("Cloudarium does not simulate {service}:{operation}.");
        ErrorParts::new("NotImplemented", 501, what)
    };
    let found = model::service(service).ok_or_else(unknown)?;
    Ok((found, found.operation(operation).ok_or_else(unknown)?))
}

/// [`encode`] with the model in hand.
///
/// # Errors
/// As [`encode`].
pub fn encode_for(
    service: &Service,
    operation: &Operation,
    input: &Value,
    region: &str,
) -> Result<HttpRequest, ErrorParts> {
    let mut request = HttpRequest {
        method: operation.http_method.clone(),
        target: operation.request_uri.clone(),
        ..HttpRequest::default()
    };
    let prefix = host_prefix(service, operation, input);
    let host = format!("{prefix}{}.{region}.amazonaws.com", service.endpoint_prefix);
    request.headers.set("Host", host);
    let shape = service.input(operation);
    match service.protocol {
        Protocol::Json => {
            let target = format!("{}.{}", service.target_prefix, operation.name);
            request.headers.set("X-Amz-Target", target);
            request.headers.set("Content-Type", json_type(service));
            let json = json_value::write_members(service, shape, input, json_value::Style::Wire);
            request.body = json.to_string().into();
        }
        Protocol::Query | Protocol::Ec2 => {
            request.headers.set("Content-Type", "application/x-www-form-urlencoded");
            request.body = form_body(service, operation, input).into();
        }
        Protocol::RestXml | Protocol::RestJson => {
            request.target = rest::write_target(service, operation, input).map_err(|member| {
                ErrorParts::new("ValidationException", 400, format!("{member} must not be empty"))
            })?;
            rest::write_headers(service, shape, input, &mut request.headers);
            write_rest_body(service, operation, input, &mut request);
        }
    }
    Ok(request)
}

fn host_prefix(service: &Service, operation: &Operation, input: &Value) -> String {
    let mut prefix = operation.host_prefix.clone().unwrap_or_default();
    for member in service.input(operation).members().iter().filter(|it| it.host_label) {
        let label = format!("{{{}}}", member.name);
        let value = input.get(&member.name).and_then(Value::as_str).unwrap_or_default();
        prefix = prefix.replace(&label, value);
    }
    prefix
}

fn form_body(service: &Service, operation: &Operation, input: &Value) -> String {
    let mut pairs = vec![
        ("Action".to_owned(), operation.name.clone()),
        ("Version".to_owned(), service.api_version.clone()),
    ];
    pairs.extend(form::write(service, service.input(operation), input));
    let encoded = |text: &str| utf8_percent_encode(text, FORM).to_string();
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}

fn write_rest_body(
    service: &Service,
    operation: &Operation,
    input: &Value,
    request: &mut HttpRequest,
) {
    let shape = service.input(operation);
    let mut kind = rest::document_type(service.protocol);
    if let Some(member) = shape.payload_member() {
        let inner = service.shape(member.shape);
        match input.get(&member.name) {
            None => {
                demand_checksum(operation, request);
                return;
            }
            Some(Value::Blob(bytes)) => {
                request.body = bytes.clone();
                // What a client does not say of an object, S3 fills in itself.
                if service.protocol == Protocol::RestXml {
                    return;
                }
                kind = rest::payload_type(inner);
            }
            Some(Value::String(text)) if matches!(inner.kind, Kind::String) => {
                kind = rest::payload_type(inner);
                request.body = text.clone().into();
                demand_checksum(operation, request);
            }
            Some(value) if service.protocol == Protocol::RestXml => {
                let name = member.location_name.as_ref().or(inner.location_name.as_ref());
                let name = name.unwrap_or(&inner.name);
                let namespace = member.xml_namespace.as_ref().or(inner.xml_namespace.as_ref());
                let mut writer = Writer::default();
                xml_value::write_element(&mut writer, service, (inner, name, namespace), value);
                request.body = writer.finish().into();
                demand_checksum(operation, request);
            }
            Some(value) => {
                let json = json_value::write(service, inner, value, json_value::Style::Wire);
                request.body = json.to_string().into();
            }
        }
    } else if shape.members().iter().any(|it| it.location == Location::Body) {
        request.body = if service.protocol == Protocol::RestXml {
            let name = operation.input_location_name.as_ref().unwrap_or(&shape.name);
            let namespace = operation.input_xml_namespace.as_ref();
            let mut writer = Writer::default();
            xml_value::write_element(&mut writer, service, (shape, name, namespace), input);
            writer.finish().into()
        } else {
            json_value::write_members(service, shape, input, json_value::Style::Wire)
                .to_string()
                .into()
        };
    } else {
        return;
    }
    if request.headers.get("content-type").is_none() {
        request.headers.set("Content-Type", kind);
    }
}

/// As the SDKs do where an operation must come with a checksum.
fn demand_checksum(operation: &Operation, request: &mut HttpRequest) {
    let required = operation.http_checksum.as_ref().is_some_and(|it| it.request_checksum_required);
    if required {
        let algorithm = crate::checksum::Algorithm::Crc32;
        request.headers.set(algorithm.header(), algorithm.base64(&request.body));
    }
}

/// [`decode`] with the model in hand.
///
/// # Errors
/// As [`decode`].
pub fn decode_for(
    service: &Service,
    operation: &Operation,
    response: &HttpResponse,
) -> Result<Value, ErrorParts> {
    if response.status >= 300 {
        return Err(read_error(service, response));
    }
    let shape = service.output(operation);
    let bug = |why: String| ErrorParts::new("InternalFailure", 500, why);
    match service.protocol {
        Protocol::Json => {
            let json = parse_json(&response.body).map_err(bug)?;
            json_value::read_members(service, shape, json).map(Value::Map).map_err(bug)
        }
        Protocol::Query | Protocol::Ec2 => {
            if operation.output.is_none() {
                return Ok(Value::Map(Map::new()));
            }
            if response.body.is_empty() {
                return Ok(Value::Map(Map::new()));
            }
            let root = xml::parse(&response.body).map_err(|why| bug(why.0))?;
            let wrapper = operation.result_wrapper.clone();
            let wrapper = wrapper.unwrap_or_else(|| format!("{}Result", operation.name));
            let element = root.child(&wrapper).unwrap_or(&root);
            xml_value::read_members(service, shape, element).map(Value::Map).map_err(bug)
        }
        Protocol::RestXml | Protocol::RestJson => {
            read_rest(service, shape, response).map(Value::Map).map_err(bug)
        }
    }
}

fn parse_json(body: &[u8]) -> Result<serde_json::Value, String> {
    if body.is_empty() {
        return Ok(serde_json::Value::Null);
    }
    serde_json::from_slice(body).map_err(|why| why.to_string())
}

fn read_rest(service: &Service, shape: &Shape, response: &HttpResponse) -> Result<Map, String> {
    let none = crate::query::Query::default();
    let mut out = rest::read_bindings(service, shape, (&[], &none, &response.headers))?;
    for member in shape.members().iter().filter(|it| it.location == Location::StatusCode) {
        out.insert(member.name.clone(), Value::Int(response.status.into()));
    }
    let Some(member) = shape.payload_member() else {
        if let Some(name) = rest_xml::unwrapped(&shape.name) {
            let text = xml::parse(&response.body).map_err(|why| why.0)?.text;
            if !text.is_empty() {
                out.insert(name.to_owned(), Value::String(text));
            }
        } else if shape.members().iter().any(|it| it.location == Location::Body)
            && !response.body.is_empty()
        {
            out.extend(match service.protocol {
                Protocol::RestXml => {
                    let element = xml::parse(&response.body).map_err(|why| why.0)?;
                    xml_value::read_members(service, shape, &element)?
                }
                _ => json_value::read_members(service, shape, parse_json(&response.body)?)?,
            });
        }
        return Ok(out);
    };
    let inner = service.shape(member.shape);
    let value = match &inner.kind {
        Kind::Blob => Some(Value::Blob(response.body.clone())),
        _ if response.body.is_empty() => None,
        _ if inner.event_stream => Some(event_stream::read(service, inner, response.body.clone())?),
        Kind::String => Some(Value::String(String::from_utf8_lossy(&response.body).into_owned())),
        _ if service.protocol == Protocol::RestXml => {
            let element = xml::parse(&response.body).map_err(|why| why.0)?;
            Some(xml_value::read(service, inner, &element)?)
        }
        _ => {
            let json = parse_json(&response.body)?;
            Some(json_value::read(service, inner, json, json_value::Style::Wire)?)
        }
    };
    if let Some(value) = value {
        out.insert(member.name.clone(), value);
    }
    Ok(out)
}

/// The error in an answer; one without a body (to `HEAD`) has its status for a code, as in boto3.
fn read_error(service: &Service, response: &HttpResponse) -> ErrorParts {
    let headers = response.headers.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let parts = match service.protocol {
        Protocol::Json | Protocol::RestJson => json_error(service, response),
        Protocol::RestXml | Protocol::Query | Protocol::Ec2 => xml_error(service, response),
    };
    let bare = || {
        let message = match response.status {
            404 => "Not Found",
            403 => "Forbidden",
            400 => "Bad Request",
            _ => "",
        };
        ErrorParts::new(response.status.to_string(), response.status, message)
    };
    ErrorParts { status: response.status, headers, ..parts.unwrap_or_else(bare) }
}

fn xml_error(service: &Service, response: &HttpResponse) -> Option<ErrorParts> {
    let root = xml::parse(&response.body).ok()?;
    let errors = root.child("Errors").unwrap_or(&root);
    let element = errors.child("Error").unwrap_or(errors);
    let text = |name: &str| element.child(name).map(|it| it.text.clone());
    let code = text("Code")?;
    let message = text("Message").or_else(|| text("message")).unwrap_or_default();
    let mut parts = ErrorParts::new(code, response.status, message);
    let shape = service.error(&parts.code);
    if let Some(Ok(members)) = shape.map(|it| xml_value::read_members(service, it, element)) {
        parts.members = members;
    }
    for child in element.children.iter().filter(|it| is_detail(it)) {
        let known = shape.and_then(|shape| shape.member(&child.name)).is_some();
        if !known {
            parts.members.insert(child.name.clone(), Value::String(child.text.clone()));
        }
    }
    Some(parts)
}

fn is_detail(element: &Element) -> bool {
    let common = ["Code", "Message", "message", "Type", "RequestId", "HostId"];
    element.children.is_empty() && !common.contains(&element.name.as_str())
}

fn json_error(service: &Service, response: &HttpResponse) -> Option<ErrorParts> {
    let json = parse_json(&response.body).ok()?;
    let body = json.get("__type").or_else(|| json.get("code")).and_then(|it| it.as_str());
    let code = header_code(&response.headers).or(body)?;
    let code = code.split(':').next().unwrap_or(code);
    let code = code.rsplit('#').next().unwrap_or(code).to_owned();
    let text = |name: &str| json.get(name).and_then(|it| it.as_str()).map(str::to_owned);
    let message = text("message").or_else(|| text("Message")).unwrap_or_default();
    let mut parts = ErrorParts::new(code, response.status, message);
    if let Some(shape) = service.error(&parts.code)
        && let Ok(members) = json_value::read_members(service, shape, json)
    {
        parts.members = members;
        let none = crate::query::Query::default();
        let bound = rest::read_bindings(service, shape, (&[], &none, &response.headers));
        parts.members.extend(bound.unwrap_or_default());
        parts.members.remove("message");
        parts.members.remove("Message");
    }
    Some(parts)
}

fn header_code(headers: &Headers) -> Option<&str> {
    headers.get("x-amzn-errortype")
}

/// A single value as text, as a header or a label carries it.
pub fn text_of(value: &Value) -> Option<String> {
    scalar::write(value, model::TimestampFormat::Iso8601)
}
