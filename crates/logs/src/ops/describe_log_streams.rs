//! `DescribeLogStreams`: the streams of a log group, by name or by their last event.
//!
//! `storedBytes` is 0, as it has been on AWS since 2019.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html>

use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::DESCRIBE_MAX;
use crate::model::{Group, State, Stream};
use crate::{store, token};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeLogStreamsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name_prefix: Option<String>,
    order_by: Option<String>,
    descending: Option<bool>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeLogStreamsOutput {
    log_streams: Vec<LogStream>,
    next_token: Option<String>,
}

#[allow(clippy::struct_field_names, reason = "AWS's own names")]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogStream {
    log_stream_name: String,
    creation_time: i64,
    first_event_timestamp: Option<i64>,
    last_event_timestamp: Option<i64>,
    last_ingestion_time: Option<i64>,
    upload_sequence_token: Option<String>,
    arn: String,
    stored_bytes: u64,
}

/// Runs the operation.
pub fn describe_log_streams(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeLogStreamsInput,
) -> Result<DescribeLogStreamsOutput, Error> {
    let name = store::group_name(input.log_group_name, input.log_group_identifier)?;
    let group = logs.group(cx, &name)?;
    let by_time = input.order_by.as_deref() == Some("LastEventTime");
    let prefix = input.log_stream_name_prefix.unwrap_or_default();
    if by_time && !prefix.is_empty() {
        return Err(Error::parameter("Cannot order by LastEventTime with a logStreamNamePrefix."));
    }
    let arn = store::group_arn(&store::key(cx, &name));
    let mut all = sorted(group, &prefix, by_time);
    if input.descending == Some(true) {
        all.reverse();
    }
    let after = input.next_token.as_deref().map(token::read).transpose()?;
    let begin = match after {
        // guess: the stream may have gone since; then the list begins anew.
        Some(after) => all.iter().position(|(name, _)| **name == after).map_or(0, |at| at + 1),
        None => 0,
    };
    let page = token::page_size(input.limit, DESCRIBE_MAX);
    let rest = all.get(begin..).unwrap_or_default();
    let log_streams: Vec<LogStream> =
        rest.iter().take(page).map(|(name, stream)| shown(&arn, name, stream)).collect();
    let last = log_streams.last().filter(|_| rest.len() > page);
    let next_token = last.map(|last| token::write(&last.log_stream_name));
    Ok(DescribeLogStreamsOutput { log_streams, next_token })
}

fn sorted<'a>(group: &'a Group, prefix: &str, by_time: bool) -> Vec<(&'a String, &'a Rc<Stream>)> {
    let mut all: Vec<_> =
        group.streams.iter().filter(|(name, _)| name.starts_with(prefix)).collect();
    if by_time {
        all.sort_by_key(|(_, stream)| stream.events.get_max().map(|(position, _)| *position));
    }
    all
}

fn shown(group_arn: &str, name: &str, stream: &Stream) -> LogStream {
    let first = stream.events.get_min().map(|(position, _)| position.timestamp_ms);
    let last = stream.events.get_max().map(|(position, _)| position.timestamp_ms);
    LogStream {
        log_stream_name: name.to_owned(),
        creation_time: stream.created.as_ms(),
        first_event_timestamp: first,
        last_event_timestamp: last,
        last_ingestion_time: stream.last_ingestion.map(cloudarium_env::Timestamp::as_ms),
        upload_sequence_token: last.map(|_| token::sequence(stream.next_sequence)),
        arn: format!("{group_arn}:log-stream:{name}"),
        stored_bytes: 0,
    }
}
