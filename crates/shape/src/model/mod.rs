//! A service model: operations, shapes, members, constraints, errors, protocol.
//!
//! The data is botocore's, trimmed by `cargo xtask codegen` and read when a service is first asked
//! for. Start in [`service`] (a service by its name) and [`Service::operation`].

mod catalog;
mod older;
mod pattern;
mod raw;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use catalog::{
    NAMES, Reader, by_endpoint, by_form_version, by_target_prefix, in_query, is_endpoint, read_by,
    s3_style, service, services,
};
pub use pattern::Pattern;
pub use read::ModelError;

/// Where a shape stands in its service's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeId(pub(crate) u32);

/// How a service's requests and answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// `rest-xml`: S3.
    RestXml,
    /// `rest-json`: Lambda.
    RestJson,
    /// `json`, 1.0 and 1.1: DynamoDB, Step Functions.
    Json,
    /// `query`: STS, IAM, SNS.
    Query,
    /// `ec2`: EC2's own form of `query`.
    Ec2,
}

/// One service.
#[derive(Debug)]
pub struct Service {
    /// botocore's name: `s3`, `stepfunctions`.
    pub name: String,
    /// `2006-03-01`
    pub api_version: String,
    /// The first part of its host names: `s3`, `states`.
    pub endpoint_prefix: String,
    /// The name in a credential's scope: `s3`, `states`.
    pub signing_name: String,
    /// Whether it signs, routes and refuses in S3's own way (signature version `s3`).
    pub s3_style: bool,
    /// `S3`, `SFN`
    pub service_id: String,
    /// How it speaks.
    pub protocol: Protocol,
    /// `1.0` or `1.1`, of protocol `json`.
    pub json_version: String,
    /// What stands before the operation in `X-Amz-Target`: `AWSStepFunctions`.
    pub target_prefix: String,
    /// The namespace of its XML.
    pub xml_namespace: Option<String>,
    /// Whether it also gives the error codes it had when it spoke `query` (SQS).
    pub query_compatible: bool,
    /// The member that the path of a request's address stands for, where there is one.
    pub path_member: Option<&'static str>,
    /// All operations, in the model's order.
    pub operations: Vec<Operation>,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) operation_index: BTreeMap<String, usize>,
    pub(crate) shape_index: BTreeMap<String, ShapeId>,
    pub(crate) nothing: Shape,
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// `PutObject`
    pub name: String,
    /// `PUT`
    pub http_method: String,
    /// `/{Bucket}/{Key+}?select&select-type=2`
    pub request_uri: String,
    /// The status of a good answer.
    pub response_code: u16,
    /// What comes in.
    pub input: Option<ShapeId>,
    /// The XML element that wraps the input, if the operation names one.
    pub input_location_name: Option<String>,
    /// The namespace of that element.
    pub input_xml_namespace: Option<XmlNamespace>,
    /// What goes out.
    pub output: Option<ShapeId>,
    /// `GetCallerIdentityResult`: the element around the output, in `query`.
    pub result_wrapper: Option<String>,
    /// The errors it says it may answer.
    pub errors: Vec<ShapeId>,
    /// `sync-`: stands before the host name.
    pub host_prefix: Option<String>,
    /// What it says of checksums.
    pub http_checksum: Option<HttpChecksum>,
    /// Whether it takes unsigned requests as a matter of course.
    pub unsigned: bool,
}

/// What an operation says of checksums.
#[derive(Debug, Clone, Default)]
pub struct HttpChecksum {
    /// The input member that names the algorithm.
    pub request_algorithm_member: Option<String>,
    /// Whether a request must have one.
    pub request_checksum_required: bool,
    /// The input member that asks for checksums in the answer.
    pub request_validation_mode_member: Option<String>,
    /// What may come back.
    pub response_algorithms: Vec<String>,
}

/// A type of the model.
// The model's traits are flags.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub struct Shape {
    /// `PutObjectRequest`
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Least length, size or value.
    pub min: Option<f64>,
    /// Greatest length, size or value.
    pub max: Option<f64>,
    /// A regular expression for the whole text.
    pub pattern: Option<Pattern>,
    /// The values of an enum; empty: any.
    pub enumeration: Vec<String>,
    /// A list or map without an element around it.
    pub flattened: bool,
    /// A body of any length.
    pub streaming: bool,
    /// The member that is the whole body.
    pub payload: Option<String>,
    /// The element's name in XML.
    pub location_name: Option<String>,
    /// Its namespace.
    pub xml_namespace: Option<XmlNamespace>,
    /// How its instants are written.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether it is an error.
    pub exception: bool,
    /// Whether that error is the server's.
    pub fault: bool,
    /// The error's code and status, where they are not what the name and kind say.
    pub error: ErrorTrait,
    /// Any JSON.
    pub document: bool,
    /// One of its members, never two.
    pub union: bool,
    /// A stream of events.
    pub event_stream: bool,
}

/// The code and status of an error.
#[derive(Debug, Clone, Default)]
pub struct ErrorTrait {
    /// `ExpiredTokenException`
    pub code: Option<String>,
    /// `404`
    pub http_status_code: Option<u16>,
    /// Whether the sender is to blame.
    pub sender_fault: Option<bool>,
}

/// What a shape is.
#[derive(Debug)]
pub enum Kind {
    /// Named members.
    Structure(Vec<Member>),
    /// Many of one.
    List(Box<Member>),
    /// Texts to values of one kind.
    Map(Box<Member>, Box<Member>),
    /// Text.
    String,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// 32 bits.
    Float,
    /// 64 bits.
    Double,
    /// True or false.
    Boolean,
    /// Bytes.
    Blob,
    /// An instant.
    Timestamp,
}

/// Where a member travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Location {
    /// In the body.
    #[default]
    Body,
    /// In one header.
    Header,
    /// In all headers that start alike.
    Headers,
    /// In the query.
    QueryString,
    /// In the path.
    Uri,
    /// As the status.
    StatusCode,
}

/// How instants are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `2026-01-05T09:00:00Z`
    Iso8601,
    /// `Mon, 05 Jan 2026 09:00:00 GMT`
    Rfc822,
    /// `1767603600`
    UnixTimestamp,
}

/// A namespace of XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlNamespace {
    /// What it is.
    pub uri: String,
    /// What stands before the colon.
    pub prefix: Option<String>,
}

/// A member of a structure, or the item, key or value of a list or map (without a name).
// The model's traits are flags.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub struct Member {
    /// AWS's name.
    pub name: String,
    /// Its type.
    pub shape: ShapeId,
    /// Whether it must be there.
    pub required: bool,
    /// Where it travels.
    pub location: Location,
    /// Its name there.
    pub location_name: Option<String>,
    /// Its name in EC2's requests.
    pub query_name: Option<String>,
    /// A list without an element around it.
    pub flattened: bool,
    /// An attribute instead of an element.
    pub xml_attribute: bool,
    /// Its namespace.
    pub xml_namespace: Option<XmlNamespace>,
    /// How its instants are written.
    pub timestamp_format: Option<TimestampFormat>,
    /// A body of any length.
    pub streaming: bool,
    /// JSON in base64, in a header.
    pub json_value: bool,
    /// Stands in the host prefix.
    pub host_label: bool,
    /// Filled by clients when it is not given.
    pub idempotency_token: bool,
}

impl Member {
    /// Its name on the wire: the location's name, else its own.
    pub fn wire_name(&self) -> &str {
        self.location_name.as_deref().unwrap_or(&self.name)
    }
}

impl Shape {
    /// The members of a structure; none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Structure(members) => members,
            _ => &[],
        }
    }

    /// A structure's member.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The member that is the whole body.
    pub fn payload_member(&self) -> Option<&Member> {
        self.payload.as_deref().and_then(|name| self.member(name))
    }

    /// The code of this error: its own, else its name.
    pub fn error_code(&self) -> &str {
        self.error.code.as_deref().unwrap_or(&self.name)
    }

    /// The status of this error.
    pub fn error_status(&self) -> u16 {
        self.error.http_status_code.unwrap_or(if self.fault { 500 } else { 400 })
    }
}

impl Service {
    /// The operation called `name`.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(*self.operation_index.get(name)?)
    }

    /// A shape by its place; an empty structure if it has none.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        self.shapes.get(id.0 as usize).unwrap_or(&self.nothing)
    }

    /// A shape by its name.
    pub fn shape_named(&self, name: &str) -> Option<&Shape> {
        self.shape_index.get(name).map(|id| self.shape(*id))
    }

    /// The input of `operation`: an empty structure if it takes nothing.
    pub fn input(&self, operation: &Operation) -> &Shape {
        operation.input.map_or(&self.nothing, |id| self.shape(id))
    }

    /// The output of `operation`: an empty structure if it gives nothing.
    pub fn output(&self, operation: &Operation) -> &Shape {
        operation.output.map_or(&self.nothing, |id| self.shape(id))
    }

    /// The error of this service with `code`.
    pub fn error(&self, code: &str) -> Option<&Shape> {
        let named = self.shape_named(code).filter(|shape| shape.exception);
        named.or_else(|| {
            self.shapes.iter().find(|shape| shape.exception && shape.error_code() == code)
        })
    }
}
