//! [`Cloud`]: the one door.

use cloudarium_env::{Blobs, MemoryBlobs, Timestamp};
use cloudarium_service::{Access, Fault, OperationInfo};
use cloudarium_shape::Value;

use crate::{Call, CallLog, Config, Effect, Event, Request};

/// The whole simulated cloud.
pub struct Cloud {
    config: Config,
    now: Timestamp,
    log: CallLog,
    blobs: Box<dyn Blobs>,
}

/// A cloud's state at one moment, sharing memory with the cloud it was taken from.
pub struct Snapshot {
    now: Timestamp,
}

/// Why saved bytes are no cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// Written by a version that this one does not know.
    Version(u32),
    /// Damaged, or something else altogether; with a reason.
    Corrupt(String),
}

impl Cloud {
    /// An empty cloud, bodies in memory.
    pub fn new(config: Config) -> Self {
        Self::with_blobs(config, Box::new(MemoryBlobs::default()))
    }

    /// An empty cloud that keeps bodies in `blobs`.
    pub fn with_blobs(config: Config, blobs: Box<dyn Blobs>) -> Self {
        Self { now: config.start, config, log: CallLog::default(), blobs }
    }

    /// A request at the door. Advances to [`Request::at`] first.
    pub fn handle(&mut self, request: Request) -> Vec<Effect> {
        self.advance(request.at)
    }

    /// The host tells that something ended.
    pub fn resume(&mut self, event: Event) -> Vec<Effect> {
        let _ = event;
        Vec::new()
    }

    /// Moves virtual time on, running due timers in (time, sequence) order.
    pub fn advance(&mut self, to: Timestamp) -> Vec<Effect> {
        self.now = self.now.max(to);
        Vec::new()
    }

    /// Virtual time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// When the next timer is due.
    pub fn next_timer(&self) -> Option<Timestamp> {
        None
    }

    /// What the cloud was made with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The state at this moment; cheap.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { now: self.now }
    }

    /// Goes back to `snapshot`. The list of calls goes back with it.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.now = snapshot.now;
    }

    /// Everything but bodies, for disk.
    pub fn save(&self) -> Vec<u8> {
        Vec::new()
    }

    /// What [`Cloud::save`] gave; `blobs` must hold the bodies.
    pub fn load(config: Config, saved: &[u8], blobs: Box<dyn Blobs>) -> Result<Self, LoadError> {
        let _ = saved;
        Ok(Self::with_blobs(config, blobs))
    }

    /// SHA-256, in hexadecimal, over the canonical bytes of all state but the list of calls.
    pub fn state_hash(&self) -> String {
        String::new()
    }

    /// A read-only picture for the console: neither logged nor billed. `None`: no such view.
    pub fn view(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &Value,
    ) -> Option<Value> {
        let _ = (service, name, region, params, &self.blobs);
        None
    }

    /// A call by name, sent through the door as a real HTTP request. Effects other than its answer
    /// wait in [`Cloud::take_effects`].
    pub fn call(&mut self, call: Call) -> Result<Value, Fault> {
        Err(Fault::not_implemented(&format!("{}:{}", call.service, call.operation)))
    }

    /// A call that only reads, answered from a copy of the state: [`Cloud::state_hash`] is the same
    /// before and after. A call that could write is refused.
    pub fn probe(&mut self, call: Call) -> Result<Value, Fault> {
        self.call(call)
    }

    /// Effects that came up where they could not be returned (in [`Cloud::call`]).
    pub fn take_effects(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    /// The list of calls.
    pub fn calls(&self) -> &CallLog {
        &self.log
    }

    /// Whether `operation` of `service` may change state; unknown ones may.
    pub fn access(service: &str, operation: &str) -> Access {
        let _ = (service, operation);
        Access::Write
    }

    /// All that is simulated, a service at a time.
    pub fn coverage() -> Vec<(&'static str, Vec<OperationInfo>)> {
        Vec::new()
    }
}
