//! One state by itself: what `TestState` shows.

use serde_json::Value;

use super::flow::Assigned;
use super::state::Next;
use crate::doc::Doc;
use crate::fail::Failure;

/// What is told of the state that is looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stages {
    /// The Context object, if it is given.
    pub context: Option<Value>,
    /// The output with which the state was left.
    pub output: Option<Doc>,
    /// The state that follows, if a rule or a Catcher says so.
    pub named: Option<usize>,
    /// What it assigns.
    pub assigned: Assigned,
    /// Why it failed.
    pub failed: Option<Failure>,
    /// The Catcher that caught.
    pub catch_index: Option<usize>,
    /// The Retrier that matched.
    pub retry_index: Option<usize>,
    /// How long it waits before it tries again.
    pub backoff_s: Option<f64>,
}

impl Stages {
    /// The state is left.
    pub(super) fn leave(&mut self, next: &Next, output: &Doc, assigned: &Assigned) {
        self.output = Some(output.clone());
        self.assigned.clone_from(assigned);
        self.named = match next {
            Next::Named(next) => *next,
            Next::State | Next::End => None,
        };
    }
}
