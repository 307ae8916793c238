//! `PutLogEvents`: writes a batch of events into a stream.
//!
//! Sequence tokens are not looked at: "The sequence token is now ignored in `PutLogEvents` actions".
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::billing::{event_bytes, ingested};
use crate::error::Error;
use crate::limits::{
    BATCH_BYTES_MAX, BATCH_SPAN_MS_MAX, EVENT_BYTES_MAX, FUTURE_MS_MAX, PAST_MS_MAX,
};
use crate::model::{Group, State};
use crate::{retention, store, subscription, token};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutLogEventsInput {
    log_group_name: String,
    log_stream_name: String,
    log_events: Vec<InputLogEvent>,
    #[serde(rename = "sequenceToken")]
    _sequence_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InputLogEvent {
    timestamp: i64,
    message: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutLogEventsOutput {
    next_sequence_token: String,
    rejected_log_events_info: Option<RejectedLogEventsInfo>,
}

#[allow(clippy::struct_field_names, reason = "AWS's own names")]
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct RejectedLogEventsInfo {
    too_new_log_event_start_index: Option<usize>,
    too_old_log_event_end_index: Option<usize>,
    expired_log_event_end_index: Option<usize>,
}

/// Runs the operation.
pub fn put_log_events(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: PutLogEventsInput,
) -> Result<PutLogEventsOutput, Error> {
    let now = cx.now;
    let key = store::key(cx, &input.log_group_name);
    let group = logs.group_at(&key).ok_or(Error::NoSuchGroup)?;
    group.stream(&input.log_stream_name)?;
    check(&input.log_events)?;
    let rejected = reject(group, now.as_ms(), &input.log_events);
    let first = rejected.too_old_log_event_end_index.max(rejected.expired_log_event_end_index);
    let taken = input.log_events.iter().enumerate().filter(|(at, _)| {
        *at >= first.unwrap_or(0)
            && rejected.too_new_log_event_start_index.is_none_or(|too_new| *at < too_new)
    });
    let events = taken.map(|(_, event)| (event.timestamp, event.message.as_str()));
    let appended = group.append(&input.log_stream_name, now, events);
    let next = group.stream(&input.log_stream_name)?.next_sequence;
    cx.host.charge(ingested(appended.bytes));
    subscription::deliver(group, cx, (&key, &input.log_stream_name), &appended);
    retention::watch(logs, cx, &key);
    Ok(PutLogEventsOutput {
        next_sequence_token: token::sequence(next),
        rejected_log_events_info: Some(rejected)
            .filter(|it| *it != RejectedLogEventsInfo::default()),
    })
}

/// What refuses a whole batch.
fn check(events: &[InputLogEvent]) -> Result<(), Error> {
    let bytes: u64 = events.iter().map(|event| event_bytes(&event.message)).sum();
    if bytes > BATCH_BYTES_MAX {
        return Err(Error::parameter(format!(
            "Upload too large: {bytes} bytes exceeds limit of {BATCH_BYTES_MAX}"
        )));
    }
    let long =
        events.iter().map(|event| event_bytes(&event.message)).find(|b| *b > EVENT_BYTES_MAX);
    if let Some(bytes) = long {
        return Err(Error::parameter(format!(
            "Log event too large: {bytes} bytes exceeds limit of {EVENT_BYTES_MAX}"
        )));
    }
    if !events.is_sorted_by_key(|event| event.timestamp) {
        return Err(Error::parameter(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    let ends = events.first().zip(events.last());
    if ends.is_some_and(|(first, last)| last.timestamp - first.timestamp > BATCH_SPAN_MS_MAX) {
        return Err(Error::parameter(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 \
             hours.",
        ));
    }
    Ok(())
}

/// Events that are too old or too new are left out, and told of.
fn reject(group: &Group, now_ms: i64, events: &[InputLogEvent]) -> RejectedLogEventsInfo {
    let before = |edge_ms: i64| {
        let end = events.partition_point(|event| event.timestamp < edge_ms);
        Some(end).filter(|end| *end > 0)
    };
    let too_new = events.partition_point(|event| event.timestamp <= now_ms + FUTURE_MS_MAX);
    RejectedLogEventsInfo {
        too_new_log_event_start_index: Some(too_new).filter(|at| *at < events.len()),
        too_old_log_event_end_index: before(now_ms - PAST_MS_MAX),
        expired_log_event_end_index: before(
            group.kept_since(cloudarium_env::Timestamp::from_ms(now_ms)),
        ),
    }
}
