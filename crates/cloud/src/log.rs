//! The list of API calls: what "Under the hood" shows and what lessons' checks ask.

use std::sync::Arc;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse};
use imbl::Vector;
use serde::{Deserialize, Serialize};

use crate::{CallerKind, plain};

/// How many calls are kept; older ones are dropped.
pub const CALLS_MAX: usize = 10_000;

/// How many bytes of a body are kept.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// How many bytes of bodies are kept over all calls; older calls lose theirs first.
pub const BODIES_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// A string in a kept input or output is cut here.
const TEXT_BYTES_MAX: usize = 4 * 1024;

/// The latest calls, oldest first. A copy shares memory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CallLog {
    records: Vector<Arc<CallRecord>>,
    last_seq: u64,
    /// Bytes of bodies that the records hold.
    body_bytes: u64,
    /// Up to this call, records have lost their bodies.
    bodies_dropped_to: u64,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
    /// `AIDA...`; empty when anonymous.
    pub user_id: String,
    /// The access key id that signed; empty when none did.
    pub access_key_id: String,
    /// `x-amz-request-id` of the answer.
    pub request_id: String,
    /// The HTTP status of the answer; 0 while the call waits.
    pub status: u16,
    /// Whether the operation only reads.
    pub read_only: bool,
    /// Whether the call changed the state (or may have).
    pub changed: bool,
    /// The input by the model's member names, blobs left out, long text cut.
    #[serde(with = "optional")]
    pub input: Option<Value>,
    /// The output of a call that changed something, in the same way.
    #[serde(with = "optional")]
    pub output: Option<Value>,
    /// Why it was refused.
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

impl From<HttpRequest> for RawRequest {
    fn from(http: HttpRequest) -> Self {
        Self {
            method: http.method,
            target: http.target,
            headers: http.headers,
            body_bytes: http.body.len() as u64,
            body: clip(http.body),
        }
    }
}

impl From<&HttpResponse> for RawResponse {
    fn from(http: &HttpResponse) -> Self {
        Self {
            headers: http.headers.clone(),
            body_bytes: http.body.len() as u64,
            body: clip(http.body.clone()),
        }
    }
}

/// The first bytes of a body. A long one is copied, so that the rest of it is not held.
fn clip(body: Bytes) -> Bytes {
    match body.get(..BODY_BYTES_MAX) {
        Some(start) if body.len() > BODY_BYTES_MAX => Bytes::copy_from_slice(start),
        _ => body,
    }
}

/// A copy of `value` for the list: blobs are left out, long strings cut.
pub fn digest(value: &Value) -> Value {
    match value {
        Value::Map(map) => Value::Map(
            map.iter()
                .filter(|(_, member)| !matches!(member, Value::Blob(_)))
                .map(|(name, member)| (name.clone(), digest(member)))
                .collect(),
        ),
        Value::List(items) => Value::List(items.iter().map(digest).collect()),
        Value::Blob(_) => Value::Null,
        Value::String(text) if text.len() > TEXT_BYTES_MAX => {
            let end = text.floor_char_boundary(TEXT_BYTES_MAX);
            Value::String(format!("{}…", text.get(..end).unwrap_or_default()))
        }
        other => other.clone(),
    }
}

impl CallRecord {
    fn body_bytes(&self) -> u64 {
        (self.request.body.len() + self.response.body.len()) as u64
    }

    /// Whether the call was answered without a fault.
    pub fn succeeded(&self) -> bool {
        self.error.is_none() && self.status != 0
    }
}

impl CallLog {
    /// All kept calls, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &CallRecord> {
        self.records.iter().map(AsRef::as_ref)
    }

    /// Kept calls whose number is greater than `seq`, oldest first.
    pub fn after(&self, seq: u64) -> impl Iterator<Item = &CallRecord> {
        let newer = self.last_seq.saturating_sub(seq);
        let skipped = self.records.len().saturating_sub(usize::try_from(newer).unwrap_or(0));
        self.records.iter().skip(skipped).map(AsRef::as_ref)
    }

    /// The call with this number.
    pub fn get(&self, seq: u64) -> Option<&CallRecord> {
        self.records.get(self.place(seq)?).map(AsRef::as_ref)
    }

    /// The number of the latest call; 0 before the first.
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// Forgets all calls after `seq`.
    pub(crate) fn back_to(&mut self, seq: u64) {
        while self.last_seq > seq {
            if let Some(gone) = self.records.pop_back() {
                self.body_bytes = self.body_bytes.saturating_sub(gone.body_bytes());
            }
            self.last_seq -= 1;
        }
        self.bodies_dropped_to = self.bodies_dropped_to.min(self.last_seq);
    }

    /// Up to which call this list and `other` are the same: lists part once.
    pub(crate) fn shared_with(&self, other: &Self) -> u64 {
        let first = |log: &Self| log.records.front().map_or(log.last_seq, |record| record.seq);
        let (mut low, mut high) =
            (first(self).max(first(other)), self.last_seq.min(other.last_seq));
        let same = |seq: u64| match (self.arc(seq), other.arc(seq)) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        if low > high || !same(low) {
            return 0;
        }
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if same(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    /// [`CallLog::after`], sharing memory.
    pub(crate) fn shared_after(&self, seq: u64) -> impl Iterator<Item = &Arc<CallRecord>> {
        let newer = usize::try_from(self.last_seq.saturating_sub(seq)).unwrap_or(usize::MAX);
        self.records.iter().skip(self.records.len().saturating_sub(newer))
    }

    /// A list that is this one up to `shared`, and then `calls`.
    pub(crate) fn parted(&self, shared: u64, calls: Vec<Arc<CallRecord>>) -> Self {
        let mut log = if shared == 0 { Self::default() } else { self.clone() };
        log.back_to(shared);
        for record in calls {
            log.last_seq = record.seq;
            log.body_bytes += record.body_bytes();
            log.records.push_back(record);
        }
        log
    }

    fn arc(&self, seq: u64) -> Option<&Arc<CallRecord>> {
        self.records.get(self.place(seq)?)
    }

    /// Adds a call, and gives it its number.
    pub(crate) fn push(&mut self, mut record: CallRecord) -> u64 {
        self.last_seq += 1;
        record.seq = self.last_seq;
        self.body_bytes += record.body_bytes();
        self.records.push_back(Arc::new(record));
        if self.records.len() > CALLS_MAX
            && let Some(dropped) = self.records.pop_front()
        {
            self.body_bytes = self.body_bytes.saturating_sub(dropped.body_bytes());
        }
        self.drop_bodies();
        self.last_seq
    }

    /// Completes the record of a call that waited.
    pub(crate) fn complete(&mut self, seq: u64, complete: impl FnOnce(&mut CallRecord)) {
        let Some(record) = self.place(seq).and_then(|at| self.records.get_mut(at)) else { return };
        let record = Arc::make_mut(record);
        let before = record.body_bytes();
        complete(record);
        self.body_bytes = (self.body_bytes + record.body_bytes()).saturating_sub(before);
        self.drop_bodies();
    }

    /// Sequence numbers have no gaps, so the place follows from the number.
    fn place(&self, seq: u64) -> Option<usize> {
        let newer = usize::try_from(self.last_seq.checked_sub(seq)?).ok()?;
        self.records.len().checked_sub(newer + 1)
    }

    fn drop_bodies(&mut self) {
        while self.body_bytes > BODIES_BYTES_MAX && self.bodies_dropped_to < self.last_seq {
            self.bodies_dropped_to += 1;
            let at = self.place(self.bodies_dropped_to);
            let Some(record) = at.and_then(|at| self.records.get_mut(at)) else { continue };
            let record = Arc::make_mut(record);
            self.body_bytes = self.body_bytes.saturating_sub(record.body_bytes());
            record.request.body = Bytes::new();
            record.response.body = Bytes::new();
        }
    }
}

/// [`plain`] for a value that may be missing.
mod optional {
    use super::{Value, plain};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Kept(#[serde(with = "plain")] Value);

    #[expect(clippy::ref_option, reason = "serde passes the field so")]
    pub fn serialize<S: Serializer>(
        value: &Option<Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.clone().map(Kept).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Value>, D::Error> {
        Option::<Kept>::deserialize(deserializer).map(|kept| kept.map(|kept| kept.0))
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_env::saved;

    use super::*;

    fn with_body(bytes: usize) -> CallRecord {
        let http = HttpRequest { body: vec![7; bytes].into(), ..HttpRequest::default() };
        CallRecord { request: http.into(), ..CallRecord::default() }
    }

    #[test]
    fn a_long_body_is_clipped_and_its_length_told() {
        let record = with_body(BODY_BYTES_MAX + 1);
        assert_eq!(record.request.body.len(), BODY_BYTES_MAX);
        assert_eq!(record.request.body_bytes, BODY_BYTES_MAX as u64 + 1);
    }

    #[test]
    fn the_oldest_calls_are_dropped_and_numbers_stay() {
        let mut log = CallLog::default();
        for _ in 0..CALLS_MAX + 5 {
            log.push(CallRecord::default());
        }
        assert_eq!(log.iter().count(), CALLS_MAX);
        assert_eq!(log.get(5), None);
        assert_eq!(log.get(6).map(|record| record.seq), Some(6));
        let last = log.last_seq();
        assert_eq!(log.get(last).map(|record| record.seq), Some(last));
        assert_eq!(log.get(last + 1), None);
        assert_eq!(log.after(last - 2).map(|r| r.seq).collect::<Vec<_>>(), [last - 1, last]);
        assert_eq!(log.after(0).count(), CALLS_MAX);
        assert_eq!(log.after(last + 7).count(), 0);
    }

    #[test]
    fn bodies_go_before_calls_when_there_are_too_many() {
        let mut log = CallLog::default();
        let fit = BODIES_BYTES_MAX / BODY_BYTES_MAX as u64;
        for _ in 0..fit + 3 {
            log.push(with_body(BODY_BYTES_MAX));
        }
        let lengths: Vec<usize> = log.iter().take(4).map(|r| r.request.body.len()).collect();
        assert_eq!(lengths, [0, 0, 0, BODY_BYTES_MAX]);
        assert_eq!(log.get(1).map(|r| r.request.body_bytes), Some(BODY_BYTES_MAX as u64));
        assert_eq!(log.body_bytes, BODIES_BYTES_MAX);
    }

    #[test]
    fn the_digest_of_a_value_has_no_blobs_and_no_long_text() {
        let value = Value::Map(
            [
                ("Body".to_owned(), Value::Blob(Bytes::from_static(b"x"))),
                ("Key".to_owned(), Value::from("k")),
                ("Long".to_owned(), Value::String("é".repeat(TEXT_BYTES_MAX))),
            ]
            .into(),
        );
        let digest = digest(&value);
        assert_eq!(digest.get("Body"), None);
        assert_eq!(digest.get("Key"), Some(&Value::from("k")));
        let long = digest.get("Long").and_then(Value::as_str).expect("kept");
        assert!(long.len() <= TEXT_BYTES_MAX + 3 && long.ends_with('…'));
    }

    #[test]
    fn the_log_comes_back_from_disk() {
        let mut log = CallLog::default();
        let input = Some(Value::Map([("Key".to_owned(), Value::from("k"))].into()));
        log.push(CallRecord { input, ..with_body(10) });
        let bytes = saved::to_bytes(&log).expect("it serializes");
        assert_eq!(saved::from_bytes::<CallLog>(&bytes, &[]).expect("it comes back"), log);
    }
}
