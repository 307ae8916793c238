//! What calls count as on the bill.
//!
//! <https://aws.amazon.com/sqs/pricing/>: "Every 64 KB chunk of a payload is billed as 1 request", whatever the action
//! is, and those of FIFO queues have a price of their own.

use cloudarium_env::Timestamp;
use cloudarium_service::{Charge, Ctx};
use cloudarium_shape::Value;

use crate::model::{Key, Standing, State};
use crate::{name, ops};

const STANDARD: &str = "Requests-Tier1";
const FIFO: &str = "Requests-FIFO-Tier1";
const CHUNK_BYTES: u64 = 65_536;
/// The one action whose answers carry messages.
const RECEIVE: &str = "ReceiveMessage";

/// What a call asks for, before it is run.
pub struct Asked {
    operation: &'static str,
    is_fifo: bool,
    bytes: u64,
}

impl Asked {
    /// Of a call.
    pub fn of(operation: &str, input: &Value) -> Self {
        let known = ops::OPERATIONS.iter().find(|it| it.name == operation);
        let url = input.get("QueueUrl").or_else(|| input.get("QueueName")).and_then(Value::as_str);
        let carries = matches!(operation, "SendMessage" | "SendMessageBatch");
        Self {
            operation: known.map_or("", |it| it.name),
            is_fifo: url.is_some_and(name::is_fifo),
            bytes: if carries { bytes(input) } else { 0 },
        }
    }
}

/// Charges a call that has run, or waits now.
pub fn charge(cx: &mut Ctx<'_>, asked: &Asked, output: Option<&Value>) {
    if asked.operation.is_empty() {
        return;
    }
    let answered = output.filter(|_| asked.operation == RECEIVE).map_or(0, bytes);
    let quantity = chunks(asked.bytes.max(answered)).max(1);
    cx.host.charge(Charge { usage_type: of(asked.is_fifo), verb: asked.operation, quantity });
}

/// Charges what an answer that was waited for carries beyond the one request that was counted when it came.
pub fn charge_answer(cx: &mut Ctx<'_>, key: &Key, output: &Value) {
    let more = chunks(bytes(output)).saturating_sub(1);
    if more > 0 {
        let usage_type = of(name::is_fifo(&key.name));
        cx.host.charge(Charge { usage_type, verb: RECEIVE, quantity: more });
    }
}

/// Charges what a request that stood had cost if it had been made again and again.
pub fn charge_empty(cx: &mut Ctx<'_>, key: &Key, standing: &Standing) {
    if let Some(charge) = empty(key, standing, cx.now) {
        cx.host.charge(charge);
    }
}

/// What is owed for requests that stand.
pub fn owed(sqs: &State, now: Timestamp, tell: &mut dyn FnMut(&str, Charge)) {
    for (key, all) in &sqs.standing {
        let charges = all.iter().filter_map(|standing| empty(key, standing, now));
        charges.for_each(|charge| tell(&key.region, charge));
    }
}

/// All but the first, which was charged when it came.
fn empty(key: &Key, standing: &Standing, now: Timestamp) -> Option<Charge> {
    let quantity = now.since(standing.since).as_secs() / u64::from(standing.every_s.max(1));
    let usage_type = of(name::is_fifo(&key.name));
    (quantity > 0).then_some(Charge { usage_type, verb: RECEIVE, quantity })
}

fn of(is_fifo: bool) -> &'static str {
    if is_fifo { FIFO } else { STANDARD }
}

fn chunks(bytes: u64) -> u64 {
    bytes.div_ceil(CHUNK_BYTES)
}

fn bytes(value: &Value) -> u64 {
    match value {
        Value::String(text) => text.len() as u64,
        Value::Blob(blob) => blob.len() as u64,
        Value::List(items) => items.iter().map(bytes).sum(),
        Value::Map(members) => members.values().map(bytes).sum(),
        _ => 0,
    }
}
