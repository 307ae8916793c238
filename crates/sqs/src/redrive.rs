//! Dead-letter queues: which queue sends where, and whether it may.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html>

use cloudarium_env::place::Arn;
use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::limits::{RECEIVE_COUNT_MAX, REDRIVE_SOURCES_MAX};
use crate::model::{Key, Redrive, RedriveAllow, Settings, State};
use crate::name;

/// Reads a `RedrivePolicy`; an empty one takes it away.
pub fn read(text: &str) -> Result<Option<Redrive>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |reason: &str| Error::value(text, "RedrivePolicy", reason);
    let json: Json = serde_json::from_str(text)
        .ok()
        .filter(Json::is_object)
        .ok_or_else(|| refused("Redrive policy is not a valid JSON map."))?;
    let mandatory = |name: &str| {
        let reason = format!("Redrive policy does not contain mandatory attribute: {name}.");
        json.get(name).ok_or_else(|| refused(&reason))
    };
    let target = mandatory("deadLetterTargetArn")?;
    let count = mandatory("maxReceiveCount")?;
    let written = count.as_str().map_or_else(|| count.to_string(), str::to_owned);
    let read = written.parse().ok().filter(|it| (1..=RECEIVE_COUNT_MAX).contains(it));
    let reason = format!(
        "Invalid value for maxReceiveCount: {written}, valid values are from 1 to \
         {RECEIVE_COUNT_MAX} both inclusive."
    );
    let max_receive_count =
        read.and_then(|it| u32::try_from(it).ok()).ok_or_else(|| refused(&reason))?;
    let target_arn = target.as_str().unwrap_or_default().to_owned();
    if Arn::parse(&target_arn).is_some_and(|arn| arn.service != "sqs") {
        return Err(refused("Only SQS queues are valid resources for deadLetterTargetArn"));
    }
    if name::of_arn(&target_arn).is_none() {
        return Err(refused("Invalid value for deadLetterTargetArn."));
    }
    Ok(Some(Redrive { target_arn, max_receive_count }))
}

/// A `RedrivePolicy` as AWS tells it.
pub fn write(redrive: &Redrive) -> String {
    let Redrive { target_arn, max_receive_count } = redrive;
    json!({ "deadLetterTargetArn": target_arn, "maxReceiveCount": max_receive_count }).to_string()
}

/// Reads a `RedriveAllowPolicy`; an empty one takes it away.
pub fn read_allow(text: &str) -> Result<Option<RedriveAllow>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |why: &str| {
        let reason = format!("Amazon SQS can't create the redrive allow policy{why}");
        Error::value(text, "RedriveAllowPolicy", &reason)
    };
    let unsupported = || refused(", as it's in an unsupported format.");
    let json: Json =
        serde_json::from_str(text).ok().filter(Json::is_object).ok_or_else(unsupported)?;
    let arns = json.get("sourceQueueArns");
    let permission = json.get("redrivePermission").and_then(Json::as_str).unwrap_or_default();
    match permission {
        "allowAll" | "denyAll" if arns.is_some() => Err(refused(
            ". You can specify source queue ARNs only when the permission type is byQueue.",
        )),
        "allowAll" => Ok(Some(RedriveAllow::AllowAll)),
        "denyAll" => Ok(Some(RedriveAllow::DenyAll)),
        "byQueue" => {
            let arns = arns.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
            let texts = arns.iter().filter_map(Json::as_str);
            let read: Vec<String> =
                texts.filter(|it| name::of_arn(it).is_some()).map(str::to_owned).collect();
            if arns.is_empty() || arns.len() > REDRIVE_SOURCES_MAX {
                return Err(refused(
                    ". When you specify the byQueue permission type, you must also specify between \
                     1 and 10 source queue ARNs.",
                ));
            }
            // guess: what is no ARN of a queue is a wrong format.
            if read.len() != arns.len() {
                return Err(unsupported());
            }
            Ok(Some(RedriveAllow::ByQueue(read)))
        }
        _ => Err(unsupported()),
    }
}

/// A `RedriveAllowPolicy` as AWS tells it.
pub fn write_allow(allow: &RedriveAllow) -> String {
    match allow {
        RedriveAllow::AllowAll => json!({ "redrivePermission": "allowAll" }),
        RedriveAllow::DenyAll => json!({ "redrivePermission": "denyAll" }),
        RedriveAllow::ByQueue(arns) => {
            json!({ "redrivePermission": "byQueue", "sourceQueueArns": arns })
        }
    }
    .to_string()
}

/// Whether a queue with these attributes may send its dead letters where it says.
pub fn check(sqs: &State, key: &Key, settings: &Settings) -> Result<(), Error> {
    let Some(redrive) = &settings.redrive else { return Ok(()) };
    let refused = |reason: &str| Err(Error::value(&write(redrive), "RedrivePolicy", reason));
    let target = name::of_arn(&redrive.target_arn);
    if target.as_ref().is_some_and(|it| it.region != key.region) {
        return refused("Dead-letter target must be in same region as the source.");
    }
    let Some(target) = target.filter(|it| it.account == key.account) else {
        return refused("Dead-letter target owner should be same as the source.");
    };
    let Some(queue) = sqs.queues.get(&target) else {
        return refused("Dead letter target does not exist.");
    };
    if queue.is_fifo() != settings.fifo.is_some() {
        return refused("Dead-letter queue must be same type of queue as the source.");
    }
    let allowed = match &queue.settings.redrive_allow {
        None | Some(RedriveAllow::AllowAll) => true,
        Some(RedriveAllow::DenyAll) => false,
        Some(RedriveAllow::ByQueue(arns)) => arns.contains(&name::arn(key)),
    };
    if allowed {
        return Ok(());
    }
    refused("Dead-letter queue redrive permission denied.")
}

/// The queues whose dead letters come here.
pub fn sources<'a>(sqs: &'a State, key: &'a Key) -> impl Iterator<Item = &'a Key> {
    let arn = name::arn(key);
    let sends_here = move |settings: &Settings| {
        settings.redrive.as_ref().is_some_and(|redrive| redrive.target_arn == arn)
    };
    sqs.queues.iter().filter(move |(_, it)| sends_here(&it.settings)).map(|(key, _)| key)
}
