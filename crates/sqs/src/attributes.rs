//! The attributes of queues: read, checked, told.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
//!
//! Differences from AWS: keys of KMS are kept and told, and nothing is encrypted with them.

use std::collections::BTreeMap;

use cloudarium_policy::{Kind, parse};

use crate::error::Error;
use crate::limits::{
    DELAY_S_MAX, KMS_REUSE_S, KMS_REUSE_S_USUAL, MESSAGE_BYTES_MAX, MESSAGE_BYTES_MIN, RETENTION_S,
    RETENTION_S_USUAL, VISIBILITY_S_MAX, VISIBILITY_S_USUAL, WAIT_S_MAX,
};
use crate::model::{Fifo, Key, Queue, Settings};
use crate::queue::Counts;
use crate::{name, redrive};

/// Every attribute that can be asked for.
pub const NAMES: [&str; 21] = [
    "Policy",
    "VisibilityTimeout",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
    "ApproximateNumberOfMessagesDelayed",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "RedrivePolicy",
    "FifoQueue",
    "ContentBasedDeduplication",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "RedriveAllowPolicy",
    "SqsManagedSseEnabled",
];

/// What a queue has unless it is said.
pub fn usual(fifo: Option<Fifo>) -> Settings {
    Settings {
        delay_s: 0,
        message_bytes_max: u32::try_from(MESSAGE_BYTES_MAX).unwrap_or(u32::MAX),
        retention_s: RETENTION_S_USUAL,
        wait_s: 0,
        visibility_s: VISIBILITY_S_USUAL,
        redrive: None,
        redrive_allow: None,
        policy: None,
        kms_key: None,
        kms_reuse_s: KMS_REUSE_S_USUAL,
        sqs_managed_sse: true,
        fifo,
    }
}

/// The attributes of a new queue, which says itself whether it is FIFO.
pub fn of_new(sent: &BTreeMap<String, String>) -> Result<Settings, Error> {
    let fifo = match sent.get("FifoQueue").map(|value| truth("FifoQueue", value)).transpose()? {
        None => None,
        Some(true) => Some(Fifo::default()),
        // Recorded by many: a standard queue knows no such attribute, not even to say no.
        Some(false) => return Err(unknown("FifoQueue")),
    };
    let mut settings = usual(fifo);
    let mut others = sent.clone();
    others.remove("FifoQueue");
    apply(&mut settings, &others)?;
    Ok(settings)
}

fn bad(name: &str) -> Error {
    Error::InvalidAttributeValue(format!("Invalid value for the parameter {name}."))
}

fn bad_because(name: &str, reason: &str) -> Error {
    Error::InvalidAttributeValue(format!(
        "Invalid value for the parameter {name}. Reason: {reason}"
    ))
}

/// `true` or `false`, in any case: AWS's own example sends `True`.
/// <https://docs.aws.amazon.com/code-library/latest/ug/python_3_sqs_code_examples.html>
fn truth(name: &str, value: &str) -> Result<bool, Error> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(bad(name)),
    }
}

/// An attribute that is none.
pub fn unknown(name: &str) -> Error {
    Error::InvalidAttributeName(format!("Unknown Attribute {name}."))
}

/// An attribute that only FIFO queues have.
fn of_fifo_only(name: &str) -> Error {
    match name {
        "ContentBasedDeduplication" => unknown(name),
        _ => Error::InvalidAttributeValue(format!(
            "You can specify the {name} only when FifoQueue is set to true."
        )),
    }
}

/// Sets what was sent. Nothing is set if anything cannot be.
pub fn apply(settings: &mut Settings, sent: &BTreeMap<String, String>) -> Result<(), Error> {
    let mut next = settings.clone();
    for (name, value) in sent {
        one(&mut next, name, value)?;
    }
    if next.kms_key.is_some() {
        let asked = sent.get("SqsManagedSseEnabled").is_some_and(|_| next.sqs_managed_sse);
        if asked && sent.get("KmsMasterKeyId").is_some_and(|it| !it.is_empty()) {
            return Err(Error::InvalidAttributeValue(
                "You can use one type of server-side encryption (SSE) at one time. You can either \
                 enable KMS SSE or SQS SSE."
                    .to_owned(),
            ));
        }
        if asked {
            next.kms_key = None;
        } else {
            next.sqs_managed_sse = false;
        }
    }
    // <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html>
    if next.fifo.as_ref().is_some_and(|fifo| fifo.limit_is_group && !fifo.scope_is_group) {
        return Err(bad_because(
            "FifoThroughputLimit",
            "To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be \
             messageGroup.",
        ));
    }
    *settings = next;
    Ok(())
}

fn one(settings: &mut Settings, name: &str, value: &str) -> Result<(), Error> {
    let number = |(least, most): (i64, i64)| {
        let found = value.parse().ok().filter(|it| (least..=most).contains(it));
        found.and_then(|it| u32::try_from(it).ok()).ok_or_else(|| bad(name))
    };
    match name {
        "DelaySeconds" => settings.delay_s = number((0, DELAY_S_MAX))?,
        "MaximumMessageSize" => {
            settings.message_bytes_max = number((MESSAGE_BYTES_MIN, MESSAGE_BYTES_MAX))?;
        }
        "MessageRetentionPeriod" => settings.retention_s = number(RETENTION_S)?,
        "ReceiveMessageWaitTimeSeconds" => settings.wait_s = number((0, WAIT_S_MAX))?,
        "VisibilityTimeout" => settings.visibility_s = number((0, VISIBILITY_S_MAX))?,
        "KmsDataKeyReusePeriodSeconds" => settings.kms_reuse_s = number(KMS_REUSE_S)?,
        "KmsMasterKeyId" => settings.kms_key = (!value.is_empty()).then(|| value.to_owned()),
        "SqsManagedSseEnabled" => settings.sqs_managed_sse = truth(name, value)?,
        "Policy" => settings.policy = policy(value)?,
        "RedrivePolicy" => settings.redrive = redrive::read(value)?,
        "RedriveAllowPolicy" => settings.redrive_allow = redrive::read_allow(value)?,
        "FifoQueue" => {
            return Err(bad_because(name, "Modifying queue type is not supported."));
        }
        "ContentBasedDeduplication" | "DeduplicationScope" | "FifoThroughputLimit" => {
            let fifo = settings.fifo.as_mut().ok_or_else(|| of_fifo_only(name))?;
            match (name, value) {
                ("ContentBasedDeduplication", _) => fifo.content_based = truth(name, value)?,
                ("DeduplicationScope", "messageGroup") => fifo.scope_is_group = true,
                ("DeduplicationScope", "queue") => fifo.scope_is_group = false,
                ("FifoThroughputLimit", "perMessageGroupId") => fifo.limit_is_group = true,
                ("FifoThroughputLimit", "perQueue") => fifo.limit_is_group = false,
                _ => return Err(bad_because(name, "not a supported value.")),
            }
        }
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn policy(value: &str) -> Result<Option<String>, Error> {
    if value.is_empty() {
        return Ok(None);
    }
    match parse(value, Kind::Resource) {
        Ok(_) => Ok(Some(value.to_owned())),
        Err(_) => Err(bad("Policy")),
    }
}

/// What an attribute that can be set is; `None` if it is not set, or is none of this kind of queue.
pub fn told(settings: &Settings, name: &str) -> Option<String> {
    let fifo = settings.fifo.as_ref();
    let either = |truth: bool, yes: &str, no: &str| Some(if truth { yes } else { no }.to_owned());
    match name {
        "Policy" => settings.policy.clone(),
        "VisibilityTimeout" => Some(settings.visibility_s.to_string()),
        "MaximumMessageSize" => Some(settings.message_bytes_max.to_string()),
        "MessageRetentionPeriod" => Some(settings.retention_s.to_string()),
        "DelaySeconds" => Some(settings.delay_s.to_string()),
        "ReceiveMessageWaitTimeSeconds" => Some(settings.wait_s.to_string()),
        "RedrivePolicy" => settings.redrive.as_ref().map(redrive::write),
        "RedriveAllowPolicy" => settings.redrive_allow.as_ref().map(redrive::write_allow),
        "KmsMasterKeyId" => settings.kms_key.clone(),
        "KmsDataKeyReusePeriodSeconds" => {
            settings.kms_key.as_ref().map(|_| settings.kms_reuse_s.to_string())
        }
        "SqsManagedSseEnabled" => Some(settings.sqs_managed_sse.to_string()),
        "FifoQueue" => fifo.map(|_| "true".to_owned()),
        "ContentBasedDeduplication" => fifo.map(|it| it.content_based.to_string()),
        "DeduplicationScope" => {
            fifo.and_then(|it| either(it.scope_is_group, "messageGroup", "queue"))
        }
        "FifoThroughputLimit" => {
            fifo.and_then(|it| either(it.limit_is_group, "perMessageGroupId", "perQueue"))
        }
        _ => None,
    }
}

/// What an attribute of a queue is.
pub fn shown((key, queue): (&Key, &Queue), counts: Counts, name: &str) -> Option<String> {
    match name {
        "ApproximateNumberOfMessages" => Some(counts.ready.to_string()),
        "ApproximateNumberOfMessagesNotVisible" => Some(counts.in_flight.to_string()),
        "ApproximateNumberOfMessagesDelayed" => Some(counts.delayed.to_string()),
        "CreatedTimestamp" => Some(queue.created.as_epoch_s().0.to_string()),
        "LastModifiedTimestamp" => Some(queue.modified.as_epoch_s().0.to_string()),
        "QueueArn" => Some(name::arn(key)),
        _ => told(&queue.settings, name),
    }
}
