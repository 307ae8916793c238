//! What CloudWatch Logs keeps: plain data. Maps are persistent, and what they hold is shared, so that a copy of it all is
//! cheap and holding two that differ little, too.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By place and name.
    pub groups: OrdMap<GroupKey, Rc<Group>>,
    /// Subscription filters whose destination is being tried, by the call to it.
    #[serde(default)]
    pub trials: OrdMap<Ticket, Trial>,
}

/// A request for a subscription filter that waits for what its destination answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The request.
    pub request: Ticket,
    /// Of which group.
    pub group: GroupKey,
    /// What it will be called.
    pub name: String,
    /// What is put there.
    pub subscription: Subscription,
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
    /// Subscription filters, by name.
    #[serde(default)]
    pub subscriptions: BTreeMap<String, Subscription>,
    /// Metric filters, by name.
    #[serde(default)]
    pub metric_filters: BTreeMap<String, MetricFilter>,
}

/// A subscription filter: whom the events are sent to that match a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// As it was given.
    pub pattern: String,
    /// A function's ARN.
    pub destination_arn: String,
    /// `ByLogStream` or `Random`.
    pub distribution: String,
    /// When it was made.
    pub created: Timestamp,
}

/// A metric filter: which events count as what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricFilter {
    /// As it was given.
    pub pattern: String,
    /// One.
    pub transformations: Vec<MetricTransformation>,
    /// When it was made.
    pub created: Timestamp,
}

/// What an event that matches counts as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricTransformation {
    /// Of the metric.
    pub metric_name: String,
    /// Of the metric.
    pub metric_namespace: String,
    /// A number, or where in the event it stands.
    pub metric_value: String,
    /// What is counted when nothing matches.
    pub default_value: Option<f64>,
    /// Names, and where in the event their values stand.
    pub dimensions: Option<BTreeMap<String, String>>,
    /// `Count`
    pub unit: Option<String>,
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
            subscriptions: BTreeMap::new(),
            metric_filters: BTreeMap::new(),
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
