//! The simulated AWS Simple Storage Service.
use cloudarium_service::{Ctx, Fault, OperationInfo, Outcome, Service};
use cloudarium_shape::Value;

/// The service.
#[derive(Debug, Clone, Default)]
pub struct S3;

impl Service for S3 {
    fn name(&self) -> &'static str {
        "s3"
    }
    fn operations(&self) -> Vec<OperationInfo> {
        Vec::new()
    }
    fn call(&mut self, _cx: &mut Ctx<'_>, operation: &str, _input: Value) -> Result<Outcome, Fault> {
        Err(Fault::not_implemented(operation))
    }
    fn save(&self) -> Vec<u8> {
        Vec::new()
    }
    fn load(&mut self, _saved: &[u8]) -> Result<(), String> {
        Ok(())
    }
    fn blobs(&self, _visit: &mut dyn FnMut(&cloudarium_env::BlobRef)) {}
    fn fork(&self) -> Box<dyn Service> {
        Box::new(self.clone())
    }
}
