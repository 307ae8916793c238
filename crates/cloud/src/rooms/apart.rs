//! Services whose code stands apart from the module: it comes when it is first needed, so that the first lesson need
//! not wait for it. `crates/xtask/src/wasm.rs` takes out what is reached from here alone.

use cloudarium_service::Service;
use wasm_split_helpers::wasm_split;

use super::late::Slot;

/// CloudWatch Logs.
pub static LOGS: Slot = Slot::new("logs");
/// Lambda.
pub static LAMBDA: Slot = Slot::new("lambda");
/// Step Functions.
pub static STEP_FUNCTIONS: Slot = Slot::new("stepfunctions");
/// SQS.
pub static SQS: Slot = Slot::new("sqs");
/// EventBridge.
pub static EVENTS: Slot = Slot::new("events");

/// Fetches the code of all of them. An error is that of the network.
pub async fn fetch() -> Result<(), wasm_split_helpers::SplitLoaderError> {
    rooms().await
}

#[allow(clippy::unnecessary_wraps, reason = "the macro adds the ways to fail")]
#[wasm_split(rooms, fallible)]
fn rooms() -> Result<(), wasm_split_helpers::SplitLoaderError> {
    let logs: fn() -> Box<dyn Service> = || Box::new(cloudarium_logs::Logs::default());
    LOGS.fill(logs);
    LAMBDA.fill(|| Box::new(cloudarium_lambda::Lambda::default()));
    STEP_FUNCTIONS.fill(|| Box::new(cloudarium_states::States::default()));
    SQS.fill(|| Box::new(cloudarium_sqs::Sqs::default()));
    EVENTS.fill(|| Box::new(cloudarium_events::Events::default()));
    Ok(())
}
