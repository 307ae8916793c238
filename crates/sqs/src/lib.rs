//! The simulated Amazon SQS: queues, what lies in them, and who waits for it.
//!
//! Must never know: HTTP, JSON on the wire, any other service, the real clock.
//! Start in [`model`] (what it keeps), then `queue.rs` (how messages come to be received and go), `receive.rs` (who
//! gets them, and long polling), then `ops/mod.rs` (the operations).

mod access;
mod attributes;
mod batch;
mod billing;
pub mod error;
pub mod limits;
mod message;
pub mod model;
mod moves;
mod name;
mod ops;
mod page;
mod queue;
mod receipt;
mod receive;
mod redrive;
mod send;
mod statement;
pub mod view;

use cloudarium_env::{BlobRef, Timestamp, saved};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{Charge, Ctx, Fault, OperationInfo, Outcome, Service, Ticket};
use cloudarium_shape::Value;

pub use error::Error;
use model::State;

/// The service: its state, and the operations on it.
#[derive(Debug, Clone, Default)]
pub struct Sqs {
    state: State,
}

/// An SQS without queues.
pub fn service() -> Box<dyn Service> {
    Box::new(Sqs::default())
}

/// What was saved before messages told how often they were received in other queues, and before requests could stand.
const OLDER: &[saved::Older] =
    &[&[("Message", "content", 8)], &[("State", "queues", 4), ("Message", "content", 8)]];

impl Service for Sqs {
    fn name(&self) -> &'static str {
        "sqs"
    }

    fn operations(&self) -> Vec<OperationInfo> {
        ops::OPERATIONS.iter().map(cloudarium_service::Operation::info).collect()
    }

    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault> {
        let asked = billing::Asked::of(operation, &input);
        let ended = dispatch("sqs", ops::OPERATIONS, &mut self.state, cx, (operation, input));
        let output = match &ended {
            Ok(Outcome::Output(output)) => Some(output),
            _ => None,
        };
        billing::charge(cx, &asked, output);
        ended
    }

    fn timer(&mut self, cx: &mut Ctx<'_>, payload: Value) {
        receive::timer(&mut self.state, cx, &payload);
    }

    fn hurry(&mut self, cx: &mut Ctx<'_>, ticket: Ticket) {
        receive::hurry(&mut self.state, cx, ticket);
    }

    fn owed(&self, now: Timestamp, tell: &mut dyn FnMut(&str, Charge)) {
        billing::owed(&self.state, now, tell);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_before_requests_could_stand_is_read() {
        let mut sqs = Sqs::default();
        sqs.state.next_move = 300;
        let kept = postcard::to_allocvec(&sqs.state).expect("it is saved");
        // None of them.
        let before = kept.get(..kept.len() - 1).expect("it ends with one");
        let mut read = Sqs::default();
        read.load(before).expect("it is read");
        assert_eq!(read.state, sqs.state);
        assert!(read.load(&before[..1]).is_err(), "what is cut off is not");
    }

    #[test]
    fn what_was_saved_before_receives_were_counted_across_queues_is_read() {
        let mut queue = model::Queue::new(Timestamp::from_ms(0), attributes::usual(None));
        let content = model::Content {
            body: "x".to_owned(),
            attributes: std::collections::BTreeMap::new(),
            trace_header: None,
            sender_id: "s".to_owned(),
            group: None,
            deduplication_id: None,
        };
        let number = queue.send(Timestamp::from_ms(0), ("id".to_owned(), content), 0);
        let key = model::Key {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            name: "q".to_owned(),
        };
        let mut sqs = Sqs::default();
        let mut marked = queue.clone();
        marked.messages.get_mut(&number).expect("it is there").receives_before = u32::MAX;
        sqs.state.queues.insert(key.clone(), marked);
        let kept = postcard::to_allocvec(&sqs.state).expect("it is saved");
        // Without that number.
        let number_bytes = [0xff, 0xff, 0xff, 0xff, 0x0f];
        let at = kept.windows(5).position(|it| it == number_bytes).expect("it is in there");
        let before = [&kept[..at], &kept[at + 5..]].concat();
        sqs.state.queues.insert(key, queue);
        for before in [&before[..], &before[..before.len() - 1]] {
            let mut read = Sqs::default();
            read.load(before).expect("it is read");
            assert_eq!(read.state, sqs.state);
        }
    }
}
