//! The words of the SQS console. Terms and names of places are those of AWS's own.

use crate::route::QueuePart;
use crate::state::sizes::{counted, grouped};

pub const SQS: &str = "SQS";
pub const QUEUES: &str = "Queues";
pub const QUEUE: &str = "Queue";
pub const LOADING: &str = "Listing queues.";
pub const LOADING_ONE: &str = "Reading the queue.";
pub const NOT_HERE: &str =
    "There is no such queue in this Region. Was it deleted, or made in another?";
pub const ALL_QUEUES: &str = "All queues";
pub const CREATE: &str = "Create queue";
pub const NO_QUEUES: &str = "No queues yet";
pub const NO_QUEUES_MORE: &str = "A queue keeps messages until somebody has dealt with them: who sends need not wait for who receives, and what fails is there again.";
pub const NAME: &str = "Name";
pub const TYPE: &str = "Type";
pub const STANDARD: &str = "Standard";
pub const STANDARD_MORE: &str =
    "At least once, in about the order in which they were sent. Any number of messages a second.";
pub const FIFO: &str = "FIFO";
pub const FIFO_MORE: &str =
    "Exactly once, first in, first out, within each message group. The name ends in .fifo.";
pub const AVAILABLE: &str = "Messages available";
pub const IN_FLIGHT: &str = "Messages in flight";
pub const DELAYED: &str = "Messages delayed";
pub const DEAD_LETTER_QUEUE: &str = "Dead-letter queue";
pub const CREATED: &str = "Created";
pub const UPDATED: &str = "Last updated";
pub const NONE: &str = "none";
pub const PARTS: &str = "Parts of the queue";
pub const SAVE: &str = "Save";
pub const REMOVE: &str = "Remove";
pub const ARN: &str = "ARN";
pub const URL: &str = "URL";
pub const GO_TO: &str = "Go to SQS";

// ---- create
pub const QUEUE_NAME: &str = "Queue name";
pub const SAMPLE_NAME: &str = "orders";
pub const SAMPLE_FIFO: &str = "orders.fifo";
pub const CONFIGURATION: &str = "Configuration";
pub const CONFIGURATION_MORE: &str =
    "Set the maximum message size, visibility to other consumers, and message retention.";
pub const VISIBILITY: &str = "Visibility timeout (s)";
pub const RETENTION: &str = "Message retention period (s)";
pub const DELAY: &str = "Delivery delay (s)";
pub const SIZE: &str = "Maximum message size (bytes)";
pub const WAIT: &str = "Receive message wait time (s)";
pub const CONTENT_BASED: &str = "Content-based deduplication";
pub const SCOPE: &str = "Deduplication scope";
pub const SCOPES: [(&str, &str); 2] = [("queue", "Queue"), ("messageGroup", "Message group")];
pub const THROUGHPUT: &str = "FIFO throughput limit";
pub const THROUGHPUTS: [(&str, &str); 2] =
    [("perQueue", "Per queue"), ("perMessageGroupId", "Per message group ID")];
pub const DLQ_FOR: &str = "Set this queue to receive undeliverable messages";
pub const NO_DLQ: &str = "None";
pub const MAX_RECEIVES: &str = "Maximum receives";
/// As AWS's console proposes.
pub const MAX_RECEIVES_USUAL: &str = "10";
pub const YES_NO: [(&str, &str); 2] = [("false", "Off"), ("true", "On")];

// ---- messages
pub const MESSAGES: &str = "Send and receive messages";
pub const CLEAR: &str = "Clear this list";
pub const SEND: &str = "Send message";
pub const BODY: &str = "Message body";
pub const GROUP: &str = "Message group ID";
pub const DEDUPLICATION: &str = "Message deduplication ID";
pub const MESSAGE_DELAY: &str = "Delivery delay (s)";
pub const ATTRIBUTES: &str = "Message attributes";
pub const ADD_ATTRIBUTE: &str = "Add attribute";
pub const ATTRIBUTE_TYPES: [&str; 3] = ["String", "Number", "Binary"];
pub const RECEIVE: &str = "Receive messages";
pub const RECEIVE_MORE: &str = "What is received is hidden from everybody else for the visibility timeout, and comes back unless it is deleted.";
pub const POLL: &str = "Poll for messages";
pub const POLLING: &str = "Polling";
pub const MAX_COUNT: &str = "Maximum message count";
/// As AWS's console has it.
pub const MAX_COUNT_USUAL: &str = "10";
pub const POLL_WAIT: &str = "Wait time (s)";
pub const POLL_VISIBILITY: &str = "Visibility timeout (s)";
pub const AS_QUEUE: &str = "What is left empty is as the queue has it.";
pub const RECEIVED: &str = "Received here";
pub const NOTHING_RECEIVED: &str = "Poll, and the messages stand here with their bodies.";
pub const ID: &str = "ID";
pub const SENT: &str = "Sent";
pub const BYTES: &str = "Size";
pub const RECEIVE_COUNT: &str = "Receive count";
pub const STATE: &str = "State";
pub const SYSTEM: &str = "system";
pub const ATTRIBUTE: &str = "Attribute";
pub const VALUE: &str = "Value";
pub const READY: &str = "available";
pub const GONE: &str = "no longer in the queue";
pub const VISIBLE: &str = "visible again";
pub const DELETE: &str = "Delete";
pub const SHOW_AGAIN: &str = "Make visible";
pub const SHOWN_AGAIN: &str = "Changed the visibility";
pub const LYING: &str = "In the queue";
pub const LYING_MORE: &str =
    "AWS shows this to nobody: a real queue is a closed box. A dome may be of glass.";
pub const EMPTY: &str = "The queue is empty.";

// ---- purge and delete
pub const PURGE: &str = "Purge";
pub const PURGED: &str = "Purged the queue";
pub const PURGE_MORE: &str = "All its messages are gone for good. It can be done once a minute.";
pub const DELETE_QUEUE: &str = "Delete queue";
pub const DELETE_MORE: &str = "Its messages go with it. Its name is free again after a minute.";

// ---- configuration
pub const DETAILS: &str = "Details";
pub const ENCRYPTION: &str = "Encryption";
pub const ENCRYPTIONS: [(&str, &str); 2] = [("true", "Amazon SQS key (SSE-SQS)"), ("false", "Off")];
pub const KMS: &str = "AWS KMS key";
pub const POLICY: &str = "Access policy";
pub const POLICY_MORE: &str =
    "Who else may use the queue. Without one, only who has the account's own permission.";
pub const POLICY_JSON: &str = "Access policy (JSON)";
pub const TAGS: &str = "Tags";
pub const TAGS_MORE: &str = "Names and values to find and to bill queues by.";
pub const IS_SET: &str = "set";
pub const NOT_SET: &str = "not set";

// ---- dead letters
pub const DLQ_MORE: &str =
    "What has been received so often and not deleted goes to another queue of the same type.";
pub const ALLOW: &str = "Redrive allow policy";
pub const ALLOW_MORE: &str = "Which queues can use this one as their dead-letter queue.";
pub const PERMISSIONS: [(&str, &str); 2] = [("allowAll", "Allow all"), ("denyAll", "Deny all")];
pub const PERMISSION: &str = "Permission";
pub const BY_QUEUE: &str = "By queue";
pub const SOURCES: &str = "Source queues";
pub const NO_SOURCES: &str = "No queue has this one as its dead-letter queue.";
pub const REDRIVE: &str = "Dead-letter queue redrive";
pub const REDRIVE_MORE: &str =
    "Moves the messages back, once what they failed for is mended. They are new messages then.";
pub const START_REDRIVE: &str = "Start DLQ redrive";
pub const STARTED_REDRIVE: &str = "Started the redrive";
pub const TO_SOURCES: &str = "Redrive to source queue(s)";
pub const DESTINATION: &str = "Message destination";
pub const VELOCITY: &str = "Maximum messages per second";
pub const OPTIMIZED: &str = "Left empty, the velocity is system optimized.";
pub const TASKS: &str = "Redrive tasks";
pub const NO_TASKS: &str = "None yet.";
pub const STATUS: &str = "Status";
pub const MOVED: &str = "Moved";
pub const STARTED: &str = "Started";
pub const CANCEL_TASK: &str = "Cancel the task";
pub const CANCELLED: &str = "Cancelled the redrive";

// ---- triggers
pub const TRIGGERS: &str = "Lambda triggers";
/// As AWS has it unless it is said.
pub const BATCH_USUAL: &str = "10";
pub const TRIGGERS_MORE: &str = "Lambda polls the queue, invokes the function with a batch of messages, and deletes those that went well.";
pub const NO_TRIGGERS: &str = "No function is started by this queue.";
pub const NO_FUNCTIONS: &str = "There is no function in this Region to be started.";
pub const FUNCTION: &str = "Function";
pub const BATCH: &str = "Batch size";
pub const WINDOW: &str = "Batch window (s)";
pub const ADD_TRIGGER: &str = "Configure Lambda function trigger";
pub const ADDED_TRIGGER: &str = "The queue starts the function";
pub const ENABLE: &str = "Enable";
pub const DISABLE: &str = "Disable";
pub const TRIGGER_CHANGED: &str = "Changed the trigger";
pub const TRIGGER_DELETED: &str = "Deleted the trigger";

pub fn section(part: QueuePart) -> &'static str {
    match part {
        QueuePart::Messages => "Send and receive",
        QueuePart::Configuration => CONFIGURATION,
        QueuePart::DeadLetters => "Dead letters",
        QueuePart::Triggers => TRIGGERS,
    }
}

pub fn kind(fifo: bool) -> &'static str {
    if fifo { FIFO } else { STANDARD }
}

pub fn queue_count(count: usize) -> String {
    counted(count, "queue", "queues")
}

/// How many of each kind, approximately, as AWS has it.
pub fn counts(ready: u64, in_flight: u64, delayed: u64) -> String {
    let delayed =
        if delayed > 0 { format!(", {} delayed", grouped(delayed)) } else { String::new() };
    format!("{} available, {} in flight{delayed}", grouped(ready), grouped(in_flight))
}

pub fn creating(name: &str) -> String {
    format!("Create {name}")
}

pub fn created(name: &str) -> String {
    format!("Created {name}")
}

pub fn deleting(name: &str) -> String {
    format!("Delete {name}")
}

pub fn deleted(name: &str) -> String {
    format!("Deleted {name}")
}

pub fn delete_ask(name: &str) -> String {
    format!("Delete the queue {name}?")
}

pub fn purge_ask(name: &str, count: u64) -> String {
    let messages = counted(usize::try_from(count).unwrap_or(usize::MAX), "message", "messages");
    format!("Purge {name}, {messages}?")
}

pub fn sent(id: &str) -> String {
    format!("Sent {}", short_id(id))
}

pub fn received(count: usize) -> String {
    match count {
        0 => "No message came".to_owned(),
        count => format!("Received {}", counted(count, "message", "messages")),
    }
}

pub fn message_deleted(id: &str) -> String {
    format!("Deleted {}", short_id(id))
}

/// The beginning of an id: enough to tell messages apart.
pub fn short_id(id: &str) -> String {
    id.chars().take(8).collect()
}

pub fn hidden(ms: f64) -> String {
    format!("hidden, {:.0} s", (ms / 1_000.0).ceil())
}

pub fn delayed_for(ms: f64) -> String {
    format!("delayed, {:.0} s", (ms / 1_000.0).ceil())
}

pub fn in_flight_for(ms: f64) -> String {
    format!("in flight, {:.0} s", (ms / 1_000.0).ceil())
}

/// `3 of 5`: so many receives until it is a dead letter.
pub fn receives_of(count: u32, most: Option<u32>) -> String {
    most.map_or_else(|| count.to_string(), |most| format!("{count} of {most}"))
}

pub fn delete_message(id: &str) -> String {
    format!("Delete message {}", short_id(id))
}

pub fn show_again(id: &str) -> String {
    format!("{SHOW_AGAIN}: message {}", short_id(id))
}

/// Of a message: the sender's own, and what SQS tells.
pub fn attribute_count(own: usize) -> String {
    format!("{} and what SQS tells", counted(own, "attribute", "attributes"))
}

pub fn deleted_queue(name: &str) -> String {
    format!("{name} (deleted)")
}

pub fn attribute_type(at: usize) -> String {
    format!("Type of attribute {}", at + 1)
}

pub fn changing(what: &str) -> String {
    format!("Change {}", lower(what))
}

pub fn changed(what: &str) -> String {
    format!("Changed {}", lower(what))
}

fn lower(what: &str) -> String {
    let mut letters = what.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}

pub fn toggle_trigger(on: bool, function: &str) -> String {
    format!("{} the trigger of {function}", if on { ENABLE } else { DISABLE })
}

pub fn delete_trigger(function: &str) -> String {
    format!("Delete the trigger of {function}")
}

/// What is more than is shown.
pub fn more(count: usize) -> String {
    format!("and {} more", grouped(count as u64))
}

/// `batches of 10`
pub fn batches(size: u32, window_s: u32) -> String {
    if window_s == 0 {
        format!("batches of {size}")
    } else {
        format!("batches of {size}, gathered for {window_s} s")
    }
}
