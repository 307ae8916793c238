//! Where an execution is held, what was changed of it by hand, and what it waits to be told.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::Deserialize;
use yew::Callback;

/// A session of debugging.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Debug {
    /// `step`, `continue`, `finish`
    pub mode: String,
    pub held: Vec<Held>,
    pub changes: Vec<Change>,
}

/// A state that an execution stands before.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Held {
    /// Names it, for what is asked of it.
    pub place: u32,
    pub state: String,
    /// Whether it is a task, whose end can be made up.
    pub task: bool,
    pub input: String,
    /// What came, if the input was changed.
    pub given: Option<String>,
    /// Whether it was entered before: its input is in the history.
    pub entered: bool,
    pub tries: u32,
    /// The iteration that it is in.
    pub index: Option<u64>,
    /// Whether it is in a child of a distributed Map.
    pub child: bool,
    /// As JSON.
    pub variables: BTreeMap<String, String>,
    pub mock: Option<MadeUp>,
}

/// How the next attempt of a task ends.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MadeUp {
    pub result: Option<String>,
    pub error: Option<String>,
    pub cause: Option<String>,
}

/// Something that was not the machine's doing.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Change {
    /// The event that shows it.
    pub event: u64,
    pub state: String,
    /// `input`, `result`, `error`
    pub what: String,
    /// The input that came.
    pub before: Option<String>,
}

/// A task that somebody must answer.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub state: String,
    pub index: Option<u64>,
    /// Nothing: no worker has taken it yet.
    pub token: Option<String>,
    /// The activity whose task it is.
    pub activity: Option<String>,
}

/// Where executions stop, for picture and outline.
#[derive(Clone, PartialEq, Default)]
pub struct Stops {
    pub breakpoints: Rc<BTreeSet<String>>,
    /// States that an execution is held before.
    pub held: Rc<BTreeSet<String>>,
    /// Sets a breakpoint, or takes it away; nothing where that makes no sense.
    pub toggle: Option<Callback<String>>,
}

impl Stops {
    /// Whether executions stop before a state.
    pub fn at(&self, state: &str) -> bool {
        self.breakpoints.contains(state)
    }

    /// Whether an execution stands before a state.
    pub fn holds(&self, state: &str) -> bool {
        self.held.contains(state)
    }
}
