//! The past as the worker tells it: how far it goes, what a call changed, the bill, a call as code.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// What can be done in time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Timeline {
    /// The earliest call after which the state is known; 0 is before the first.
    pub first: u64,
    pub last: u64,
    /// Nobody goes back before this call.
    pub floor: u64,
    pub undo: Option<Moment>,
    pub redo: Option<Moment>,
    pub forks: Vec<Fork>,
    /// Whether more of the past may lie on disk.
    pub further: bool,
}

/// After a call, and so many jumps in time that followed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Moment {
    pub call: u64,
    pub jump: u32,
}

/// A cloud that a fork has put aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fork {
    pub parted: u64,
    pub last: u64,
}

/// A way through time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    Fork(u64),
    Undo,
    Redo,
    Return(usize),
}

/// What a call changed.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Changes {
    pub resources: Vec<Resource>,
    pub more: usize,
    pub charges: Vec<Charge>,
}

/// One resource that came, went or changed.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Resource {
    pub service: String,
    pub path: Vec<String>,
    pub kind: String,
    pub members: Vec<Member>,
}

/// One member that differs.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Member {
    pub path: Vec<String>,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// One thing that was used more of.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Charge {
    pub service: String,
    pub usage_type: String,
    pub verb: String,
    pub before: u64,
    pub after: u64,
    pub usd: f64,
}

/// The bill.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Bill {
    pub lines: Vec<BillLine>,
    pub usd: f64,
    pub month_usd: f64,
    pub free_tier: String,
    pub free_tier_url: String,
}

/// One line of it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BillLine {
    pub service: String,
    pub region: String,
    pub words: String,
    pub verbs: BTreeMap<String, u64>,
    pub unit: String,
    pub quantity: u64,
    pub usd: f64,
    pub source: Option<Source>,
}

/// Where a price was read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Source {
    pub date: String,
    pub url: String,
    pub guess: bool,
}

/// A call as code.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Twin {
    pub boto3: String,
    pub boto3_line: String,
    pub setup: String,
    pub cli: String,
    pub cli_line: String,
    /// The file that the shell's line sends, and what is in it if that is short text.
    pub file: Option<String>,
    pub content: Option<String>,
}

/// A value in one line.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
