//! What stands for a host at the stages where no code runs: an invocation of a function ends as
//! `@ work {...}` says; where nothing is said, it returns its event, after 100 ms of start and 10 ms.

use std::collections::VecDeque;

use bytes::Bytes;
use cloudarium_cloud::{Cloud, Effect, Event, HostWork};
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::HttpResponse;
use serde_json::Value as Json;

/// The ends of invocations to come.
#[derive(Debug, Default)]
pub struct Works(VecDeque<Json>);

impl Works {
    /// The next invocation ends so.
    pub fn expect(&mut self, ended: Json) {
        self.0.push_back(ended);
    }

    /// Does all work that comes up, and gives the answer to request `id`.
    pub fn settle(
        &mut self,
        cloud: &mut Cloud,
        effects: Vec<Effect>,
        id: u64,
    ) -> Option<HttpResponse> {
        let mut answer = None;
        let mut left: VecDeque<Effect> = effects.into();
        while let Some(effect) = left.pop_front() {
            match effect {
                Effect::Respond { id: answered, response } if answered == id => {
                    answer = Some(response);
                }
                Effect::Respond { .. } => {}
                Effect::Work { ticket, work } => {
                    let result = self.end(&work);
                    left.extend(cloud.resume(Event::WorkDone { ticket, result }));
                }
            }
        }
        answer
    }

    fn end(&mut self, work: &HostWork) -> Value {
        let mut ended = Map::from([
            ("Outcome".to_owned(), Value::from("Returned")),
            ("DurationMs".to_owned(), Value::Float(10.0)),
            ("MaxMemoryMb".to_owned(), Value::Int(40)),
        ]);
        if work.input.get("StartOnly") == Some(&Value::Bool(true)) {
            ended.insert("Outcome".to_owned(), Value::from("Ready"));
        }
        if let Some(payload) = work.input.get("Payload") {
            ended.insert("Payload".to_owned(), payload.clone());
        }
        if work.input.get("Cold") == Some(&Value::Bool(true)) {
            ended.insert("InitMs".to_owned(), Value::Float(100.0));
        }
        let said = self.0.pop_front().unwrap_or_default();
        for (name, value) in said.as_object().into_iter().flatten() {
            let value = match (name.as_str(), value) {
                // What is no text is JSON that the handler returned.
                ("Payload", Json::String(text)) => Value::Blob(Bytes::from(text.clone())),
                ("Payload", json) => Value::Blob(Bytes::from(json.to_string())),
                (_, json) => plain(json),
            };
            ended.insert(name.clone(), value);
        }
        Value::Map(ended)
    }
}

fn plain(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(plain).collect()),
        Json::Object(members) => {
            Value::Map(members.iter().map(|(name, it)| (name.clone(), plain(it))).collect())
        }
    }
}
