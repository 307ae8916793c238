//! The list of API calls, in the shape of AWS CloudTrail's records.

use std::collections::VecDeque;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_wire::http::Headers;
use serde::{Deserialize, Serialize};

use crate::CallerKind;

/// How many calls are kept; older ones are dropped.
pub const CALLS_MAX: usize = 10_000;

/// How many bytes of a body are kept.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// The latest calls, oldest first.
#[derive(Debug, Clone, Default)]
pub struct CallLog {
    records: VecDeque<CallRecord>,
}

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRecord {
    /// Counts calls from 1.
    pub seq: u64,
    /// Virtual time of the call.
    pub time: Timestamp,
    /// On whose behalf.
    pub who: CallerKind,
    /// Where the call stands: `main.py:6`.
    pub source: Option<String>,
    /// The model's name (`s3`); empty when the request could not be told.
    pub service: String,
    /// AWS's name (`PutObject`); empty when the request could not be told.
    pub operation: String,
    /// `us-east-1`.
    pub region: String,
    /// Twelve digits; empty when anonymous.
    pub account: String,
    /// `arn:aws:iam::123456789012:user/test`; empty when anonymous.
    pub arn: String,
    /// The access key id that signed; empty when none did.
    pub access_key_id: String,
    /// `x-amz-request-id` of the answer.
    pub request_id: String,
    /// The HTTP status of the answer; 0 while the call waits.
    pub status: u16,
    /// Whether the operation only reads.
    pub read_only: bool,
    /// Whether the call changed the state.
    pub changed: bool,
    /// The input, without blobs.
    pub input: Option<Value>,
    /// The output of a call that changed something, without blobs.
    pub output: Option<Value>,
    /// AWS's code, message, and what to do about it, when it was refused.
    pub error: Option<CallError>,
    /// The request as it arrived.
    pub request: RawRequest,
    /// The answer as it left.
    pub response: RawResponse,
}

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallError {
    /// `NoSuchKey`
    pub code: String,
    /// AWS's words.
    pub message: String,
    /// Ours: what to do about it.
    pub hint: Option<String>,
}

/// A request as it arrived, its body clipped to [`BODY_BYTES_MAX`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawRequest {
    /// `PUT`
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// All headers, credentials as sent.
    pub headers: Headers,
    /// The first bytes of the body.
    pub body: Bytes,
    /// How long the whole body was.
    pub body_bytes: u64,
}

/// An answer as it left, its body clipped to [`BODY_BYTES_MAX`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawResponse {
    /// All headers.
    pub headers: Headers,
    /// The first bytes of the body.
    pub body: Bytes,
    /// How long the whole body was.
    pub body_bytes: u64,
}

impl CallLog {
    /// All kept calls, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &CallRecord> {
        self.records.iter()
    }

    /// Kept calls whose number is greater than `seq`.
    pub fn after(&self, seq: u64) -> impl Iterator<Item = &CallRecord> {
        let first = self.records.partition_point(|record| record.seq <= seq);
        self.records.range(first..)
    }

    /// The call with this number.
    pub fn get(&self, seq: u64) -> Option<&CallRecord> {
        let at = self.records.binary_search_by_key(&seq, |record| record.seq).ok()?;
        self.records.get(at)
    }

    /// The number of the latest call; 0 before the first.
    pub fn last_seq(&self) -> u64 {
        self.records.back().map_or(0, |record| record.seq)
    }
}
