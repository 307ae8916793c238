//! How a service tells what a call and what is stored count as on the bill.

use cloudarium_shape::Value;

/// An answered call.
#[derive(Debug, Clone, Copy)]
pub struct Charged<'a> {
    /// AWS's name: `PutObject`.
    pub operation: &'a str,
    /// Its input, as the list of calls keeps it.
    pub input: Option<&'a Value>,
    /// Its output; `None` if it was refused.
    pub output: Option<&'a Value>,
    /// Bytes of the answer's body.
    pub sent_bytes: u64,
    /// Whether the answer left AWS for the internet.
    pub to_internet: bool,
}

/// What a call counts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// As AWS's usage reports name it, without the Region: `Requests-Tier1`.
    pub usage_type: &'static str,
    /// What of that it was: `PUT`.
    pub verb: &'static str,
    /// Requests, or bytes.
    pub quantity: u64,
}

/// What lies stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level<'a> {
    /// Where.
    pub region: &'a str,
    /// As AWS's usage reports name it, without the Region: `TimedStorage-ByteHrs`.
    pub usage_type: &'static str,
    /// How much.
    pub bytes: u64,
}
