//! What events count as on the bill.
//!
//! <https://aws.amazon.com/eventbridge/pricing/>: events that customers send, and those that go from bus to bus, are
//! paid; "Each 64 KB chunk of a payload is billed as 1 event". What AWS's services tell of themselves is free.

use cloudarium_service::{Charge, Ctx};

const CHUNK_BYTES: usize = 65_536;

/// Charges an event that was taken in.
pub fn charge(cx: &mut Ctx<'_>, bytes: usize) {
    let quantity = u64::try_from(bytes.div_ceil(CHUNK_BYTES).max(1)).unwrap_or(1);
    cx.host.charge(Charge { usage_type: "Event-64K-Chunks", verb: "PutEvents", quantity });
}
