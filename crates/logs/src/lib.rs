//! The simulated Amazon CloudWatch Logs.
//!
//! Must never know: HTTP, JSON on the wire, who writes to it, the real clock.
//! Start in [`model`] (what it keeps), then `ops/mod.rs` (what it does), then [`filter`] (patterns).

mod billing;
pub mod error;
pub mod filter;
pub mod limits;
pub mod model;
mod ops;
mod page;
mod retention;
mod store;
mod tags;
mod token;
pub mod view;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{BusEvent, Ctx, Fault, Level, LogLines, OperationInfo, Outcome, Service};
use cloudarium_shape::Value;

pub use error::Error;
use model::State;

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct Logs {
    state: State,
}

/// A CloudWatch Logs without groups.
pub fn service() -> Box<dyn Service> {
    Box::new(Logs::default())
}

impl Service for Logs {
    fn name(&self) -> &'static str {
        "logs"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        dispatch("logs", ops::OPERATIONS, &mut self.state, cx, (operation, input))
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        retention::timer(&mut self.state, cx, &payload);
    }

    /// What another service writes to a log.
    fn notice(&mut self, cx: &mut Ctx<'_>, event: &BusEvent) {
        if let Some(lines) = LogLines::of(event) {
            store::write_lines(&mut self.state, cx, lines);
        }
    }

    fn view(&self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
        view::view(&self.state, cx, name, params)
    }

    fn save(&self) -> Vec<u8> {
        saved::to_bytes(&self.state).unwrap_or_default()
    }

    fn load(&mut self, kept: &[u8]) -> Result<(), String> {
        self.state = saved::from_bytes(kept, &[]).map_err(|error| error.to_string())?;
        Ok(())
    }

    fn blobs(&self, _visit: &mut dyn FnMut(&BlobRef)) {}

    fn fork(&self) -> Box<dyn Service> {
        Box::new(self.clone())
    }

    fn stored(&self, tell: &mut dyn FnMut(Level<'_>)) {
        billing::stored(&self.state, tell);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
