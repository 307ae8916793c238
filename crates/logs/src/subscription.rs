//! Subscription filters: events that match a pattern are sent to a function as they come.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample>
//!
//! Differences from AWS: they come at once, and what cannot be delivered is not tried again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_env::place::Arn;
use cloudarium_service::{ApiCall, Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value};
use serde::Serialize;
use serde_json::json;

use crate::error::Error;
use crate::filter::{Extracted, Filter};
use crate::gzip;
use crate::limits::{DELIVERY_BYTES_MAX, SUBSCRIPTIONS_MAX};
use crate::model::{Group, GroupKey, State, Subscription, Trial};
use crate::store::{self, Appended};

/// The role by which Lambda knows CloudWatch Logs.
const OWN_ROLE: &str = "aws-service-role/logs.amazonaws.com/AWSServiceRoleForCloudWatchLogs";

/// Whether a group may have a subscription filter of this name.
pub fn check_room(group: &Group, name: &str) -> Result<(), Error> {
    let has_room = group.subscriptions.len() < SUBSCRIPTIONS_MAX;
    if has_room || group.subscriptions.contains_key(name) {
        return Ok(());
    }
    Err(Error::LimitExceeded)
}

/// Asks the destination whether it could be invoked. The answer comes to [`tried`].
pub fn attempt(logs: &mut State, cx: &mut Ctx<'_>, trial: Trial) {
    let call = call(&trial.group, (&trial.name, &trial.subscription), ("DryRun", None));
    let ticket = cx.host.call(call);
    logs.trials.insert(ticket, trial);
}

/// The destination has answered: if it could be invoked, the filter is put.
pub fn tried(logs: &mut State, cx: &mut Ctx<'_>, ticket: Ticket, result: &Result<Value, Fault>) {
    // What came of a delivery is not looked at.
    let Some(trial) = logs.trials.remove(&ticket) else { return };
    let request = trial.request;
    let put = if result.is_ok() { put(logs, trial) } else { Err(not_permitted()) };
    let answer = put.map(|()| Value::Map(Map::new())).map_err(Fault::from);
    cx.host.answer(request, answer);
}

fn put(logs: &mut State, trial: Trial) -> Result<(), Error> {
    // It may have gone, or have got others, meanwhile.
    let group = logs.group_at(&trial.group).ok_or(Error::NoSuchGroup)?;
    check_room(group, &trial.name)?;
    group.subscriptions.insert(trial.name, trial.subscription);
    Ok(())
}

/// Of a function that is not there, too.
fn not_permitted() -> Error {
    Error::parameter(
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission \
         to execute your function.",
    )
}

/// Sends events that have come to those who subscribe to them.
pub fn deliver(
    group: &Group,
    cx: &mut Ctx<'_>,
    (key, stream): (&GroupKey, &str),
    appended: &Appended,
) {
    for (name, subscription) in &group.subscriptions {
        let Ok(filter) = Filter::parse(&subscription.pattern) else { continue };
        for events in batches(&filter, stream, appended) {
            let message = message((key, stream), name, events);
            let data = STANDARD.encode(gzip::packed(message.as_bytes()));
            let event = json!({ "awslogs": { "data": data } }).to_string();
            let invocation = ("Event", Some(Bytes::from(event)));
            let call = call(key, (name, subscription), invocation);
            cx.host.call(call);
        }
    }
}

/// What a subscriber gets, in its order of members.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    message_type: &'static str,
    owner: &'a str,
    log_group: &'a str,
    log_stream: &'a str,
    subscription_filters: [&'a str; 1],
    log_events: Vec<LogEvent<'a>>,
}

fn message((key, stream): (&GroupKey, &str), name: &str, log_events: Vec<LogEvent<'_>>) -> String {
    let data = Data {
        message_type: "DATA_MESSAGE",
        owner: &key.account,
        log_group: &key.name,
        log_stream: stream,
        subscription_filters: [name],
        log_events,
    };
    // Texts and numbers can be written.
    serde_json::to_string(&data).unwrap_or_default()
}

/// An event, as a subscriber gets it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogEvent<'a> {
    id: String,
    timestamp: i64,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    extracted_fields: Option<Extracted>,
}

/// What matches, in lists that can be sent.
fn batches<'a>(filter: &Filter, stream: &str, appended: &'a Appended) -> Vec<Vec<LogEvent<'a>>> {
    let mut batches: Vec<Vec<LogEvent<'a>>> = Vec::new();
    let mut bytes = 0;
    for (position, message) in &appended.events {
        let Some(extracted) = filter.extract(message) else { continue };
        if batches.is_empty() || bytes + message.len() > DELIVERY_BYTES_MAX {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += message.len();
        let event = LogEvent {
            id: store::event_id(stream, *position),
            timestamp: position.timestamp_ms,
            message,
            extracted_fields: fields(filter, extracted),
        };
        // A message that is larger than a list may be goes alone.
        if let Some(batch) = batches.last_mut() {
            batch.push(event);
        }
    }
    batches
}

/// What columns are called, without the sign that begins their names. (guess: of patterns of columns alone.)
fn fields(filter: &Filter, extracted: Extracted) -> Option<Extracted> {
    let plain = |name: String| name.strip_prefix('$').map_or(name.clone(), str::to_owned);
    matches!(filter, Filter::Columns(_))
        .then(|| extracted.into_iter().map(|(name, value)| (plain(name), value)).collect())
}

/// An invocation of the destination, on CloudWatch Logs' own behalf: its policy must let this group invoke it.
fn call(
    key: &GroupKey,
    (name, subscription): (&str, &Subscription),
    (kind, payload): (&str, Option<Bytes>),
) -> ApiCall {
    let arn = &subscription.destination_arn;
    let region = Arn::parse(arn).map_or(key.region.as_str(), |arn| arn.region);
    let mut input = Map::from([
        ("FunctionName".to_owned(), Value::from(arn.as_str())),
        ("InvocationType".to_owned(), Value::from(kind)),
    ]);
    input.extend(payload.map(|payload| ("Payload".to_owned(), Value::Blob(payload))));
    ApiCall {
        service: "lambda".to_owned(),
        operation: "Invoke".to_owned(),
        input: Value::Map(input),
        region: region.to_owned(),
        role_arn: format!("arn:aws:iam::{}:role/{OWN_ROLE}", key.account),
        // By it the receiver knows the `aws:SourceArn` of its policy.
        session: format!("{}:{}:log-group:{}:*", key.region, key.account, key.name),
        source: Some(format!("subscription filter {name}")),
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;

    use super::*;
    use crate::model::Stream;
    use std::rc::Rc;

    fn appended(messages: &[&str]) -> Appended {
        let at = Timestamp::from_ms(0);
        let mut group = Group::new(at, [].into());
        group.streams.insert("s".to_owned(), Rc::new(Stream::new(at)));
        group.append("s", at, messages.iter().map(|message| (5, *message)))
    }

    fn told(pattern: &str, messages: &[&str]) -> Vec<String> {
        let appended = appended(messages);
        let filter = Filter::parse(pattern).expect("a pattern");
        let (account, region) = ("123456789012".to_owned(), "us-east-1".to_owned());
        let key = GroupKey { account, region, name: "/app".to_owned() };
        let batches = batches(&filter, "s", &appended).into_iter();
        batches.map(|events| message((&key, "s"), "errors", events)).collect()
    }

    #[test]
    fn what_matches_is_told() {
        let id = store::event_id("s", crate::model::Position { timestamp_ms: 5, sequence: 2 });
        assert_eq!(id.len(), 56);
        assert_eq!(
            told("ERROR", &["fine", "ERROR 1", "fine"]),
            [format!(
                "{{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"/app\",\
                 \"logStream\":\"s\",\"subscriptionFilters\":[\"errors\"],\"logEvents\":[{{\"id\":\"{id}\",\
                 \"timestamp\":5,\"message\":\"ERROR 1\"}}]}}"
            )]
        );
        assert!(told("ERROR", &["fine"]).is_empty());
        let columns = told("[ip, status=5*]", &["1.2.3.4 503"]);
        let fields = r#""extractedFields":{"ip":"1.2.3.4","status":"503"}"#;
        assert!(columns.first().is_some_and(|one| one.contains(fields)), "{columns:?}");
    }

    #[test]
    fn what_is_much_is_told_in_parts() {
        let long = "x".repeat(DELIVERY_BYTES_MAX / 2);
        let larger = "y".repeat(DELIVERY_BYTES_MAX + 1);
        let parts = told("", &[&long, &long, &long, &larger]);
        let counts: Vec<usize> = parts.iter().map(|part| part.matches("\"id\"").count()).collect();
        assert_eq!(counts, [2, 1, 1]);
    }
}
