//! `wire`'s server and client side in the core's own terms: service and operation by name, faults
//! instead of wire's errors.

use cloudarium_service::Fault;
use cloudarium_shape::Value;
use cloudarium_shape::model::Protocol;
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use cloudarium_wire::server as wire;
use cloudarium_wire::sigv4::Proof;

use crate::credentials::Words;

/// What names an answer.
#[derive(Debug, Clone)]
pub struct ResponseIds {
    /// `x-amz-request-id`, `x-amzn-RequestId`.
    pub request_id: String,
    /// S3's `x-amz-id-2`.
    pub host_id: Option<String>,
}

impl From<&ResponseIds> for wire::ResponseIds {
    fn from(ids: &ResponseIds) -> Self {
        Self {
            request_id: ids.request_id.clone(),
            host_id: ids.host_id.clone().unwrap_or_default(),
        }
    }
}

/// A request's way to its operation.
#[derive(Debug, Clone)]
pub struct Route {
    /// The model's name: `s3`.
    pub service: &'static str,
    /// AWS's name: `PutObject`.
    pub operation: &'static str,
    /// The Region, if the host name tells.
    pub region: Option<String>,
    wire: wire::Route,
}

/// A request that has no way to an operation.
pub struct Rejected {
    /// What to answer.
    pub fault: Fault,
    wire: Box<wire::Rejected>,
}

impl Route {
    /// The bucket, where it stands in the host name.
    pub fn host_bucket(&self) -> Option<&str> {
        self.wire.bucket.as_deref()
    }

    /// How the service words its refusals.
    pub fn words(&self) -> Words {
        match self.wire.service.protocol {
            Protocol::RestXml => Words::S3,
            Protocol::RestJson => Words::RestJson,
            Protocol::Json => Words::Json,
            Protocol::Query => Words::Query,
            Protocol::Ec2 => Words::Ec2,
        }
    }
}

/// Finds the operation that `http` is for.
pub fn route(http: &HttpRequest) -> Result<Route, Rejected> {
    match wire::route(http) {
        Ok(route) => Ok(Route {
            service: &route.service.name,
            operation: &route.operation.name,
            region: route.region.clone(),
            wire: route,
        }),
        Err(rejected) => Err(Rejected { fault: fault(rejected.error.clone()), wire: rejected }),
    }
}

/// Writes the answer to a request that had no way to an operation.
pub fn reject(rejected: &Rejected, ids: &ResponseIds) -> HttpResponse {
    wire::reject(&rejected.wire, &ids.into())
}

/// Reads the input of the route's operation.
pub fn decode(route: &Route, http: &HttpRequest, proof: Option<&Proof>) -> Result<Value, Fault> {
    wire::decode(&route.wire, http, proof).map_err(fault)
}

/// Writes `output` as the answer of the route's operation.
pub fn encode(route: &Route, output: &Value, ids: &ResponseIds) -> HttpResponse {
    wire::encode(&route.wire, output, &ids.into())
}

/// Writes `fault` as the answer of the route's operation.
pub fn encode_fault(route: &Route, fault: Fault, ids: &ResponseIds) -> HttpResponse {
    let Fault { code, status, message, hint, members, headers } = fault;
    let parts = wire::ErrorParts { code, status, message, hint, members, headers };
    wire::encode_error(route.wire.form, &parts, &ids.into())
}

/// The request of a call by name, unsigned.
pub fn client_encode(
    service: &str,
    operation: &str,
    input: &Value,
    region: &str,
) -> Result<HttpRequest, Fault> {
    cloudarium_wire::client::encode(service, operation, input, region).map_err(fault)
}

/// What an answer means to who called by name.
pub fn client_decode(
    service: &str,
    operation: &str,
    response: &HttpResponse,
) -> Result<Value, Fault> {
    cloudarium_wire::client::decode(service, operation, response).map_err(fault)
}

fn fault(parts: wire::ErrorParts) -> Fault {
    let wire::ErrorParts { code, status, message, hint, members, headers } = parts;
    Fault { code, status, message, hint, members, headers }
}
