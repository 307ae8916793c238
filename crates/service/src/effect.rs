//! What leaves a service besides its answer.

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
