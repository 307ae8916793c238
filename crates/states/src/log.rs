//! What is told of executions: to CloudWatch Logs, and on the bus.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html>
//! <https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html>

use cloudarium_asl::{Event, EventKind, doc};
use cloudarium_env::Timestamp;
use cloudarium_service::{BusEvent, Ctx, LogLines};
use cloudarium_shape::{Map, Value};
use serde_json::{Value as Json, json};

use crate::history;
use crate::model::{Logging, Record};

/// The lines that an execution's machine wants of `events`, which have just happened.
pub fn write(cx: &mut Ctx<'_>, record: &Record, events: &[Event]) {
    let Some(logging) = record.revision.logging.as_ref().filter(|it| it.level != "OFF") else {
        return;
    };
    let lines: Vec<_> = events
        .iter()
        .filter(|event| wants(&logging.level, event.kind))
        .map(|event| (Timestamp::from_ms(event.at_ms), line(record, event, logging)))
        .collect();
    let parts: Vec<&str> = record.identity.arn.split(':').collect();
    let (region, account) = (parts.get(3), parts.get(4));
    let (Some(region), Some(account)) = (region, account) else { return };
    for arn in &logging.groups {
        let group = arn.split(':').nth(6).unwrap_or_default().to_owned();
        let stream = stream(cx, record);
        if !group.is_empty() && !lines.is_empty() {
            let lines = LogLines { group, stream, lines: lines.clone() };
            cx.host.emit(lines.event(account, region));
        }
    }
}

/// What is written to a log group that a machine is given, before any execution.
pub fn begin(cx: &mut Ctx<'_>, logging: &Logging) {
    const STREAM: &str = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";
    const LINE: &str = "Permissions are set correctly to allow AWS CloudWatch Logs to write into \
                        your logs while creating a subscription.";
    for arn in logging.groups.iter().filter(|_| logging.level != "OFF") {
        let parts: Vec<&str> = arn.split(':').collect();
        if let [_, _, _, region, account, _, group, ..] = parts.as_slice() {
            let (group, stream) = ((*group).to_owned(), STREAM.to_owned());
            let lines = LogLines { group, stream, lines: vec![(cx.now, LINE.to_owned())] };
            cx.host.emit(lines.event(account, region));
        }
    }
}

/// Whether events of a kind are written at a level.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level>
fn wants(level: &str, kind: EventKind) -> bool {
    use EventKind as K;
    let fatal = matches!(kind, K::ExecutionAborted | K::ExecutionFailed | K::ExecutionTimedOut);
    match level {
        "ALL" => true,
        "ERROR" => {
            let name = kind.name();
            fatal
                || kind == K::FailStateEntered
                || ["Failed", "Aborted", "TimedOut"].iter().any(|end| name.ends_with(end))
        }
        "FATAL" => fatal,
        _ => false,
    }
}

/// The stream to which a Standard machine writes in an hour, or that of an Express execution, named
/// by when it began.
fn stream(cx: &Ctx<'_>, record: &Record) -> String {
    let name = &record.identity.machine_name;
    if !record.express {
        let hour = cx.now.iso_s().get(..13).unwrap_or_default().replace('T', "-");
        return format!("states/{name}/{hour}/00000000");
    }
    let began = Timestamp::from_ms(record.identity.started_ms).iso_s();
    let minute = began.get(..16).unwrap_or_default().replace(['T', ':'], "-");
    let hash = record
        .identity
        .arn
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("states/{name}/{minute}/{hash:08x}")
}

/// An event as a line.
fn line(record: &Record, event: &Event, logging: &Logging) -> String {
    let mut told = event.json();
    let mut details = told.get_mut(event.kind.member()).map_or(Json::Null, Json::take);
    if let Some(map) = details.as_object_mut() {
        for (detail, _) in event.details.iter().filter(|(detail, _)| history::is_data(*detail)) {
            let name = detail.name();
            if !logging.include_execution_data {
                map.remove(name);
            } else if name != "parameters" {
                map.insert(format!("{name}Details"), json!({"truncated": false}));
            }
        }
    }
    doc::write(&json!({
        "id": event.id.to_string(),
        "type": event.kind.name(),
        "details": if details.is_null() { json!({}) } else { details },
        "redrive_count": record.identity.redrive_count.to_string(),
        "previous_event_id": event.previous.to_string(),
        "event_timestamp": event.at_ms.to_string(),
        "execution_arn": record.identity.arn,
    }))
}

/// Tells on the bus where a Standard execution stands now.
pub fn status_changed(cx: &mut Ctx<'_>, record: &Record) {
    if record.express {
        return;
    }
    let parts: Vec<&str> = record.identity.arn.split(':').collect();
    let (Some(region), Some(account)) = (parts.get(3), parts.get(4)) else { return };
    let text = |value: Option<String>| value.map_or(Value::Null, Value::String);
    let included = || Value::Map(Map::from([("included".to_owned(), Value::Bool(true))]));
    let (error, cause) = record.error();
    let output = record.output().map(|output| output.text().to_string());
    let output_details = if output.is_some() { included() } else { Value::Null };
    let detail = [
        ("executionArn", Value::from(record.identity.arn.as_str())),
        ("stateMachineArn", Value::from(record.machine_arn.as_str())),
        ("name", Value::from(record.identity.name.as_str())),
        ("status", Value::from(record.status())),
        ("startDate", Value::Int(record.identity.started_ms)),
        ("stopDate", record.stopped.map_or(Value::Null, |at| Value::Int(at.as_ms()))),
        ("input", Value::from(record.input.text().as_ref())),
        ("inputDetails", included()),
        ("output", text(output)),
        ("outputDetails", output_details),
        ("stateMachineVersionArn", text(record.identity.version_arn.clone())),
        ("stateMachineAliasArn", text(record.alias_arn.clone())),
        ("redriveCount", Value::Int(record.identity.redrive_count.into())),
        ("error", text(error)),
        ("cause", text(cause)),
    ];
    cx.host.emit(BusEvent {
        source: "aws.states",
        detail_type: "Step Functions Execution Status Change",
        account: (*account).to_owned(),
        region: (*region).to_owned(),
        resources: vec![record.identity.arn.clone()],
        detail: Value::Map(detail.into_iter().map(|(name, it)| (name.to_owned(), it)).collect()),
    });
}
