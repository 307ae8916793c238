//! What CloudWatch Logs keeps: plain data. Maps are persistent, and what they hold is shared, so that a copy of it all is
//! cheap and holding two that differ little, too.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By place and name.
    pub groups: OrdMap<GroupKey, Rc<Group>>,
}

/// Where a group is, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupKey {
    /// Twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// `/aws/lambda/resize`
    pub name: String,
}

/// A log group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// When it was made.
    pub created: Timestamp,
    /// For how many days events are kept; `None`: for ever.
    pub retention_days: Option<u32>,
    /// By key.
    pub tags: BTreeMap<String, String>,
    /// By name.
    pub streams: OrdMap<String, Rc<Stream>>,
    /// What its events count as: their UTF-8 bytes, and 26 for each.
    pub stored_bytes: u64,
    /// Fires when its oldest event is to be forgotten.
    pub purge: Option<TimerId>,
}

/// A log stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stream {
    /// When it was made.
    pub created: Timestamp,
    /// In the order of time, then of arrival.
    pub events: OrdMap<Position, Event>,
    /// When events last came.
    pub last_ingestion: Option<Timestamp>,
    /// Counts events, from 1.
    pub next_sequence: u64,
}

/// An event's place in its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// When it happened: milliseconds since 1970.
    pub timestamp_ms: i64,
    /// The how manieth event of its stream it is.
    pub sequence: u64,
}

/// A log event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it came.
    pub ingested: Timestamp,
    /// What it says.
    pub message: std::sync::Arc<str>,
}

impl Group {
    /// An empty group.
    pub fn new(created: Timestamp, tags: BTreeMap<String, String>) -> Self {
        Self {
            created,
            retention_days: None,
            tags,
            streams: OrdMap::new(),
            stored_bytes: 0,
            purge: None,
        }
    }

    /// The first instant whose events are still kept at `now`.
    pub fn kept_since(&self, now: Timestamp) -> i64 {
        self.retention_days.map_or(i64::MIN, |days| {
            now.as_ms().saturating_sub(i64::from(days) * crate::limits::DAY_MS)
        })
    }
}

impl Stream {
    /// An empty stream.
    pub fn new(created: Timestamp) -> Self {
        Self { created, events: OrdMap::new(), last_ingestion: None, next_sequence: 1 }
    }
}
