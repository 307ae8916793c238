//! Calls made by the host itself: the console, lessons, checks.

use cloudarium_env::Timestamp;
use cloudarium_service::{Access, Fault};
use cloudarium_shape::Value;
use cloudarium_wire::http::HttpResponse;

use crate::cloud::bug;
use crate::{Caller, Cloud, Effect, Request, rooms, server};

/// One call by name, which travels as a real HTTP request through the door.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The model's name: `s3`.
    pub service: String,
    /// AWS's name: `PutObject`.
    pub operation: String,
    /// The input, by the model's member names.
    pub input: Value,
    /// `us-east-1`.
    pub region: String,
    /// Who calls.
    pub caller: Caller,
    /// When.
    pub at: Timestamp,
}

/// The number of requests that [`Cloud::call`] makes; hosts count from 0.
const OWN_ID: u64 = u64::MAX;

impl Call {
    /// The call as a request at the door.
    pub fn request(&self) -> Result<Request, Fault> {
        let http =
            server::client_encode(&self.service, &self.operation, &self.input, &self.region)?;
        let caller = self.caller.clone();
        Ok(Request { id: OWN_ID, at: self.at, wall: self.at, caller, http })
    }

    /// What an answer to the call means.
    pub fn answer(&self, response: &HttpResponse) -> Result<Value, Fault> {
        server::client_decode(&self.service, &self.operation, response)
    }
}

/// Whether a call is a `TestState` that asks nobody: something stands in the place of the state's work, or it has none.
/// Nothing is kept of it, so that it only reads.
fn is_dry_trial(call: &Call) -> bool {
    if call.operation != "TestState" {
        return false;
    }
    let definition = call.input.get("definition").and_then(Value::as_str).unwrap_or_default();
    let state: serde_json::Value = serde_json::from_str(definition).unwrap_or_default();
    let kind = state.get("Type").and_then(serde_json::Value::as_str);
    call.input.get("mock").is_some() || matches!(kind, Some("Pass" | "Choice" | "Succeed" | "Fail"))
}

impl Cloud {
    /// A call by name, sent through the door as a real HTTP request. Effects other than its answer
    /// wait in [`Cloud::take_effects`]. A call that would wait for its answer is refused: send its
    /// [`Call::request`] to [`Cloud::handle`] instead.
    pub fn call(&mut self, call: Call) -> Result<Value, Fault> {
        let request = call.request()?;
        let effects = self.handle(request);
        self.answer_of(&call, effects)
    }

    /// A call that only reads, answered from a copy of the state: [`Cloud::state_hash`] is the same
    /// before and after, and only the list of calls tells of it. A call that could write is
    /// refused; `TestState` is one that could, unless it asks nobody.
    pub fn probe(&mut self, call: Call) -> Result<Value, Fault> {
        if rooms::access(&call.service, &call.operation) == Access::Write && !is_dry_trial(&call) {
            let what = format!("{}:{}", call.service, call.operation);
            return Err(Fault::new("InvalidAction", 400, format!("A check only reads: {what}.")));
        }
        let request = call.request()?;
        self.on_a_copy(|cloud| {
            let effects = cloud.handle(request);
            cloud.answer_of(&call, effects)
        })
    }

    /// [`Cloud::probe`] without even a line in the list of calls: for what is asked again and again.
    pub fn peek(&mut self, call: Call) -> Result<Value, Fault> {
        let log = std::mem::take(&mut self.log);
        let answer = self.probe(call);
        self.log = log;
        answer
    }

    /// Picks the answer to `call` out of `effects`, and keeps the others.
    pub(crate) fn answer_of(&mut self, call: &Call, effects: Vec<Effect>) -> Result<Value, Fault> {
        let mut answer = None;
        for effect in effects {
            match effect {
                Effect::Respond { id: OWN_ID, response } => answer = Some(response),
                other => self.keep_effects([other]),
            }
        }
        let response = answer.ok_or_else(|| bug("the call waits for its answer"))?;
        // The hint never travels: it is in the list of calls.
        let hint = self.calls().get(self.calls().last_seq());
        let hint = hint.and_then(|record| record.error.as_ref()).and_then(|e| e.hint.clone());
        call.answer(&response).map_err(|fault| Fault { hint, ..fault })
    }
}
