//! What SQS keeps: plain data. Maps are persistent, so that a copy of it all is cheap.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By place and name.
    pub queues: OrdMap<Key, Queue>,
    /// When queues that are gone were deleted: their names are not free at once.
    pub deleted: OrdMap<Key, Timestamp>,
    /// Move tasks, by number.
    pub moves: OrdMap<u64, MoveTask>,
    /// The number of the next of them.
    pub next_move: u64,
    /// Requests to receive that stand at a queue, the one that came first before the others.
    #[serde(default)]
    pub standing: OrdMap<Key, Vec<Standing>>,
}

/// Where a queue is, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// Twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// `orders`, or `orders.fifo`.
    pub name: String,
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Queue {
    /// When it was made.
    pub created: Timestamp,
    /// When its attributes were changed.
    pub modified: Timestamp,
    /// Its attributes.
    pub settings: Rc<Settings>,
    /// By key.
    pub tags: BTreeMap<String, String>,
    /// When it was purged.
    pub purged: Option<Timestamp>,
    /// The number of the next message: messages are in the order of their arrival.
    pub next: u64,
    /// What lies in it, by number.
    pub messages: OrdMap<u64, Message>,
    /// Those that can be received.
    pub ready: OrdSet<u64>,
    /// Those that are delayed or in flight, by the moment at which they can be received.
    pub later: OrdSet<(Timestamp, u64)>,
    /// All, by when they were sent: the oldest are forgotten first.
    pub by_age: OrdSet<(Timestamp, u64)>,
    /// How many are in flight.
    pub in_flight: u64,
    /// Of a FIFO queue: the messages of each group.
    pub groups: OrdMap<String, Group>,
    /// Of a FIFO queue: what was sent in the last minutes, by deduplication id (and group, where that is its scope).
    pub sent: OrdMap<(String, String), Sent>,
    /// The same, by time.
    pub sent_by_age: OrdSet<(Timestamp, (String, String))>,
    /// Of a FIFO queue: what requests to receive got, by their attempt's id.
    pub attempts: OrdMap<String, Attempt>,
    /// Requests that wait for messages, the one that waits longest first.
    pub waiters: Vec<Waiter>,
    /// Fires when the next message can be received that somebody waits for, and that moment.
    pub wake: Option<(Timestamp, TimerId)>,
}

/// The attributes of a queue that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Seconds until a message can be received first.
    pub delay_s: u32,
    /// Bytes that a message may have.
    pub message_bytes_max: u32,
    /// Seconds that a message is kept.
    pub retention_s: u32,
    /// Seconds that a request to receive waits, unless it says.
    pub wait_s: u32,
    /// Seconds for which what was received is hidden, unless the request says.
    pub visibility_s: u32,
    /// Where messages go that were received too often.
    pub redrive: Option<Redrive>,
    /// Who may send dead letters here.
    pub redrive_allow: Option<RedriveAllow>,
    /// The policy, as it was sent.
    pub policy: Option<String>,
    /// The key of KMS that messages are encrypted with.
    pub kms_key: Option<String>,
    /// Seconds that a data key is used.
    pub kms_reuse_s: u32,
    /// Whether messages are encrypted with a key of SQS's own.
    pub sqs_managed_sse: bool,
    /// What only a FIFO queue has.
    pub fifo: Option<Fifo>,
}

/// What only a FIFO queue has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fifo {
    /// Whether a message's body stands for a deduplication id that is not sent.
    pub content_based: bool,
    /// Whether messages are told apart within their group only.
    pub scope_is_group: bool,
    /// Whether the limit of throughput is each group's own.
    pub limit_is_group: bool,
}

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redrive {
    /// The ARN of the dead-letter queue.
    pub target_arn: String,
    /// How often a message may be received.
    pub max_receive_count: u32,
}

/// Who may send dead letters to a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RedriveAllow {
    /// Every queue of the account and Region.
    AllowAll,
    /// None.
    DenyAll,
    /// Those with these ARNs.
    ByQueue(Vec<String>),
}

/// The messages of a group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// All of them, in order.
    pub messages: OrdSet<u64>,
    /// How many are in flight: while any is, none is given out.
    pub in_flight: u64,
}

/// A message in a queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// What was sent.
    pub content: Rc<Content>,
    /// Its id.
    pub id: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// When it was received first.
    pub first_received: Option<Timestamp>,
    /// When it was received last.
    pub last_received: Option<Timestamp>,
    /// How often it was received here.
    pub receives: u32,
    /// Where it stands.
    pub stand: Stand,
    /// The ARN of the queue that it was a dead letter of.
    pub dead_letter_source: Option<String>,
    /// How often it was received in the queues that it was in before.
    #[serde(default)]
    pub receives_before: u32,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stand {
    /// It can be received.
    Ready,
    /// It cannot be received yet.
    Delayed(Timestamp),
    /// It was received, and is hidden until then.
    InFlight(Timestamp),
}

/// What a client sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The text.
    pub body: String,
    /// By name.
    pub attributes: BTreeMap<String, Attribute>,
    /// `AWSTraceHeader`
    pub trace_header: Option<Attribute>,
    /// `AIDA...`
    pub sender_id: String,
    /// `MessageGroupId`
    pub group: Option<String>,
    /// `MessageDeduplicationId`, of a message in a FIFO queue.
    pub deduplication_id: Option<String>,
}

/// An attribute of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// `String`, `Number`, `Binary`, or one of them with more after a point.
    pub data_type: String,
    /// What it says.
    pub value: AttributeValue,
}

/// What an attribute says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeValue {
    /// A text or a number.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
}

/// A message that was sent to a FIFO queue a short time ago.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// Its id.
    pub message_id: String,
    /// Its number.
    pub number: u64,
}

/// What a request to receive got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// The messages: their numbers, and how often each was received then.
    pub messages: Vec<(u64, u32)>,
}

/// A request that waits for messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiter {
    /// Stands for its answer.
    pub ticket: Ticket,
    /// Fires when it has waited long enough.
    pub timer: TimerId,
    /// What it asks for.
    pub wish: Wish,
}

/// A request to receive that would be made again whenever it was answered with nothing: that of a poller of AWS's own.
/// It waits until something comes, and needs no timer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Stands for its answer.
    pub ticket: Ticket,
    /// What it asks for.
    pub wish: Wish,
    /// When it came.
    pub since: Timestamp,
    /// Seconds after which each would have been answered with nothing, and made again.
    pub every_s: u32,
}

/// What a request to receive asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// How many messages at most.
    pub most: usize,
    /// Seconds for which they are hidden; `None`: as the queue says.
    pub visibility_s: Option<u32>,
    /// What of the messages is told beside what was sent.
    pub system_attributes: Vec<String>,
    /// Which attributes are told.
    pub attributes: Vec<String>,
    /// `ReceiveRequestAttemptId`
    pub attempt: Option<String>,
}

/// A task that moves messages from a dead-letter queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveTask {
    /// From where.
    pub source: Key,
    /// Where to; `None`: to where each came from.
    pub destination: Option<Key>,
    /// Messages a second; `None`: as SQS likes.
    pub rate: Option<u32>,
    /// By which it can be cancelled.
    pub handle: String,
    /// How it stands.
    pub status: MoveStatus,
    /// Messages that were moved.
    pub moved: u64,
    /// Messages that there were to move when it began.
    pub to_move: u64,
    /// When it began.
    pub started: Timestamp,
}

/// How a move task stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveStatus {
    /// It runs, and fires this timer for its next messages.
    Running(TimerId),
    /// All were moved.
    Completed,
    /// It was cancelled.
    Cancelled,
    /// A message could not be moved, and why.
    Failed(String),
}
