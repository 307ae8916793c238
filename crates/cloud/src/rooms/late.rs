//! A service whose code may come late. Until then it is an empty one that nobody reaches ([`super::has`]): it holds
//! nothing, and what happens elsewhere is nothing to it, as with every empty service.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "natively all are here"))]

use std::any::Any;
use std::cell::OnceCell;
use std::sync::OnceLock;

use cloudarium_env::{BlobRef, Timestamp};
use cloudarium_service::{
    BusEvent, Changed, Charge, Charged, CrossOrigin, Ctx, Fault, Level, OperationInfo, Outcome,
    Service, Ticket,
};
use cloudarium_shape::Value;

use super::Build;

/// Where a service's code is put when it comes.
pub struct Slot {
    name: &'static str,
    build: OnceLock<Build>,
}

impl Slot {
    /// For the service of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, build: OnceLock::new() }
    }

    /// The code is here.
    pub fn fill(&self, build: Build) {
        // What came twice is the same.
        let _ = self.build.set(build);
    }
}

/// An empty service, in the place that `slot` is for.
pub fn seat(slot: &'static Slot) -> Box<dyn Service> {
    Box::new(Late { slot, room: OnceCell::new() })
}

struct Late {
    slot: &'static Slot,
    room: OnceCell<Box<dyn Service>>,
}

impl Late {
    fn here(&self) -> Option<&dyn Service> {
        if self.room.get().is_none() {
            let build = self.slot.build.get()?;
            // It was empty a moment ago.
            let _ = self.room.set(build());
        }
        self.room.get().map(AsRef::as_ref)
    }

    fn here_mut(&mut self) -> Option<&mut Box<dyn Service>> {
        self.here()?;
        self.room.get_mut()
    }

    fn not_here(&self) -> Fault {
        let words =
            format!("The code of {} is not here yet. Try again in a moment.", self.slot.name);
        Fault::new("ServiceUnavailable", 503, words)
    }
}

impl Service for Late {
    fn name(&self) -> &'static str {
        self.slot.name
    }

    fn operations(&self) -> Vec<OperationInfo> {
        self.here().map_or_else(Vec::new, Service::operations)
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        match self.here_mut() {
            Some(room) => room.call(cx, operation, input),
            None => Err(self.not_here()),
        }
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        if let Some(room) = self.here_mut() {
            room.timer(cx, payload);
        }
    }

    fn notice(&mut self, cx: &mut Ctx<'_>, event: &BusEvent) {
        if let Some(room) = self.here_mut() {
            room.notice(cx, event);
        }
    }

    fn work_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Value) {
        if let Some(room) = self.here_mut() {
            room.work_done(cx, ticket, result);
        }
    }

    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        if let Some(room) = self.here_mut() {
            room.call_done(cx, ticket, result);
        }
    }

    fn internal(
        &mut self,
        cx: &mut Ctx<'_>,
        operation: &str,
        input: &Value,
    ) -> Result<Value, Fault> {
        match self.here_mut() {
            Some(room) => room.internal(cx, operation, input),
            None => Err(self.not_here()),
        }
    }

    fn hurry(&mut self, cx: &mut Ctx<'_>, ticket: Ticket) {
        if let Some(room) = self.room.get_mut() {
            room.hurry(cx, ticket);
        }
    }

    fn cross_origin(&self, ask: &CrossOrigin<'_>) -> Vec<(String, String)> {
        self.here().map_or_else(Vec::new, |room| room.cross_origin(ask))
    }

    fn view(&self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
        self.here()?.view(cx, name, params)
    }

    fn extra(&mut self, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Result<Value, Fault> {
        match self.here_mut() {
            Some(room) => room.extra(cx, name, params),
            None => Err(self.not_here()),
        }
    }

    fn save(&self) -> Vec<u8> {
        self.room.get().map_or_else(Vec::new, |room| room.save())
    }

    fn load(&mut self, saved: &[u8]) -> Result<(), String> {
        match self.here_mut() {
            Some(room) => room.load(saved),
            None => Err("its code is not here yet".to_owned()),
        }
    }

    fn blobs(&self, visit: &mut dyn FnMut(&BlobRef)) {
        if let Some(room) = self.room.get() {
            room.blobs(visit);
        }
    }

    fn fork(&self) -> Box<dyn Service> {
        let room = self.room.get().map_or_else(OnceCell::new, |room| OnceCell::from(room.fork()));
        Box::new(Self { slot: self.slot, room })
    }

    fn charges(&self, call: &Charged<'_>) -> Vec<Charge> {
        self.here().map_or_else(Vec::new, |room| room.charges(call))
    }

    fn stored(&self, tell: &mut dyn FnMut(Level<'_>)) {
        if let Some(room) = self.room.get() {
            room.stored(tell);
        }
    }

    fn owed(&self, now: Timestamp, tell: &mut dyn FnMut(&str, Charge)) {
        if let Some(room) = self.room.get() {
            room.owed(now, tell);
        }
    }

    fn changes_since(&self, before: &dyn Service) -> Vec<Changed> {
        self.here().map_or_else(Vec::new, |room| room.changes_since(before))
    }

    fn as_any(&self) -> &dyn Any {
        self.here().map_or(self, Service::as_any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SLOT: Slot = Slot::new("stepfunctions");

    #[test]
    fn a_service_comes_late_and_was_empty() {
        let mut late = seat(&SLOT);
        let fork = late.fork();
        assert!(late.operations().is_empty() && late.save().is_empty());
        assert!(late.load(b"something").is_err(), "nothing may be lost");
        SLOT.fill(|| Box::new(cloudarium_states::States::default()));
        let built = cloudarium_states::States::default();
        assert_eq!(late.operations(), built.operations());
        assert_eq!(late.save(), built.save());
        assert!(late.load(&built.save()).is_ok());
        assert!(late.changes_since(fork.as_ref()).is_empty(), "the copy knows its kind, too");
        assert!(fork.as_any().is::<cloudarium_states::States>());
    }
}
