//! The simulated AWS Security Token Service: who a caller is.
//!
//! Must never know: HTTP, XML, any other service. It keeps no state: what it tells is in the
//! request. Start in `ops/mod.rs`.

pub mod error;
mod ops;

use cloudarium_env::BlobRef;
use cloudarium_service::operation::dispatch;
use cloudarium_service::{Charge, Charged, Ctx, Fault, OperationInfo, Outcome, Service};
use cloudarium_shape::Value;

/// The service.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sts;

/// The service.
pub fn service() -> Box<dyn Service> {
    Box::new(Sts)
}

impl Service for Sts {
    fn name(&self) -> &'static str {
        "sts"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        dispatch("sts", ops::OPERATIONS, self, cx, (operation, input))
    }

    fn save(&self) -> Vec<u8> {
        Vec::new()
    }

    fn load(&mut self, saved: &[u8]) -> Result<(), String> {
        if saved.is_empty() { Ok(()) } else { Err("sts keeps no state".to_owned()) }
    }

    fn blobs(&self, _visit: &mut dyn FnMut(&BlobRef)) {}

    fn fork(&self) -> Box<dyn Service> {
        Box::new(*self)
    }

    /// <https://aws.amazon.com/iam/faqs/>: free, and worth a line that says so.
    fn charges(&self, _call: &Charged<'_>) -> Vec<Charge> {
        vec![Charge { usage_type: "Requests", verb: "GET", quantity: 1 }]
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
