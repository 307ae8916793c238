//! `GetLogEvents`: the events of one stream, from its end or from its head, with tokens for either way on.
//!
//! Differences from AWS: a page is never empty while there are events further on.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::page::{Room, Span, Token, cut};
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetLogEventsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name: String,
    start_time: Option<i64>,
    end_time: Option<i64>,
    next_token: Option<String>,
    limit: Option<i64>,
    start_from_head: Option<bool>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetLogEventsOutput {
    events: Vec<OutputLogEvent>,
    next_forward_token: String,
    next_backward_token: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OutputLogEvent {
    timestamp: i64,
    message: String,
    ingestion_time: i64,
}

/// Runs the operation.
pub fn get_log_events(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: GetLogEventsInput,
) -> Result<GetLogEventsOutput, Error> {
    let name = store::group_name(input.log_group_name, input.log_group_identifier)?;
    let group = logs.group(cx, &name)?;
    let stream = group.stream(&input.log_stream_name)?;
    let span = Span {
        from_ms: input.start_time.unwrap_or(0).max(group.kept_since(cx.now)),
        until_ms: input.end_time.unwrap_or(i64::MAX),
    };
    let token = input.next_token.as_deref().map(Token::parse).transpose()?;
    let from_head = input.start_from_head == Some(true);
    let page = cut(&stream.events, span, token, (from_head, Room::new(input.limit)));
    let shown = page.events.iter().map(|(position, event)| OutputLogEvent {
        timestamp: position.timestamp_ms,
        message: event.message.to_string(),
        ingestion_time: event.ingested.as_ms(),
    });
    Ok(GetLogEventsOutput {
        events: shown.collect(),
        next_forward_token: page.forward.text(),
        next_backward_token: page.backward.text(),
    })
}
