//! The simulated Amazon EventBridge: buses, rules with patterns and schedules, and where their events go.
//!
//! Must never know: HTTP, JSON on the wire, any other service, the real clock. What services tell of themselves comes by
//! the bus, and targets are called through the cloud's one door.
//! Start in [`model`] (what it keeps), then `route.rs` (which rules want an event), `send.rs` (targets, retries, dead
//! letters), `connections` and `destinations` (APIs as targets), then `ops/mod.rs` (the operations). Patterns are `cloudarium-event-pattern`'s.

mod access;
mod archive;
mod billing;
mod connections;
mod destinations;
pub mod error;
mod event;
mod input;
pub mod limits;
pub mod model;
mod name;
mod ops;
mod page;
mod permission;
mod replay;
mod route;
mod schedule;
mod send;
mod store;
mod target;
#[cfg(test)]
mod tests;
pub mod view;

use std::rc::Rc;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{BusEvent, Ctx, Fault, OperationInfo, Outcome, Service, Ticket};
use cloudarium_shape::Value;

use connections::{credentials, token};
pub use error::Error;
use model::{BusKey, DEFAULT_BUS, Event, State};
use route::Came;
use store::Due;

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct Events {
    state: State,
}

/// An EventBridge without rules.
pub fn service() -> Box<dyn Service> {
    Box::new(Events::default())
}

/// What was saved before there were connections.
const OLDER: &[saved::Older] = &[&[("State", "buses", 7), ("Target", "id", 7)]];

impl Service for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        dispatch("events", ops::OPERATIONS, &mut self.state, cx, (operation, input))
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        match store::due(&payload) {
            Some(Due::Schedule(key)) => route::fire(&mut self.state, cx, &key),
            Some(Due::Retry(number)) => send::again(&mut self.state, cx, number),
            Some(Due::Replay(key)) => replay::go_on(&mut self.state, cx, &key),
            Some(Due::Renewal(of)) => token::renew(&mut self.state, cx, &of),
            None => {}
        }
    }

    /// "When an AWS service in your account emits an event, it always goes to your account's default event bus."
    fn notice(&mut self, cx: &mut Ctx<'_>, event: &BusEvent) {
        if self.state.rules.is_empty() && self.state.archives.is_empty() {
            return;
        }
        let bus = BusKey {
            account: event.account.clone(),
            region: event.region.clone(),
            name: DEFAULT_BUS.to_owned(),
        };
        if let Some(event) = Event::of_service(cx, event) {
            route::put(&mut self.state, cx, &bus, &Rc::new(event), Came::Sent);
        }
    }

    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        if !token::answered(&mut self.state, cx, ticket, &result) {
            send::answered(&mut self.state, cx, ticket, result);
        }
    }

    /// Step Functions asks what a connection gives to a request.
    fn internal(
        &mut self,
        cx: &mut Ctx<'_>,
        operation: &str,
        input: &Value,
    ) -> Result<Value, Fault> {
        match operation {
            credentials::RETRIEVE => credentials::retrieve(&self.state, cx, input),
            other => Err(Fault::not_implemented(&format!("{}:{other}", self.name()))),
        }
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

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
