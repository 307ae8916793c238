//! What EventBridge keeps: plain data. Maps are persistent, so that a copy of it all is cheap.

pub mod connections;

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use imbl::{OrdMap, Vector};
use serde::{Deserialize, Serialize};

use connections::{ApiDestination, Connection, TargetHttp};

/// The bus that every account has in every Region.
pub const DEFAULT_BUS: &str = "default";

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Custom buses, and default ones of which something is to be told.
    pub buses: OrdMap<BusKey, Bus>,
    /// By bus and name.
    pub rules: OrdMap<RuleKey, Rule>,
    /// Deliveries that wait for the answer of their target.
    pub calls: OrdMap<Ticket, Delivery>,
    /// Deliveries that wait to be tried again, by number.
    pub retries: OrdMap<u64, Delivery>,
    /// The number of the next of them.
    pub next_retry: u64,
    /// By place and name.
    pub archives: OrdMap<Named, Archive>,
    /// By place and name.
    pub replays: OrdMap<Named, Replay>,
    /// By place and name.
    #[serde(default)]
    pub connections: OrdMap<Named, Connection>,
    /// By place and name.
    #[serde(default)]
    pub destinations: OrdMap<Named, ApiDestination>,
    /// Connections whose authorization endpoints were asked.
    #[serde(default)]
    pub asked: OrdMap<Ticket, Named>,
    /// When requests to API destinations were sent that wait for an answer.
    #[serde(default)]
    pub sent: OrdMap<Ticket, Timestamp>,
}

/// Where an archive, a replay, a connection or an API destination is, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// Its name.
    pub name: String,
}

/// Events of a bus that are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Archive {
    /// The bus.
    pub source: BusKey,
    /// What it is for.
    pub description: Option<String>,
    /// Which events are kept, as it was sent; `None`: all.
    pub pattern: Option<String>,
    /// For how long; 0: for ever.
    pub retention_days: u32,
    /// When it was made.
    pub created: Timestamp,
    /// The events, in the order in which they came, each with its size in bytes.
    pub events: Vector<(Rc<Event>, u64)>,
    /// Bytes of all.
    pub bytes: u64,
}

/// Events of an archive that are sent again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// The archive.
    pub archive: Named,
    /// What it is for.
    pub description: Option<String>,
    /// The bus that they are sent to.
    pub destination: BusKey,
    /// The rules that get them; none: all.
    pub filter_arns: Vec<String>,
    /// Events that came from then on.
    pub from: Timestamp,
    /// Events that came before.
    pub to: Timestamp,
    /// How it stands.
    pub status: ReplayStatus,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When the event came that was sent last.
    pub last_replayed: Option<Timestamp>,
}

/// How a replay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReplayStatus {
    /// It will begin.
    Starting,
    /// It sends events.
    Running,
    /// It will stop.
    Cancelling,
    /// It has sent all.
    Completed,
    /// It has stopped.
    Cancelled,
}

/// Where a bus is, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BusKey {
    /// Twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// `default`, or a custom bus's name.
    pub name: String,
}

/// A bus, beyond its rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bus {
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed.
    pub modified: Timestamp,
    /// What it is for.
    pub description: Option<String>,
    /// Who may send to it, as it was sent or as permissions came to.
    pub policy: Option<String>,
    /// By key.
    pub tags: BTreeMap<String, String>,
}

/// The bus that a rule is on, and the rule's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleKey {
    /// The bus.
    pub bus: BusKey,
    /// Its name there.
    pub name: String,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Which events it wants, as it was sent.
    pub pattern: Option<String>,
    /// When it makes events of its own, as it was sent.
    pub schedule: Option<String>,
    /// Whether it does anything.
    pub enabled: bool,
    /// What it is for.
    pub description: Option<String>,
    /// A role for targets that have none of their own.
    pub role_arn: Option<String>,
    /// The account that made it.
    pub created_by: String,
    /// By key.
    pub tags: BTreeMap<String, String>,
    /// By id.
    pub targets: BTreeMap<String, Rc<Target>>,
    /// From when on its rate counts.
    pub since: Timestamp,
    /// Fires when its schedule is due.
    pub timer: Option<TimerId>,
    /// What has come of it.
    pub counts: Counts,
}

/// What has come of a rule, as CloudWatch would count it.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html>
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events that it wanted.
    pub triggered: u64,
    /// Targets that took an event in.
    pub invocations: u64,
    /// Events that a target did not take in, for good.
    pub failed: u64,
    /// Tries after the first.
    pub retries: u64,
    /// Events that went to a dead-letter queue.
    pub dead_letters: u64,
    /// Events that could not even go there.
    pub lost_dead_letters: u64,
    /// Why an event was not taken in, the last time.
    pub last_error: Option<String>,
}

/// Where a rule's events go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The rule's own name for it.
    pub id: String,
    /// What it is.
    pub arn: String,
    /// The role that it is called with.
    pub role_arn: Option<String>,
    /// What it gets.
    pub input: Input,
    /// Of a queue: the group of its messages.
    pub message_group_id: Option<String>,
    /// Where events go that it does not take in.
    pub dead_letter_arn: Option<String>,
    /// How it is tried again, where that is said.
    pub retry: Option<Retry>,
    /// What it adds to requests.
    #[serde(default)]
    pub http: Option<TargetHttp>,
}

/// What a target gets of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// All of it.
    Event,
    /// This instead.
    Constant(String),
    /// This part of it.
    Path(String),
    /// A text with parts of it.
    Transformer {
        /// Parts of it, by the names that the text has for them.
        paths: BTreeMap<String, String>,
        /// The text.
        template: String,
    },
}

/// How a target is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// How often at most.
    pub attempts: Option<u32>,
    /// Seconds for how long at most.
    pub age_s: Option<u64>,
}

/// An event on a bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its own.
    pub id: String,
    /// What kind of event.
    pub detail_type: String,
    /// Where it comes from.
    pub source: String,
    /// The account that it happened in.
    pub account: String,
    /// The Region that it happened in.
    pub region: String,
    /// When.
    pub time: Timestamp,
    /// When it came.
    pub ingested: Timestamp,
    /// What it is about.
    pub resources: Vec<String>,
    /// JSON.
    pub detail: String,
    /// The replay that it comes from.
    pub replay: Option<String>,
}

/// An event on its way to a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Whose target.
    pub rule: RuleKey,
    /// The target, as it was when the event came.
    pub target: Rc<Target>,
    /// The event.
    pub event: Rc<Event>,
    /// How often it was tried again.
    pub retries: u32,
    /// What is done.
    pub stage: Stage,
}

/// What is done with an event on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is given to its target.
    Target,
    /// A log gets a stream for it first.
    LogStream,
    /// It is given up, and goes to the dead-letter queue.
    DeadLetter,
    /// It waits for its turn at an API destination.
    Turn,
}
