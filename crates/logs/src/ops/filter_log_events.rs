//! `FilterLogEvents`: the events of many streams that match a pattern, in the order of time.
//!
//! Differences from AWS: `searchedLogStreams` is empty, as AWS has had it since 2020; the whole span is
//! searched for each page.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::filter::Filter;
use crate::model::{Event, Group, Position, State};
use crate::page::{Room, Span};
use crate::{store, token};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FilterLogEventsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_names: Option<Vec<String>>,
    log_stream_name_prefix: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    filter_pattern: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
    #[serde(rename = "interleaved")]
    _interleaved: Option<bool>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterLogEventsOutput {
    events: Vec<FilteredLogEvent>,
    searched_log_streams: [(); 0],
    next_token: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FilteredLogEvent {
    log_stream_name: String,
    timestamp: i64,
    message: String,
    ingestion_time: i64,
    event_id: String,
}

/// An event's place among those of all streams of a group.
type Place<'a> = (i64, &'a str, u64);

/// Runs the operation.
pub fn filter_log_events(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: FilterLogEventsInput,
) -> Result<FilterLogEventsOutput, Error> {
    let name = store::group_name(input.log_group_name, input.log_group_identifier)?;
    let group = logs.group(cx, &name)?;
    let streams = streams(group, input.log_stream_names, input.log_stream_name_prefix.as_deref())?;
    let filter = Filter::parse(input.filter_pattern.as_deref().unwrap_or_default())?;
    let span = Span {
        from_ms: input.start_time.unwrap_or(0).max(group.kept_since(cx.now)),
        until_ms: input.end_time.map_or(i64::MAX, |end| end.saturating_add(1)),
    };
    let token = input.next_token.as_deref().map(token::read).transpose()?;
    let after = token.as_deref().map(place).transpose()?;
    let mut room = Room::new(input.limit);
    let (mut events, mut more) = (Vec::new(), false);
    for (stream, position, event) in in_order(group, &streams, span) {
        let here = (position.timestamp_ms, stream, position.sequence);
        if after.is_some_and(|after| here <= after) || !filter.matches(&event.message) {
            continue;
        }
        if !room.take(&event.message, events.len()) {
            more = true;
            break;
        }
        events.push(shown(here, event));
    }
    let last = events.last().filter(|_| more);
    let next_token = last.map(|last: &FilteredLogEvent| {
        let sequence = last.event_id.get(40..).unwrap_or_default();
        token::write(&format!("{}/{sequence}/{}", last.timestamp, last.log_stream_name))
    });
    Ok(FilterLogEventsOutput { events, searched_log_streams: [], next_token })
}

/// The streams that are asked for, each of which must be there.
fn streams(
    group: &Group,
    names: Option<Vec<String>>,
    prefix: Option<&str>,
) -> Result<Vec<String>, Error> {
    match (names, prefix) {
        // guess: the documentation names the error, not its words.
        (Some(_), Some(_)) => Err(Error::parameter(
            "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.",
        )),
        (Some(names), None) => {
            names.iter().try_for_each(|name| group.stream(name).map(|_| ()))?;
            Ok(names)
        }
        (None, prefix) => {
            let prefix = prefix.unwrap_or_default();
            Ok(group.streams.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
        }
    }
}

fn in_order<'a>(
    group: &'a Group,
    streams: &'a [String],
    span: Span,
) -> Vec<(&'a str, Position, &'a Event)> {
    let edge = |timestamp_ms| Position { timestamp_ms, sequence: 0 };
    if span.from_ms >= span.until_ms {
        return Vec::new();
    }
    let mut all: Vec<_> = streams
        .iter()
        .filter_map(|name| group.streams.get_key_value(name))
        .flat_map(|(name, stream)| {
            let range = stream.events.range(edge(span.from_ms)..edge(span.until_ms));
            range.map(|(position, event)| (name.as_str(), *position, event))
        })
        .collect();
    all.sort_by_key(|(stream, position, _)| (position.timestamp_ms, *stream, position.sequence));
    all
}

/// Reads what a token says.
fn place(token: &str) -> Result<Place<'_>, Error> {
    let mut parts = token.splitn(3, '/');
    let mut read =
        || Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?));
    let (timestamp, sequence, stream) = read().ok_or_else(token::invalid)?;
    Ok((timestamp, stream, sequence))
}

fn shown((timestamp, stream, sequence): Place<'_>, event: &Event) -> FilteredLogEvent {
    FilteredLogEvent {
        log_stream_name: stream.to_owned(),
        timestamp,
        message: event.message.to_string(),
        ingestion_time: event.ingested.as_ms(),
        event_id: store::event_id(stream, Position { timestamp_ms: timestamp, sequence }),
    }
}
