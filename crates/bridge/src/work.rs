//! Work that JavaScript does for the cloud: functions that it runs (web/js/functions.js).

use bytes::Bytes;
use cloudarium_cloud::{Event, HostWork, Ticket};
use cloudarium_env::BlobRef;
use cloudarium_shape::Value;
use wasm_bindgen::prelude::*;

use crate::bridge::{Bridge, whole};
use crate::call::{plain, to_json};

/// An event and an answer of a function: JSON, so text.
const PAYLOAD: &str = "Payload";

/// A function to be run.
#[wasm_bindgen]
pub struct Work {
    ticket: Ticket,
    input: String,
}

#[wasm_bindgen]
impl Work {
    /// Names the work.
    #[wasm_bindgen(getter)]
    pub fn ticket(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "counted from 0")]
        let ticket = self.ticket.0 as f64;
        ticket
    }

    /// What `crates/lambda/src/invoke.rs` tells of it, as JSON; the event is text.
    #[wasm_bindgen(getter)]
    pub fn input(&self) -> String {
        self.input.clone()
    }
}

impl Work {
    pub(crate) fn new(ticket: Ticket, work: HostWork) -> Self {
        let mut input = work.input;
        if let Value::Map(members) = &mut input
            && let Some(Value::Blob(payload)) = members.get(PAYLOAD)
        {
            let text = String::from_utf8_lossy(payload).into_owned();
            members.insert(PAYLOAD.to_owned(), Value::String(text));
        }
        Self { ticket, input: to_json(&input).to_string() }
    }
}

#[wasm_bindgen]
impl Bridge {
    /// The functions that are to be run.
    #[wasm_bindgen(js_name = takeWork)]
    pub fn take_work(&mut self) -> Vec<Work> {
        std::mem::take(&mut self.work)
    }

    /// A function's package, by its digest in hexadecimal.
    pub fn package(&self, digest: &str, length: f64) -> Option<Vec<u8>> {
        let digest = hex::decode(digest).ok()?.try_into().ok()?;
        let body = self.durable.cloud().body(&BlobRef { digest, length: whole(length) })?;
        Some(body.to_vec())
    }

    /// A function has ended: `ended` is what `crates/lambda/src/finish.rs` reads, as JSON.
    #[wasm_bindgen(js_name = workDone)]
    pub fn work_done(&mut self, ticket: f64, ended: &str) -> Result<(), JsError> {
        let mut result = plain(serde_json::from_str(ended)?);
        if let Value::Map(members) = &mut result
            && let Some(Value::String(payload)) = members.get_mut(PAYLOAD)
        {
            let payload = Bytes::from(std::mem::take(payload));
            members.insert(PAYLOAD.to_owned(), Value::Blob(payload));
        }
        let effects =
            self.durable.resume(Event::WorkDone { ticket: Ticket(whole(ticket)), result });
        self.act(effects);
        self.observe();
        Ok(())
    }
}
