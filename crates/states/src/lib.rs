//! The simulated AWS Step Functions.
//!
//! Must never know: HTTP, JSON on the wire, any other service, the real clock. What a task does is
//! asked of the cloud as an API call by name.
//! Start in [`model`] (what it keeps), then `ops/mod.rs` (what it does), then `drive.rs` (how
//! executions are moved on) and `tasks/` (what tasks ask for).

mod arn;
mod debug;
mod drive;
pub mod error;
mod history;
pub mod limits;
mod log;
pub mod model;
mod ops;
mod store;
mod tasks;
mod token;
pub mod view;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{Charge, Charged, Ctx, Fault, OperationInfo, Outcome, Service, Ticket};
use cloudarium_shape::Value;

pub use error::Error;
use model::State;

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct States {
    state: State,
}

/// What postcard wrote: before there were HTTP Tasks, and before there was a debugger.
const OLDER: &[saved::Older] = &[
    &[("Record", "identity", 20), ("PendingCall", "execution_arn", 5)],
    &[
        ("Record", "identity", 20),
        ("PendingCall", "execution_arn", 5),
        ("State", "machines", 8),
        ("Execution", "lanes", 11),
    ],
];

/// A Step Functions without state machines.
pub fn service() -> Box<dyn Service> {
    Box::new(States::default())
}

impl Service for States {
    fn name(&self) -> &'static str {
        "stepfunctions"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        dispatch("stepfunctions", ops::OPERATIONS, &mut self.state, cx, (operation, input))
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        drive::timer(&mut self.state, cx, &payload);
    }

    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        tasks::call_done(&mut self.state, cx, ticket, result);
    }

    fn view(&self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
        view::view(&self.state, cx, name, params)
    }

    fn extra(&mut self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Result<Value, Fault> {
        debug::extra(&mut self.state, cx, name, params)
    }

    fn save(&self) -> Vec<u8> {
        saved::to_bytes(&self.state).unwrap_or_default()
    }

    fn load(&mut self, kept: &[u8]) -> Result<(), String> {
        self.state = saved::from_bytes(kept, OLDER).map_err(|error| error.to_string())?;
        Ok(())
    }

    fn blobs(&self, _visit: &mut dyn FnMut(&BlobRef)) {}

    fn fork(&self) -> Box<dyn Service> {
        Box::new(self.clone())
    }

    /// <https://aws.amazon.com/step-functions/pricing/>: a request is free; transitions are what is
    /// paid, and are not yet counted.
    fn charges(&self, _call: &Charged<'_>) -> Vec<Charge> {
        Vec::new()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
