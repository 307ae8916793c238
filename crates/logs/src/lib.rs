//! The simulated Amazon CloudWatch Logs.
//!
//! Must never know: HTTP, JSON on the wire, who writes to it, the real clock.
//! Start in [`model`] (what it keeps), then `ops/mod.rs` (what it does), then [`filter`] (patterns).

mod billing;
pub mod error;
pub mod filter;
mod gzip;
pub mod limits;
pub mod model;
mod ops;
mod page;
mod retention;
mod store;
mod subscription;
mod tags;
mod token;
pub mod view;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{
    BusEvent, Ctx, Fault, Level, LogLines, OperationInfo, Outcome, Service, Ticket,
};
use cloudarium_shape::Value;

pub use error::Error;
use model::State;

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct Logs {
    state: State,
}

/// What was saved before there were filters of groups.
const OLDER: &[saved::Older] = &[&[("State", "groups", 1), ("Group", "created", 6)]];

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

    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        subscription::tried(&mut self.state, cx, ticket, &result);
    }

    fn view(&self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
        view::view(&self.state, cx, name, params)
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

    fn stored(&self, tell: &mut dyn FnMut(Level<'_>)) {
        billing::stored(&self.state, tell);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use cloudarium_env::Timestamp;

    use super::*;

    #[test]
    fn what_was_saved_before_there_were_filters_of_groups_is_read() {
        let key = model::GroupKey {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            name: "/app".to_owned(),
        };
        let mut logs = Logs::default();
        let group = model::Group::new(Timestamp::from_ms(5), [].into());
        logs.state.groups.insert(key, Rc::new(group));
        let kept = postcard::to_allocvec(&logs.state).expect("it is saved");
        // None of a group's subscriptions, none of its metrics, and nothing that is tried.
        let before = kept.strip_suffix(&[0, 0, 0]).expect("it ends with them");
        let mut read = Logs::default();
        read.load(before).expect("it is read");
        assert_eq!(read.state, logs.state);
        read.load(&logs.save()).expect("it is read");
        assert_eq!(read.state, logs.state);
    }
}
