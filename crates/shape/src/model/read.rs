//! From the model's JSON to the typed model.

use std::collections::BTreeMap;
use std::fmt;

use super::raw::{RawModel, RawNamespace, RawOperation, RawReference, RawShape};
use super::{
    ErrorTrait, HttpChecksum, Kind, Location, Member, Operation, Pattern, Protocol, Service, Shape,
    ShapeId, TimestampFormat, XmlNamespace,
};

/// Why a text is no service model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(String);

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a service model: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

type ShapeIndex = BTreeMap<String, ShapeId>;

impl Service {
    /// Reads a model in botocore's JSON (trimmed or whole); `name` is botocore's folder.
    pub fn read(name: &str, json: &str) -> Result<Self, ModelError> {
        let raw: RawModel =
            serde_json::from_str(json).map_err(|error| ModelError(error.to_string()))?;
        let shape_index = index_shapes(&raw)?;
        let metadata = raw.metadata;
        let mut service = Self {
            name: name.to_owned(),
            protocol: protocol(&metadata.protocol)?,
            api_version: metadata.api_version,
            signing_name: metadata.signing_name.unwrap_or_else(|| metadata.endpoint_prefix.clone()),
            s3_style: metadata.signature_version.as_deref() == Some("s3"),
            endpoint_prefix: metadata.endpoint_prefix,
            service_id: metadata.service_id,
            json_version: metadata.json_version.unwrap_or_else(|| "1.0".to_owned()),
            target_prefix: metadata.target_prefix.unwrap_or_default(),
            xml_namespace: metadata.xml_namespace,
            query_compatible: metadata.aws_query_compatible.is_some(),
            path_member: None,
            operations: Vec::with_capacity(raw.operations.0.len()),
            shapes: Vec::with_capacity(raw.shapes.0.len()),
            operation_index: BTreeMap::new(),
            nothing: nothing(),
            shape_index: BTreeMap::new(),
        };
        for (name, shape) in raw.shapes.0 {
            service.shapes.push(read_shape(name, shape, &shape_index)?);
        }
        for (index, (name, operation)) in raw.operations.0.into_iter().enumerate() {
            service.operation_index.insert(name.clone(), index);
            service.operations.push(read_operation(name, operation, &shape_index)?);
        }
        service.shape_index = shape_index;
        service.place_outputs();
        Ok(service)
    }

    /// An answer has neither path nor query: what an output says to travel there is in the body.
    fn place_outputs(&mut self) {
        let is_input = |id: ShapeId| self.operations.iter().any(|it| it.input == Some(id));
        let outputs: Vec<ShapeId> = self.operations.iter().filter_map(|it| it.output).collect();
        let outputs: Vec<ShapeId> = outputs.into_iter().filter(|id| !is_input(*id)).collect();
        for id in outputs {
            let shape = self.shapes.get_mut(id.0 as usize);
            if let Some(Shape { kind: Kind::Structure(members), .. }) = shape {
                for member in members {
                    if matches!(member.location, Location::QueryString | Location::Uri) {
                        member.location = Location::Body;
                    }
                }
            }
        }
    }
}

fn index_shapes(raw: &RawModel) -> Result<ShapeIndex, ModelError> {
    let mut index = ShapeIndex::new();
    for (at, (name, _)) in raw.shapes.0.iter().enumerate() {
        let id = u32::try_from(at).map_err(|_| ModelError("too many shapes".to_owned()))?;
        index.insert(name.clone(), ShapeId(id));
    }
    Ok(index)
}

fn protocol(name: &str) -> Result<Protocol, ModelError> {
    Ok(match name {
        "rest-xml" => Protocol::RestXml,
        "rest-json" => Protocol::RestJson,
        "json" => Protocol::Json,
        "query" => Protocol::Query,
        "ec2" => Protocol::Ec2,
        other => return Err(ModelError(format!("unknown protocol {other}"))),
    })
}

fn lookup(name: &str, index: &ShapeIndex) -> Result<ShapeId, ModelError> {
    index.get(name).copied().ok_or_else(|| ModelError(format!("no shape {name}")))
}

fn nothing() -> Shape {
    Shape {
        name: String::new(),
        kind: Kind::Structure(Vec::new()),
        min: None,
        max: None,
        pattern: None,
        enumeration: Vec::new(),
        flattened: false,
        streaming: false,
        payload: None,
        location_name: None,
        xml_namespace: None,
        timestamp_format: None,
        exception: false,
        fault: false,
        error: ErrorTrait::default(),
        document: false,
        union: false,
        event_stream: false,
    }
}

fn read_shape(name: String, raw: RawShape, index: &ShapeIndex) -> Result<Shape, ModelError> {
    let error = raw.error.map(|error| ErrorTrait {
        code: error.code,
        http_status_code: error.http_status_code,
        sender_fault: error.sender_fault,
    });
    let item = |reference: Option<RawReference>| {
        let reference =
            reference.ok_or_else(|| ModelError(format!("{name} does not say of what")))?;
        read_member(String::new(), reference, index).map(Box::new)
    };
    let kind = match raw.kind.as_str() {
        "structure" => {
            let mut members = Vec::new();
            for (name, reference) in raw.members.unwrap_or_default().0 {
                let required = raw.required.contains(&name);
                members.push(Member { required, ..read_member(name, reference, index)? });
            }
            Kind::Structure(members)
        }
        "list" => Kind::List(item(raw.member)?),
        "map" => Kind::Map(item(raw.key)?, item(raw.value)?),
        "string" | "character" => Kind::String,
        "integer" => Kind::Integer,
        "long" => Kind::Long,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "boolean" => Kind::Boolean,
        "blob" => Kind::Blob,
        "timestamp" => Kind::Timestamp,
        other => return Err(ModelError(format!("unknown type {other}"))),
    };
    Ok(Shape {
        kind,
        name,
        min: raw.min,
        max: raw.max,
        pattern: raw.pattern.map(Pattern::new),
        enumeration: raw.enumeration,
        flattened: raw.flattened,
        streaming: raw.streaming,
        payload: raw.payload,
        location_name: raw.location_name,
        xml_namespace: raw.xml_namespace.map(namespace),
        timestamp_format: timestamp_format(raw.timestamp_format.as_deref())?,
        exception: raw.exception,
        fault: raw.fault,
        error: error.unwrap_or_default(),
        document: raw.document,
        union: raw.union,
        event_stream: raw.eventstream,
    })
}

fn read_member(name: String, raw: RawReference, index: &ShapeIndex) -> Result<Member, ModelError> {
    let location = match raw.location.as_deref() {
        None => Location::Body,
        Some("header") => Location::Header,
        Some("headers") => Location::Headers,
        Some("querystring") => Location::QueryString,
        Some("uri") => Location::Uri,
        Some("statusCode") => Location::StatusCode,
        Some(other) => return Err(ModelError(format!("unknown location {other}"))),
    };
    Ok(Member {
        shape: lookup(&raw.shape, index)?,
        name,
        required: false,
        location,
        location_name: raw.location_name,
        query_name: raw.query_name,
        flattened: raw.flattened,
        xml_attribute: raw.xml_attribute,
        xml_namespace: raw.xml_namespace.map(namespace),
        timestamp_format: timestamp_format(raw.timestamp_format.as_deref())?,
        streaming: raw.streaming,
        json_value: raw.jsonvalue,
        host_label: raw.host_label,
        idempotency_token: raw.idempotency_token,
    })
}

fn namespace(raw: RawNamespace) -> XmlNamespace {
    match raw {
        RawNamespace::Full { uri, prefix } => XmlNamespace { uri, prefix },
        RawNamespace::Uri(uri) => XmlNamespace { uri, prefix: None },
    }
}

fn timestamp_format(name: Option<&str>) -> Result<Option<TimestampFormat>, ModelError> {
    Ok(match name {
        None => None,
        Some("iso8601") => Some(TimestampFormat::Iso8601),
        Some("rfc822") => Some(TimestampFormat::Rfc822),
        Some("unixTimestamp") => Some(TimestampFormat::UnixTimestamp),
        Some(other) => return Err(ModelError(format!("unknown timestamp format {other}"))),
    })
}

fn read_operation(
    name: String,
    raw: RawOperation,
    index: &ShapeIndex,
) -> Result<Operation, ModelError> {
    let shape = |reference: Option<&RawReference>| {
        reference.map(|reference| lookup(&reference.shape, index)).transpose()
    };
    let mut errors = Vec::new();
    for error in &raw.errors {
        errors.push(lookup(&error.shape, index)?);
    }
    let (input, output) = (shape(raw.input.as_ref())?, shape(raw.output.as_ref())?);
    let (method, uri, status) = raw.http.map_or_else(
        || ("POST".to_owned(), "/".to_owned(), None),
        |http| (http.method, http.request_uri, http.response_code),
    );
    let (input_location_name, input_xml_namespace) =
        raw.input.map_or((None, None), |it| (it.location_name, it.xml_namespace));
    Ok(Operation {
        name,
        http_method: method,
        request_uri: uri,
        response_code: status.unwrap_or(200),
        input,
        input_location_name,
        input_xml_namespace: input_xml_namespace.map(namespace),
        output,
        result_wrapper: raw.output.and_then(|reference| reference.result_wrapper),
        errors,
        host_prefix: raw.endpoint.and_then(|endpoint| endpoint.host_prefix),
        http_checksum: raw.http_checksum.map(|raw| HttpChecksum {
            request_algorithm_member: raw.request_algorithm_member,
            request_checksum_required: raw.request_checksum_required,
            request_validation_mode_member: raw.request_validation_mode_member,
            response_algorithms: raw.response_algorithms,
        }),
        unsigned: raw.authtype.as_deref() == Some("none"),
    })
}
