//! [`Frame`]: a place where an execution stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::children::Children;
use super::task::Pending;
use crate::doc::Doc;

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimerKind {
    /// The machine's `TimeoutSeconds`.
    Execution,
    /// A Wait state.
    Wait,
    /// A retry.
    Backoff,
    /// A task's `TimeoutSeconds`.
    Timeout,
    /// A task's `HeartbeatSeconds`.
    Heartbeat,
}

/// Whether a frame is the top level's, or whose child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The frame that stands in the Parallel or Map state.
    pub frame: u32,
    /// Which of its children.
    pub index: usize,
}

/// The item of an iteration, for the Context object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its place.
    pub index: usize,
    /// What it is.
    pub value: Doc,
    /// Its key, if the items are an object's members.
    pub key: Option<String>,
    /// Where it comes from: `STATE_DATA`.
    pub source: String,
}

impl Item {
    /// The item as the Context object tells of it: of a member, which is run over as
    /// `{"Key": …, "Value": …}`, the value alone.
    /// guess: its `Key` is told beside it, so it is not told twice.
    pub fn in_context(&self) -> Value {
        let value = self.value.value();
        let member = self.key.as_ref().and_then(|_| value.get("Value"));
        member.unwrap_or(value).clone()
    }
}

/// What a frame is about to do, or waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// To enter its state.
    Enter,
    /// To do what its state does, perhaps again.
    Run,
    /// A Wait state, with its effective input.
    Waiting(u64, Doc),
    /// A retry.
    Backoff(u64),
    /// A task.
    Task(Box<Pending>),
    /// Branches or iterations.
    Children(Box<Children>),
}

/// A place where an execution stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Its history.
    pub lane: u32,
    /// Whose child it is.
    pub parent: Option<Parent>,
    /// The state at hand.
    pub state: usize,
    /// The state's input, before `InputPath`.
    pub input: Doc,
    /// The variables of this scope.
    pub variables: BTreeMap<String, Doc>,
    /// The last event.
    pub previous: u64,
    /// The event by which the state was entered.
    pub entered: u64,
    /// The event before that.
    pub before_entered: u64,
    /// When the state was entered.
    pub entered_ms: i64,
    /// How often each Retrier has tried again.
    pub retries: Vec<u32>,
    /// The item, in an iteration.
    pub item: Option<Item>,
    /// The token of the task at hand, for the Context object.
    pub token: Option<String>,
    /// What it is about to do, or waits for.
    pub phase: Phase,
    /// What its branches or iterations had come to when the state failed.
    pub kept: Option<Box<super::redrive::Kept>>,
}

impl Frame {
    /// A frame about to enter `state`.
    pub fn new(lane: u32, previous: u64, state: usize, input: Doc) -> Self {
        Self {
            lane,
            parent: None,
            state,
            input,
            variables: BTreeMap::new(),
            previous,
            entered: 0,
            before_entered: 0,
            entered_ms: 0,
            retries: Vec::new(),
            item: None,
            token: None,
            phase: Phase::Enter,
            kept: None,
        }
    }

    /// How often the state was tried again.
    pub fn retry_count(&self) -> u32 {
        self.retries.iter().sum()
    }
}
