//! The simulated AWS Lambda: functions whose code really runs, at the host.
//!
//! Must never know: HTTP, JSON on the wire, any other service, how code is run, the real clock.
//! Start in [`model`] (what it keeps), then `invoke.rs` (how an invocation begins), `finish.rs` (how it
//! ends), `events.rs` (the asynchronous queue), then `ops/mod.rs` (the operations).

mod absent;
mod access;
mod alias;
mod allot;
mod code;
mod config;
pub mod error;
mod event_config;
mod events;
pub mod finish;
mod invoke;
mod layer;
pub mod limits;
mod link;
pub mod mapping;
pub mod model;
mod name;
mod ops;
mod page;
mod policy;
mod provisioned;
mod report;
mod runtime;
pub mod simulate;
mod store;
mod tags;
mod trace;
mod url;
pub mod view;
mod zip;

use cloudarium_env::{BlobRef, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{Ctx, Fault, OperationInfo, Outcome, Service, Ticket};
use cloudarium_shape::Value;

pub use error::Error;
pub use invoke::WORK;
use model::{Call, State};

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct Lambda {
    state: State,
}

/// A Lambda without functions.
pub fn service() -> Box<dyn Service> {
    Box::new(Lambda::default())
}

/// What was saved before mappings had tags, before there were environments that wait, and before there were event source
/// mappings. Versions of layers had no policies then, and layers forgot what was deleted of them; nothing was said of when
/// runtimes are updated.
const OLDER: &[saved::Older] = &[
    &[("Mapping", "uuid", 18), LAYER, LAYER_VERSION, VERSION],
    &[("State", "functions", 12), ("Mapping", "uuid", 18), LAYER, LAYER_VERSION, VERSION],
    &[("State", "functions", 8), LAYER, LAYER_VERSION, VERSION],
];
const LAYER: (&str, &str, usize) = ("Layer", "next_version", 2);
const LAYER_VERSION: (&str, &str, usize) = ("LayerVersion", "code", 6);
const VERSION: (&str, &str, usize) = ("Version", "version", 19);

impl Service for Lambda {
    fn name(&self) -> &'static str {
        "lambda"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        dispatch("lambda", ops::OPERATIONS, &mut self.state, cx, (operation, input))
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        let text = |name: &str| payload.get(name).and_then(Value::as_str);
        match text("mapping").zip(text("what")) {
            Some(mapping) => mapping::poll::timer(&mut self.state, cx, mapping),
            None => events::timer(&mut self.state, cx, &payload),
        }
    }

    fn work_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Value) {
        finish::finish(&mut self.state, cx, ticket, result);
    }

    /// Code has come from S3, or a queue has answered; of a destination nothing more is to be done.
    fn call_done(&mut self, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
        let lambda = &mut self.state;
        match lambda.calls.remove(&ticket) {
            Some(Call::Ask(pending)) => return mapping::asked(lambda, cx, *pending, result),
            Some(Call::Receive(uuid)) => {
                return mapping::poll::received(lambda, cx, (&uuid, ticket), result);
            }
            None => {}
        }
        let Some(fetch) = lambda.fetches.remove(&ticket) else { return };
        let ended = code::fetched(result).map_err(Fault::from).and_then(|zip| {
            let input = fetch.input;
            match fetch.operation.as_str() {
                "CreateFunction" => ops::create_function::fetched(lambda, cx, input, &zip),
                "UpdateFunctionCode" => ops::update_function_code::fetched(lambda, cx, input, &zip),
                _ => ops::publish_layer_version::fetched(lambda, cx, input, &zip),
            }
        });
        let answer = ended.map(|outcome| match outcome {
            Outcome::Output(output) => output,
            Outcome::Parked => Value::default(),
        });
        cx.host.answer(fetch.ticket, answer);
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

    fn blobs(&self, visit: &mut dyn FnMut(&BlobRef)) {
        self.state.codes().for_each(|(_, code)| visit(&code.blob));
        self.state.running.values().for_each(|running| visit(&running.invocation.payload));
        self.state.events.values().for_each(|event| visit(&event.invocation.payload));
        self.state.batches.values().for_each(|batch| visit(&batch.payload));
    }

    fn fork(&self) -> Box<dyn Service> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_before_there_was_more_is_read() {
        let mut lambda = Lambda::default();
        lambda.state.next_event = 300;
        let kept = postcard::to_allocvec(&lambda.state).expect("it is saved");
        // No environments that wait; no mappings, no calls, no batches, and the number of the next of them.
        for fewer in [3, 7] {
            let before = kept.get(..kept.len() - fewer).expect("it ends with seven");
            let mut read = Lambda::default();
            read.load(before).expect("it is read");
            assert_eq!(read.state, lambda.state);
            assert!(read.load(&before[..1]).is_err(), "what is cut off is not");
        }
    }
}
