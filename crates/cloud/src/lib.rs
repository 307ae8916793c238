//! The whole simulated cloud behind one door: what comes in is a request, an event or the passing
//! of time; what goes out is a list of effects. Pure, synchronous, deterministic.
//!
//! Must never know: sockets, files, threads, the real clock, the browser. Start in [`Cloud`]
//! (the door), then [`gateway`] (what happens to a request on its way to a room), [`rooms`] (the
//! table of services) and [`journal`] (how a host keeps a cloud on disk).

pub mod call;
pub mod cloud;
pub mod config;
mod credentials;
mod desk;
pub mod door;
mod frame;
mod gateway;
pub mod journal;
pub mod log;
mod plain;
mod record;
pub mod recovery;
mod rooms;
mod server;
mod state;
pub mod storage;
mod trail;

pub use call::Call;
pub use cloud::{Cloud, LoadError, Snapshot};
pub use cloudarium_service::{Access, Fault, HostWork, OperationInfo, Ticket};
pub use config::{Config, User};
pub use door::{Caller, CallerKind, Effect, Event, Request};
pub use journal::{Durable, Keeping, replay_hash};
pub use log::{CallLog, CallRecord};
pub use recovery::Recovery;
pub use storage::{MemoryStorage, Storage, StorageError};
