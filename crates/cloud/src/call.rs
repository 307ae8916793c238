//! Calls made by the host itself: the console, lessons, checks.

use cloudarium_env::Timestamp;
use cloudarium_shape::Value;

use crate::Caller;

/// One call by name, which travels as a real HTTP request through the door.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The model's name: `s3`.
    pub service: String,
    /// AWS's name: `PutObject`.
    pub operation: String,
    /// The input, by the model's member names.
    pub input: Value,
    /// `us-east-1`.
    pub region: String,
    /// Who calls.
    pub caller: Caller,
    /// When.
    pub at: Timestamp,
}
