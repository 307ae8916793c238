//! What is written to logs, and what lies there, as on the bill.
//!
//! <https://aws.amazon.com/cloudwatch/pricing/>: data is paid for when it comes in and while it lies
//! there. Differences from AWS: stored data counts as it came, not as it is compressed.

use cloudarium_service::{Charge, Level};

use crate::limits::EVENT_OVERHEAD_BYTES;
use crate::model::State;

/// Data that comes in, as AWS's usage reports name it.
pub const INGESTED: &str = "DataProcessing-Bytes";
const STORED: &str = "TimedStorage-ByteHrs";

/// What a batch of events counts as.
pub fn ingested(bytes: u64) -> Charge {
    Charge { usage_type: INGESTED, verb: "PutLogEvents", quantity: bytes }
}

/// What a message counts as.
pub fn event_bytes(message: &str) -> u64 {
    message.len() as u64 + EVENT_OVERHEAD_BYTES
}

/// Tells what lies stored.
pub fn stored(state: &State, tell: &mut dyn FnMut(Level<'_>)) {
    for (key, group) in &state.groups {
        if group.stored_bytes > 0 {
            let bytes = group.stored_bytes;
            tell(Level { region: &key.region, usage_type: STORED, bytes });
        }
    }
}
