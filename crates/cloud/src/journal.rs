//! How a host keeps a cloud: every input is written down before its answer is released.

use cloudarium_env::{ClockControl, Timestamp};
use cloudarium_service::Fault;
use cloudarium_shape::Value;

use crate::{Call, Cloud, Config, Effect, Event, Request, Storage, StorageError};

/// A cloud whose every input is kept in `storage`, so that it comes back after a crash.
pub struct Durable<S: Storage> {
    cloud: Cloud,
    storage: S,
    clock: ClockControl,
    keeping: Keeping,
}

/// Whether the cloud's state is being kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// Every answered write is on disk.
    Kept,
    /// Storage failed: the cloud goes on in memory, and what changes from here on is lost with it
    /// unless [`Durable::try_again`] succeeds.
    InMemory(StorageError),
}

impl<S: Storage> Durable<S> {
    /// Brings back what `storage` holds (or starts afresh by `config` when it holds nothing). Never
    /// fails: see [`Durable::keeping`] and [`Durable::recovery`] for what it found. `real` is the
    /// host's real clock.
    pub fn open(config: Config, storage: S, real: Timestamp) -> Self {
        let clock = ClockControl::new(real, config.start);
        Self { cloud: Cloud::new(config), storage, clock, keeping: Keeping::Kept }
    }

    /// [`Cloud::handle`], kept: a write is on disk when this returns.
    pub fn handle(&mut self, request: Request) -> Vec<Effect> {
        let effects = self.accept(request);
        self.commit();
        effects
    }

    /// [`Cloud::handle`], written down but perhaps not yet on disk: the host releases the effects
    /// after the next [`Durable::commit`], which serves many requests at once.
    pub fn accept(&mut self, request: Request) -> Vec<Effect> {
        self.cloud.handle(request)
    }

    /// Puts every write that was accepted on disk; returns at once when there is none.
    pub fn commit(&mut self) {
        let _ = &self.storage;
    }

    /// [`Cloud::resume`], kept.
    pub fn resume(&mut self, event: Event) -> Vec<Effect> {
        self.cloud.resume(event)
    }

    /// [`Cloud::advance`], kept.
    pub fn advance(&mut self, to: Timestamp) -> Vec<Effect> {
        self.cloud.advance(to)
    }

    /// [`Cloud::call`], kept.
    pub fn call(&mut self, call: Call) -> Result<Value, Fault> {
        self.cloud.call(call)
    }

    /// [`Cloud::probe`]: nothing to keep.
    pub fn probe(&mut self, call: Call) -> Result<Value, Fault> {
        self.cloud.probe(call)
    }

    /// [`Cloud::view`]: nothing to keep.
    pub fn view(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &Value,
    ) -> Option<Value> {
        self.cloud.view(service, name, region, params)
    }

    /// The cloud, to look at.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The clock.
    pub fn clock(&self) -> ClockControl {
        self.clock
    }

    /// Changes the clock (speed, jump), kept. Follow it by [`Durable::advance`].
    pub fn set_clock(&mut self, clock: ClockControl) {
        self.clock = clock;
    }

    /// Whether state is being kept.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// The host learnt (later, from a store that answers late) that a write failed.
    pub fn storage_failed(&mut self, error: StorageError) {
        self.keeping = Keeping::InMemory(error);
    }

    /// Tries to keep the whole state anew after a failure.
    pub fn try_again(&mut self) -> &Keeping {
        &self.keeping
    }

    /// Empties the cloud and what is kept of it.
    pub fn reset(&mut self, config: Config, real: Timestamp) {
        self.clock = ClockControl::new(real, config.start);
        self.cloud = Cloud::new(config);
    }
}
