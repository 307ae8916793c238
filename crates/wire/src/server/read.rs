//! Requests to inputs.

use std::borrow::Cow;

use bytes::Bytes;
use cloudarium_shape::model::{Kind, Location, Member, Protocol, Service, Shape};
use cloudarium_shape::{Map, Value};

use super::{ErrorParts, Route};
use crate::checksum::{self, Algorithm, ChecksumError};
use crate::chunked::{self, Signing};
use crate::http::{Headers, HttpRequest};
use crate::protocol::{form, json_value, rest, xml_value};
use crate::query::Query;
use crate::route::{form as request_form, is_s3};
use crate::sigv4::Proof;
use crate::validate::validate;
use crate::xml;

/// Names the algorithm of the checksum that follows.
const ALGORITHM_HEADER: &str = "x-amz-sdk-checksum-algorithm";

/// Reads the input of the route's operation: chunks put together, checksums verified, constraints
/// checked. `proof` verifies signed chunks.
///
/// # Errors
/// [`ErrorParts`] in AWS's words. Nothing of such a request is to be kept.
pub fn decode(
    route: &Route,
    request: &HttpRequest,
    proof: Option<&Proof>,
) -> Result<Value, ErrorParts> {
    let service = route.service;
    let input = match service.protocol {
        Protocol::Json => read_json(route, request)?,
        Protocol::Query | Protocol::Ec2 => {
            let shape = service.input(route.operation);
            let input = form::read(service, shape, &request_form(request))?;
            with_address(service, shape, input, request)
        }
        Protocol::RestXml | Protocol::RestJson => read_rest(route, request, proof)?,
    };
    validate(service, route.operation, &input)?;
    Ok(input)
}

/// An input together with the address that the request was sent to, where a member is that address and was not sent.
fn with_address(service: &Service, shape: &Shape, input: Value, request: &HttpRequest) -> Value {
    let path = request.target.split('?').next().unwrap_or_default();
    let named = service.path_member.filter(|name| shape.member(name).is_some() && path != "/");
    match (named, input) {
        (Some(name), Value::Map(mut members)) => {
            let host = request.headers.get("host").unwrap_or_default();
            let address = || Value::String(format!("https://{host}{path}"));
            members.entry(name.to_owned()).or_insert_with(address);
            Value::Map(members)
        }
        (_, input) => input,
    }
}

fn read_json(route: &Route, request: &HttpRequest) -> Result<Value, ErrorParts> {
    let json = if request.body.is_empty() {
        serde_json::Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(&request.body).map_err(|why| not_json(&why.to_string()))?
    };
    let shape = route.service.input(route.operation);
    json_value::read_members(route.service, shape, json)
        .map(Value::Map)
        .map_err(|why| ErrorParts::new("SerializationException", 400, why))
}

fn not_json(why: &str) -> ErrorParts {
    ErrorParts::new("SerializationException", 400, "").hint(format!("The body is no JSON: {why}"))
}

fn read_rest(
    route: &Route,
    request: &HttpRequest,
    proof: Option<&Proof>,
) -> Result<Value, ErrorParts> {
    let service = route.service;
    let shape = service.input(route.operation);
    let received = if is_s3(service) {
        undeclared(route, &request.headers)?;
        received(route, request, proof)?
    } else {
        Received { headers: Cow::Borrowed(&request.headers), body: request.body.clone() }
    };
    let query = Query::of(&request.target);
    if is_s3(service) {
        whole_numbers(service, shape, &query)?;
    }
    let mut input = rest::read_bindings(service, shape, (&route.labels, &query, &received.headers))
        .map_err(|why| bad_member(service, why))?;
    match shape.payload_member() {
        Some(member) => {
            if let Some(value) = read_payload(service, member, received.body)? {
                input.insert(member.name.clone(), value);
            }
        }
        None if shape.members().iter().any(|it| it.location == Location::Body) => {
            input.extend(read_document(service, shape, &received.body)?);
        }
        None => {}
    }
    Ok(Value::Map(input))
}

/// Numbers of S3's queries are whole, and have 32 bits.
fn whole_numbers(service: &Service, shape: &Shape, query: &Query) -> Result<(), ErrorParts> {
    let numbers = shape.members().iter().filter(|member| {
        member.location == Location::QueryString
            && matches!(service.shape(member.shape).kind, Kind::Integer)
    });
    for name in numbers.map(Member::wire_name) {
        let sent = query.get(name).filter(|sent| sent.trim().parse::<i32>().is_err());
        let Some(sent) = sent else { continue };
        let words = if name == "partNumber" {
            "Part number must be an integer between 1 and 10000, inclusive".to_owned()
        } else {
            format!("Provided {name} not an integer or within integer range")
        };
        return Err(ErrorParts::new("InvalidArgument", 400, words)
            .with("ArgumentName", name)
            .with("ArgumentValue", sent));
    }
    Ok(())
}

/// Who reads does not say how an object is encrypted, as S3 knows it.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html> ("Encryption")
fn undeclared(route: &Route, headers: &Headers) -> Result<(), ErrorParts> {
    let header = "x-amz-server-side-encryption";
    let reads = matches!(route.operation.name.as_str(), "GetObject" | "HeadObject");
    match headers.get(header).filter(|_| reads) {
        None => Ok(()),
        Some(sent) => {
            let words = format!("{header} header is not supported for this operation.");
            Err(ErrorParts::new("InvalidArgument", 400, words)
                .with("ArgumentName", header)
                .with("ArgumentValue", sent))
        }
    }
}

fn bad_member(service: &Service, why: String) -> ErrorParts {
    let code = if is_s3(service) { "InvalidArgument" } else { "SerializationException" };
    ErrorParts::new(code, 400, why)
}

/// A body as it was meant, and the headers with the trailers that followed it.
struct Received<'a> {
    headers: Cow<'a, Headers>,
    body: Bytes,
}

fn received<'a>(
    route: &Route,
    request: &'a HttpRequest,
    proof: Option<&Proof>,
) -> Result<Received<'a>, ErrorParts> {
    let mut headers = Cow::Borrowed(&request.headers);
    let mut body = request.body.clone();
    let hash = request.headers.get("x-amz-content-sha256").unwrap_or_default();
    let encoding = request.headers.get("content-encoding").unwrap_or_default();
    let chunked = encoding.split(',').any(|it| it.trim().eq_ignore_ascii_case("aws-chunked"));
    let decoded = request.headers.get("x-amz-decoded-content-length").is_some();
    if chunked && !decoded && !hash.starts_with("STREAMING-") {
        // It is only said to travel so: nothing tells how long it is without chunks.
        strip_chunked(headers.to_mut(), encoding);
    } else if chunked || hash.starts_with("STREAMING-") {
        let signed = hash.starts_with("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        let signing = match proof.filter(|_| signed) {
            Some(proof) => Signing::Verified(proof),
            None => Signing::Unverified,
        };
        let length = decoded_length(request)?;
        let decoded = chunked::decode(&request.body, length, signing)?;
        announced(request, &decoded.trailers)?;
        let owned = headers.to_mut();
        strip_chunked(owned, encoding);
        for (name, value) in decoded.trailers {
            owned.set(name, value);
        }
        body = decoded.body;
    }
    // Where the operation has no checksum of its body, such a header tells of something else: in
    // CompleteMultipartUpload, of the object that is made.
    let of_body =
        route.operation.http_checksum.as_ref().is_some_and(|it| {
            it.request_checksum_required || it.request_algorithm_member.is_some()
        });
    if of_body {
        one_checksum(&headers)?;
    }
    let md5 = checksum::Algorithm::Md5.header();
    let fields = headers.iter().filter(|(name, _)| of_body || name.eq_ignore_ascii_case(md5));
    checksum::verify_all(fields, &body)?;
    demanded(route, &headers)?;
    Ok(Received { headers, body })
}

/// A body has one checksum, beside `Content-MD5`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
fn one_checksum(headers: &Headers) -> Result<(), ErrorParts> {
    let beside = ["algorithm", "type", "mode"];
    let values = headers.iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.strip_prefix("x-amz-checksum-").is_some_and(|it| !beside.contains(&it))
    });
    if values.count() <= 1 {
        return Ok(());
    }
    Err(ErrorParts::new(
        "InvalidRequest",
        400,
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    ))
}

fn decoded_length(request: &HttpRequest) -> Result<Option<u64>, ErrorParts> {
    let length = request.headers.get("x-amz-decoded-content-length");
    let length = length.and_then(|text| text.trim().parse().ok()).ok_or_else(|| {
        let words = "You must provide the Content-Length HTTP header.";
        ErrorParts::new("MissingContentLength", 411, words)
            .hint("A chunked body needs x-amz-decoded-content-length, a number.")
    })?;
    Ok(Some(length))
}

/// Every field that `x-amz-trailer` announces must have come.
fn announced(request: &HttpRequest, trailers: &[(String, String)]) -> Result<(), ErrorParts> {
    let Some(names) = request.headers.get("x-amz-trailer") else { return Ok(()) };
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !trailers.iter().any(|(key, _)| key.eq_ignore_ascii_case(name)) {
            return Err(ChecksumError::TrailerMissing(name.to_owned()).into());
        }
    }
    Ok(())
}

/// `aws-chunked` is how the body travels, not what the object is.
fn strip_chunked(headers: &mut Headers, encoding: &str) {
    let rest: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty() && !it.eq_ignore_ascii_case("aws-chunked"))
        .collect();
    if rest.is_empty() {
        headers.remove("content-encoding");
    } else {
        headers.set("Content-Encoding", rest.join(","));
    }
}

/// Operations that the model has clients send a checksum with, and that S3 takes without one.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
const TAKEN_UNCHECKED: [&str; 2] = ["PutBucketVersioning", "PutObjectTagging"];

/// Some operations must come with a checksum; one that is named must be there.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
fn demanded(route: &Route, headers: &Headers) -> Result<(), ErrorParts> {
    let given = headers.iter().any(|(name, _)| Algorithm::of_header(name).is_some());
    let required =
        route.operation.http_checksum.as_ref().is_some_and(|it| it.request_checksum_required)
            && !TAKEN_UNCHECKED.contains(&route.operation.name.as_str());
    if required && !given && headers.get("content-md5").is_none() {
        return Err(ErrorParts::new(
            "InvalidRequest",
            400,
            "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
        ));
    }
    // A session of multipart names its algorithm, and its parts bring the checksums.
    let names_only = route
        .operation
        .http_checksum
        .as_ref()
        .is_none_or(|it| it.request_algorithm_member.is_none());
    let known =
        headers.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with("x-amz-checksum-"));
    if headers.get(ALGORITHM_HEADER).is_some() && !known && !names_only {
        return Err(ErrorParts::new(
            "InvalidRequest",
            400,
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or \
             x-amz-trailer headers were found.",
        ));
    }
    Ok(())
}

fn read_payload(
    service: &Service,
    member: &Member,
    body: Bytes,
) -> Result<Option<Value>, ErrorParts> {
    let shape = service.shape(member.shape);
    match &shape.kind {
        Kind::Blob => Ok(Some(Value::Blob(body))),
        Kind::String => {
            if body.is_empty() {
                let missing = member.required && is_s3(service);
                return if missing { Err(missing_body()) } else { Ok(None) };
            }
            let text = String::from_utf8(body.to_vec())
                .map_err(|_| bad_member(service, "The body is not UTF-8.".to_owned()))?;
            Ok(Some(Value::String(text)))
        }
        _ if body.is_empty() && member.required && is_s3(service) => Err(missing_body()),
        _ if body.is_empty() => Ok(None),
        _ if service.protocol == Protocol::RestXml => read_xml(service, shape, &body).map(Some),
        _ => {
            let json = serde_json::from_slice(&body).map_err(|why| not_json(&why.to_string()))?;
            json_value::read(service, shape, json, json_value::Style::Wire)
                .map(Some)
                .map_err(|why| ErrorParts::new("SerializationException", 400, why))
        }
    }
}

fn missing_body() -> ErrorParts {
    ErrorParts::new("MissingRequestBodyError", 400, "Request Body is empty")
}

fn read_document(service: &Service, shape: &Shape, body: &[u8]) -> Result<Map, ErrorParts> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    if service.protocol == Protocol::RestXml {
        let element = xml::parse(body).map_err(|why| ErrorParts::malformed_xml(why.0))?;
        return xml_value::read_members(service, shape, &element)
            .map_err(ErrorParts::malformed_xml);
    }
    let json = serde_json::from_slice(body).map_err(|why| invalid_content(service, &why))?;
    json_value::read_members(service, shape, json)
        .map_err(|why| ErrorParts::new("SerializationException", 400, why))
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html> (`InvalidRequestContentException`)
fn invalid_content(service: &Service, why: &serde_json::Error) -> ErrorParts {
    let code = "InvalidRequestContentException";
    if service.error(code).is_some() {
        let message = format!("Could not parse request body into json: {why}");
        return ErrorParts::new(code, 400, message);
    }
    not_json(&why.to_string())
}

fn read_xml(service: &Service, shape: &Shape, body: &[u8]) -> Result<Value, ErrorParts> {
    let element = xml::parse(body).map_err(|why| ErrorParts::malformed_xml(why.0))?;
    let value = xml_value::read(service, shape, &element).map_err(ErrorParts::malformed_xml)?;
    complete(service, shape, &value)?;
    Ok(value)
}

/// S3 holds documents to its schema: what is required must be there.
fn complete(service: &Service, shape: &Shape, value: &Value) -> Result<(), ErrorParts> {
    match (&shape.kind, value) {
        (Kind::Structure(members), Value::Map(_)) => {
            members.iter().try_for_each(|member| match value.get(&member.name) {
                Some(value) => complete(service, service.shape(member.shape), value),
                None if member.required => {
                    let what = format!("{} has no {}.", shape.name, member.wire_name());
                    Err(ErrorParts::malformed_xml(what))
                }
                None => Ok(()),
            })
        }
        (Kind::List(item), Value::List(items)) => {
            let shape = service.shape(item.shape);
            items.iter().try_for_each(|value| complete(service, shape, value))
        }
        _ => Ok(()),
    }
}
