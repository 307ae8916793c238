//! What functions did in a proof, so that each is really run once and not for every replay.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cloudarium_cloud::Ticket;
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::HttpRequest;

/// What tells one invocation from another without making a difference to its code, unless the code
/// looks at it.
const NAMES: [&str; 2] = ["RequestId", "LogStream"];

/// What the code is never asked to look at: a number of the cloud's own, and keys.
const HIDDEN: [&str; 4] = ["Environment", "AccessKeyId", "SecretAccessKey", "SessionToken"];

/// A call that a function made.
#[derive(Debug, Clone)]
pub(super) struct Called {
    pub(super) http: HttpRequest,
    pub(super) at: Timestamp,
    pub(super) wall: Timestamp,
}

/// One invocation of a function, from its beginning to its end.
#[derive(Debug, Clone)]
pub(super) struct Act {
    /// All that the code knew: itself, the event, and what its environment was given before.
    pub(super) key: String,
    /// [`NAMES`], by which this one went.
    names: Vec<String>,
    /// What it called, in order.
    pub(super) calls: Vec<Called>,
    /// `cloudarium_lambda::finish::Ended`, as a value.
    pub(super) result: Value,
}

impl Act {
    pub(super) fn new(key: String, input: &Value, calls: Vec<Called>, result: Value) -> Self {
        Self { key, names: names(input), calls, result }
    }

    /// How it goes under the names of `input`: code may write them down, and does nothing else by them.
    fn under(&self, input: &Value) -> Self {
        let names = names(input);
        let mut act = self.clone();
        for (old, new) in self.names.iter().zip(&names).filter(|(old, _)| !old.is_empty()) {
            act.result = renamed(&act.result, old, new);
        }
        Self { names, ..act }
    }
}

/// The value with one text in place of another.
fn renamed(value: &Value, old: &str, new: &str) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace(old, new)),
        Value::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Blob(text.replace(old, new).into_bytes().into()),
            Err(_) => value.clone(),
        },
        Value::List(items) => Value::List(items.iter().map(|it| renamed(it, old, new)).collect()),
        Value::Map(members) => {
            let each = |(name, it): (&String, &Value)| (name.clone(), renamed(it, old, new));
            Value::Map(members.iter().map(each).collect())
        }
        other => other.clone(),
    }
}

fn names(input: &Value) -> Vec<String> {
    let name = |name: &&str| input.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    NAMES.iter().map(name).collect()
}

/// The acts of a whole proof that called nothing: they go the same in every replay.
pub(super) type Memory = BTreeMap<String, Act>;

/// What each environment was given so far.
#[derive(Debug, Default)]
pub(super) struct Environments(BTreeMap<i64, String>);

impl Environments {
    /// All that the code of this invocation knows.
    pub(super) fn key(&mut self, input: &Value) -> String {
        let number = match input.get("Environment") {
            Some(Value::Int(number)) => *number,
            _ => -1,
        };
        let before = self.0.entry(number).or_default();
        let none = Map::new();
        let members = if let Value::Map(members) = input { members } else { &none };
        for (name, value) in members {
            if !NAMES.contains(&name.as_str()) && !HIDDEN.contains(&name.as_str()) {
                // A String takes all that is written to it.
                let _ = writeln!(before, "{name} {value:?}");
            }
        }
        before.clone()
    }
}

/// An invocation that goes on.
#[derive(Debug)]
pub(super) struct Playing {
    pub(super) ticket: Ticket,
    pub(super) key: String,
    pub(super) input: Value,
    pub(super) begun: Timestamp,
    pub(super) calls: Vec<Called>,
}

impl Playing {
    /// Whether a request was signed by this environment's key.
    pub(super) fn signed(&self, http: &HttpRequest) -> bool {
        let key = self.input.get("AccessKeyId").and_then(Value::as_str).unwrap_or_default();
        let signature = http.headers.get("authorization").unwrap_or_default();
        !key.is_empty() && signature.contains(key)
    }
}

/// An act of `memory`, or one of `score` (what the replayed run did), as it goes for this work.
pub(super) fn known(
    memory: &Memory,
    score: Option<&mut Vec<Act>>,
    (key, input): (&str, &Value),
) -> Option<Act> {
    if let Some(act) = memory.get(key) {
        return Some(act.under(input));
    }
    let score = score?;
    let at = score.iter().position(|act| act.key == key)?;
    Some(score.remove(at).under(input))
}
