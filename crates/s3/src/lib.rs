//! The simulated Amazon S3.
//!
//! Must never know: HTTP, XML, any other service, the real clock; and it never copies a body, which
//! stays where [`cloudarium_env::Blobs`] keeps it.
//! Start in [`model`] (what it keeps), then `ops/mod.rs` (what it does), then `store.rs` (how).

mod access;
mod billing;
mod bucket;
mod changes;
mod checksum;
mod condition;
pub mod config;
mod copy_source;
mod encryption;
pub mod error;
mod events;
mod headers;
mod legacy;
pub mod limits;
mod listing;
mod lock;
mod mail_safe;
pub mod model;
mod name;
mod notify;
mod opaque_id;
mod ops;
mod post_policy;
mod range;
mod read;
mod region;
mod restore;
mod storage_view;
mod store;
mod sweep;
mod tags;
#[cfg(test)]
mod tests;
mod upload_input;
pub mod view;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::{
    Changed, Charge, Charged, CrossOrigin, Ctx, Fault, Level, OperationInfo, Outcome, Service,
    Ticket,
};
use cloudarium_shape::Value;

pub use error::Error;
use model::State;

/// What had fewer members when postcard wrote it.
const OLDER: &[saved::Older] = &[&[("Bucket", "owner", 12)]];

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct S3 {
    state: State,
}

/// An S3 without buckets.
pub fn service() -> Box<dyn Service> {
    Box::new(S3::default())
}

impl Service for S3 {
    fn name(&self) -> &'static str {
        "s3"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        access::guarded(&mut self.state, cx, operation, input)
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        if let Some(bucket) = payload.get(sweep::TIMER).and_then(Value::as_str) {
            sweep::sweep(&mut self.state, cx, bucket);
        } else {
            restore::timer(&mut self.state, cx, payload);
        }
    }

    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        notify::answered(&mut self.state, cx, ticket, result);
    }

    fn cross_origin(&self, ask: &CrossOrigin<'_>) -> Vec<(String, String)> {
        let bucket = self.state.buckets.get(ask.resource);
        let rules = bucket.and_then(|bucket| bucket.config.cors.as_deref());
        rules.and_then(|rules| config::cors::answer(rules, ask)).unwrap_or_default()
    }

    fn view(&self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
        view::view(&self.state, cx, name, params)
    }

    fn save(&self) -> Vec<u8> {
        saved::to_bytes(&self.state).unwrap_or_default()
    }

    fn load(&mut self, kept: &[u8]) -> Result<(), String> {
        let read = saved::from_bytes(kept, OLDER);
        let mut state: State = read.map_err(|error| error.to_string())?;
        let names: Vec<String> = state.buckets.keys().cloned().collect();
        for name in names {
            if let Some(bucket) = state.buckets.get_mut(&name) {
                bucket.count();
                std::sync::Arc::make_mut(&mut bucket.access).reread();
            }
        }
        self.state = state;
        Ok(())
    }

    fn blobs(&self, visit: &mut dyn FnMut(&BlobRef)) {
        for bucket in self.state.buckets.values() {
            for versions in bucket.keys.values() {
                let objects = versions.all().filter_map(|version| version.object());
                objects.flat_map(|object| object.body.blobs()).for_each(&mut *visit);
            }
            for upload in bucket.uploads.values() {
                upload.parts.values().map(|part| &part.blob).for_each(&mut *visit);
            }
        }
    }

    fn fork(&self) -> Box<dyn Service> {
        Box::new(self.clone())
    }

    fn charges(&self, call: &Charged<'_>) -> Vec<Charge> {
        billing::charges(call)
    }

    fn stored(&self, tell: &mut dyn FnMut(Level<'_>)) {
        billing::stored(&self.state, tell);
    }

    fn changes_since(&self, before: &dyn Service) -> Vec<Changed> {
        let before = before.as_any().downcast_ref::<Self>();
        before.map_or_else(Vec::new, |before| changes::changes(&before.state, &self.state))
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
