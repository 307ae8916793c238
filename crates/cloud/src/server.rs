//! `wire`'s server and client side in the core's own terms: service and operation by name, faults
//! instead of wire's errors.

use cloudarium_service::Fault;
use cloudarium_shape::Value;
use cloudarium_shape::model::Protocol;
use cloudarium_wire::beside::{self, Beside, FormClaim, Kind};
use cloudarium_wire::code_link::{self, CodeLink};
use cloudarium_wire::function_url::{self, FunctionUrl};
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use cloudarium_wire::route::Host;
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
    way: Way,
}

/// Where a request leads.
#[derive(Debug, Clone)]
enum Way {
    /// To an operation of the service's model.
    Operation(wire::Route),
    /// To something that browsers ask of S3 beside those.
    Beside(Beside),
    /// To a function, by its address.
    Function(FunctionUrl),
    /// To the package of a function or a layer, by a link.
    Code(CodeLink),
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
        match &self.way {
            Way::Operation(route) => route.bucket.as_deref(),
            Way::Beside(_) | Way::Function(_) | Way::Code(_) => None,
        }
    }

    /// Whether it is for a function's address, which may be open to everyone.
    pub fn is_for_function(&self) -> bool {
        matches!(self.way, Way::Function(_))
    }

    /// Whether it is a link that lets in whoever has it.
    pub fn is_for_code(&self) -> bool {
        matches!(self.way, Way::Code(_))
    }

    /// Whether it is no operation of the model, and so is not signed as those are.
    pub fn is_beside(&self) -> bool {
        matches!(self.way, Way::Beside(_))
    }

    /// The bucket whose rules say which pages may have the answer.
    pub fn shared_by(&self) -> Option<&str> {
        match &self.way {
            Way::Beside(beside) if beside.kind == Kind::Preflight => None,
            Way::Beside(beside) => Some(&beside.bucket),
            Way::Operation(route) => {
                let label = route.labels.iter().find(|(name, _)| name == "Bucket");
                label.map(|(_, bucket)| bucket.as_str())
            }
            // What its address says of other pages is the function's own business.
            Way::Function(_) | Way::Code(_) => None,
        }
    }

    /// How the service words its refusals.
    pub fn words(&self) -> Words {
        let route = match &self.way {
            Way::Operation(route) => route,
            Way::Beside(_) | Way::Code(_) => return Words::S3,
            Way::Function(_) => return Words::RestJson,
        };
        match route.service.protocol {
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
    let rejected = |rejected: Box<wire::Rejected>| Rejected {
        fault: fault(rejected.error.clone()),
        wire: rejected,
    };
    if let Some(url) = function_url::find(http) {
        return Ok(Route {
            service: &url.service.name,
            operation: function_url::OPERATION,
            region: Some(url.region.clone()),
            way: Way::Function(url),
        });
    }
    if let Some(link) = code_link::find(http) {
        return Ok(Route {
            service: &link.service.name,
            operation: code_link::OPERATION,
            region: Some(link.region.clone()),
            way: Way::Code(link),
        });
    }
    if let Some(found) = beside::find(http) {
        let beside = found.map_err(rejected)?;
        return Ok(Route {
            service: &beside.service.name,
            operation: beside.kind.operation(),
            region: beside.region.clone(),
            way: Way::Beside(beside),
        });
    }
    let route = wire::route(http).map_err(rejected)?;
    Ok(Route {
        service: &route.service.name,
        operation: &route.operation.name,
        region: route.region.clone(),
        way: Way::Operation(route),
    })
}

/// Whether anything is simulated at a host name.
pub fn is_here(host: &str) -> bool {
    function_url::of_host(host).is_some() || Host::of(host) != Host::default()
}

/// Writes the answer to a request that had no way to an operation.
pub fn reject(rejected: &Rejected, ids: &ResponseIds) -> HttpResponse {
    wire::reject(&rejected.wire, &ids.into())
}

/// Reads the input of the route's operation.
pub fn decode(route: &Route, http: &HttpRequest, proof: Option<&Proof>) -> Result<Value, Fault> {
    match &route.way {
        Way::Operation(route) => wire::decode(route, http, proof).map_err(fault),
        Way::Beside(beside) => beside.decode(http).map_err(fault),
        Way::Function(url) => Ok(url.decode(http)),
        Way::Code(link) => Ok(link.decode(http)),
    }
}

/// Who signed a form, if the request is one that somebody signed.
pub fn form_claim(route: &Route, input: &Value) -> Result<Option<FormClaim>, Fault> {
    match &route.way {
        Way::Operation(_) | Way::Function(_) | Way::Code(_) => Ok(None),
        Way::Beside(beside) => beside.claim(input).map_err(fault),
    }
}

/// Writes `output` as the answer of the route's operation.
pub fn encode(route: &Route, output: &Value, ids: &ResponseIds) -> HttpResponse {
    match &route.way {
        Way::Operation(route) => wire::encode(route, output, &ids.into()),
        Way::Beside(beside) => beside.encode(output, &ids.into()),
        Way::Function(url) => url.encode(output, &ids.into()),
        Way::Code(link) => link.encode(output, &ids.into()),
    }
}

/// Writes `fault` as the answer of the route's operation.
pub fn encode_fault(route: &Route, fault: Fault, ids: &ResponseIds) -> HttpResponse {
    let Fault { code, status, message, hint, members, headers } = fault;
    let parts = wire::ErrorParts { code, status, message, hint, members, headers };
    match &route.way {
        Way::Operation(route) => wire::encode_error(route.form, &parts, &ids.into()),
        Way::Beside(beside) => beside.encode_error(&parts, &ids.into()),
        Way::Function(url) => url.encode_error(&parts, &ids.into()),
        Way::Code(link) => link.encode_error(&parts, &ids.into()),
    }
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
