//! Stands in for `wire::server` until that is there: refuses every request.
#![allow(missing_docs)]
use cloudarium_service::Fault;
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use cloudarium_wire::sigv4::Proof;

use crate::credentials::Words;

#[derive(Debug, Clone)]
pub struct Route {
    pub service: &'static str,
    pub operation: String,
    pub region: Option<String>,
}
pub struct Rejected {
    pub error: ErrorParts,
}
#[derive(Debug, Clone)]
pub struct ResponseIds {
    pub request_id: String,
    pub host_id: Option<String>,
}
#[derive(Debug, Clone, Default)]
pub struct ErrorParts {
    pub code: String,
    pub status: u16,
    pub message: String,
    pub hint: Option<String>,
    pub members: Map,
    pub headers: Vec<(String, String)>,
}
impl From<Fault> for ErrorParts {
    fn from(f: Fault) -> Self {
        Self {
            code: f.code,
            status: f.status,
            message: f.message,
            hint: f.hint,
            members: f.members,
            headers: f.headers,
        }
    }
}
impl From<ErrorParts> for Fault {
    fn from(f: ErrorParts) -> Self {
        Self {
            code: f.code,
            status: f.status,
            message: f.message,
            hint: f.hint,
            members: f.members,
            headers: f.headers,
        }
    }
}
impl Route {
    pub fn words(&self) -> Words {
        Words::S3
    }
}
pub fn route(_http: &HttpRequest) -> Result<Route, Rejected> {
    Err(Rejected {
        error: ErrorParts { code: "NotImplemented".into(), status: 501, ..ErrorParts::default() },
    })
}
pub fn reject(rejected: &Rejected, _ids: &ResponseIds) -> HttpResponse {
    HttpResponse { status: rejected.error.status, ..HttpResponse::default() }
}
pub fn decode(
    _route: &Route,
    _http: &HttpRequest,
    _proof: Option<&Proof>,
) -> Result<Value, ErrorParts> {
    Err(ErrorParts::default())
}
pub fn encode(_route: &Route, _output: &Value, _ids: &ResponseIds) -> HttpResponse {
    HttpResponse::default()
}
pub fn encode_error(_route: &Route, parts: &ErrorParts, _ids: &ResponseIds) -> HttpResponse {
    HttpResponse { status: parts.status, ..HttpResponse::default() }
}
pub fn client_encode(_s: &str, _o: &str, _i: &Value, _r: &str) -> Result<HttpRequest, ErrorParts> {
    Err(ErrorParts { code: "NotImplemented".into(), status: 501, ..ErrorParts::default() })
}
pub fn client_decode(_s: &str, _o: &str, _r: &HttpResponse) -> Result<Value, ErrorParts> {
    Err(ErrorParts::default())
}
