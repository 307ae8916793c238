//! The wasm face of the cloud: what the cloud worker (web/js/cloud-worker.js) calls.
//!
//! Everything here is a plain call with plain values; waiting, timers, ports and storage are
//! JavaScript's, which passes the real time in with every call. Must never know: what a service
//! does. Start in [`bridge`], then [`host_storage`] (where the journal goes).
// A promise of JavaScript is never waited for in here, and what it throws becomes a typed error.
#![allow(missing_docs, reason = "wasm-bindgen's macros make undocumented items of documented ones")]

pub mod answer;
pub mod bridge;
pub mod call;
pub mod client;
pub mod copies;
pub mod host_storage;
mod lesson;
mod lives;
pub mod records;
mod time;
mod work;

pub use answer::Answer;
pub use bridge::Bridge;
pub use work::Work;

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::host_storage::{HostStorage, JsStorage};

/// Runs once when the module is loaded: a panic is written to the console before the worker ends.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

thread_local! {
    static MODELS: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Models of services are read by this function of JavaScript: from a service's name to the text of its model, at once,
/// or to nothing.
#[wasm_bindgen(js_name = readModelsBy)]
pub fn read_models_by(read: Function) {
    MODELS.set(Some(read));
    cloudarium_shape::model::read_by(|service| {
        let read = MODELS.with_borrow(Clone::clone)?;
        read.call1(&JsValue::UNDEFINED, &service.into()).ok()?.as_string()
    });
}

/// The hash of the state that an export replays to; the native build gives the same.
#[wasm_bindgen(js_name = replayHash)]
pub fn replay_hash(export: &[u8]) -> Result<String, JsError> {
    cloudarium_cloud::replay_hash(export).map_err(|error| JsError::new(&error.to_string()))
}

/// Fetches the code of the services that a first lesson does not need. Those who need one wait for this; a cloud that
/// reached one in its past does, too, before it is opened.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(js_name = fetchRooms)]
pub async fn fetch_rooms() -> Result<(), JsError> {
    let fetched = cloudarium_cloud::fetch_rooms().await;
    fetched.map_err(|_| JsError::new("a part of the simulated cloud could not be fetched"))
}

/// Whether the code of all services is here that the cloud in `storage` reached in its past: it must not be opened before.
#[wasm_bindgen(js_name = hasWhatItReached)]
pub fn has_what_it_reached(storage: JsStorage) -> bool {
    cloudarium_cloud::has_what_it_reached(&mut HostStorage(storage))
}

/// Whether the code of all that an operation reaches is here.
#[wasm_bindgen(js_name = hasRoom)]
pub fn has_room(service: &str, operation: &str) -> bool {
    cloudarium_cloud::Cloud::has(service, operation)
}
