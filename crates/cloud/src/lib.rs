//! The whole simulated cloud behind one door: what comes in is a request, an event or the passing
//! of time; what goes out is a list of effects. Pure, synchronous, deterministic.
//!
//! Must never know: sockets, files, threads, the real clock, the browser. Start in [`Cloud`]
//! (the door), then [`gateway`] (what happens to a request on its way to a room), [`rooms`] (the
//! table of services) and [`journal`] (how a host keeps a cloud on disk).

mod billing;
mod bodies;
pub mod call;
mod changes;
pub mod cloud;
pub mod config;
pub mod copies;
mod credentials;
mod desk;
pub mod door;
mod facts;
mod fetches;
mod frame;
mod gateway;
mod history;
pub mod journal;
pub mod links;
mod lives;
pub mod log;
mod plain;
mod reach;
mod record;
pub mod recovery;
mod rooms;
mod saved;
mod server;
mod service_calls;
mod sessions;
mod state;
pub mod storage;
mod time_travel;
mod timeline;
mod trail;
mod twin;

pub use call::Call;
pub use changes::{Kind, Resource, WhatChanged};
pub use cloud::{Cloud, Snapshot};
pub use cloudarium_lambda::WORK as FUNCTION_WORK;
pub use cloudarium_lambda::finish::unrunnable;
pub use cloudarium_meter as meter;
pub use cloudarium_service::{Access, Fault, HostWork, OperationInfo, Ticket};
pub use config::{Config, User};
pub use door::{Caller, CallerKind, Effect, Event, Extra, Request};
pub use history::{MOMENTS_MAX, Moment};
pub use journal::{Durable, Keeping, replay_hash};
pub use lives::{Lives, ResourcePath, Turn};
pub use log::{CallLog, CallRecord};
pub use reach::has_what_it_reached;
pub use recovery::Recovery;
#[cfg(target_arch = "wasm32")]
pub use rooms::fetch as fetch_rooms;
pub use saved::LoadError;
pub use storage::{MemoryStorage, Storage, StorageError};
pub use time_travel::TravelError;
pub use timeline::{Arrival, FORKS_MAX, Fork, Outlook, UNDONE_MAX};
pub use twin::Twin;
