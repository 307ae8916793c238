//! What leaves a service besides its answer.

use bytes::Bytes;
use cloudarium_shape::Value;
use serde::{Deserialize, Serialize};

/// Stands for something that will end later: a parked request, work at the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ticket(pub u64);

/// Something that happened, which other services may act on.
#[derive(Debug, Clone, PartialEq)]
pub struct BusEvent {
    /// `aws.s3`
    pub source: &'static str,
    /// `Object Created`
    pub detail_type: &'static str,
    /// The account it happened in.
    pub account: String,
    /// The Region it happened in.
    pub region: String,
    /// ARNs of what it is about.
    pub resources: Vec<String>,
    /// The service's own words.
    pub detail: Value,
}

/// Work that only the host can do (run a handler, run an ETL job).
#[derive(Debug, Clone, PartialEq)]
pub struct HostWork {
    /// What kind of work, by the name under which hosts register what they can run.
    pub kind: String,
    /// Its input.
    pub input: Value,
}

/// A call of an API that a service makes on its own account: a state machine's task, a function's
/// code. It goes through the same door as everyone's.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiCall {
    /// The model's name: `s3`.
    pub service: String,
    /// AWS's name: `PutObject`.
    pub operation: String,
    /// The input, by the model's member names.
    pub input: Value,
    /// `us-east-1`: where it is sent.
    pub region: String,
    /// The role that it is made with: `arn:aws:iam::123456789012:role/machine`.
    pub role_arn: String,
    /// The name of the role's session, the last part of the caller's ARN.
    pub session: String,
    /// Where the call stands, for the list of calls: an execution and its state.
    pub source: Option<String>,
}

/// A request to any address, that a service makes as everybody could: a task that calls an HTTPS API, an authorization
/// endpoint that is asked for a token. Whoever is known by it is known by what the request itself says. Only what is
/// simulated can be reached: functions' URLs, objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpCall {
    /// `GET`
    pub method: String,
    /// `https://abc.lambda-url.us-east-1.on.aws/orders?id=1`
    pub url: String,
    /// Names and values; without `Host` and `Content-Length`, which follow from the rest.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
    /// Where the request stands, for the list of calls: an execution and its state.
    pub source: Option<String>,
}

/// The code of the fault by which an [`HttpCall`] ends to which nobody answers.
pub const UNREACHABLE: &str = "Unreachable";
