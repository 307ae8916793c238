//! Calls targets, through the cloud's one door; tries again, and gives up.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html>

use std::time::Duration;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_env::place::Arn;
use cloudarium_service::{ApiCall, Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value};

use crate::destinations::deliver;
use crate::limits::{EVENT_AGE_S_USUAL, RETRIES_USUAL};
use crate::model::{Delivery, RuleKey, Stage, State, Target};
use crate::{name, route, store};

/// The role by which services know EventBridge; see `cloudarium_service::Principal::service`.
const OWN_ROLE: &str = "aws-service-role/events.amazonaws.com/AWSServiceRoleForAmazonEventBridge";
/// Milliseconds before a first retry. guess: AWS says "exponential back off and jitter", and no numbers.
const BACKOFF_MS: u64 = 1_000;
/// Milliseconds between retries at most. guess: as above.
const BACKOFF_MS_MAX: u64 = 600_000;

/// What is done first with an event for a target.
pub fn first_stage(target: &Target) -> Stage {
    let is_log = Arn::parse(&target.arn).is_some_and(|arn| arn.service == "logs");
    if is_log { Stage::LogStream } else { Stage::Target }
}

/// Why a target did not take an event in.
pub struct Failure {
    /// What a dead letter says of it.
    pub code: &'static str,
    /// AWS's words.
    pub words: String,
    /// Whether another try may help.
    pub passes: bool,
    /// How long another try has to wait, where the target says.
    pub wait: Option<Duration>,
}

/// Calls a target.
pub fn begin(state: &mut State, cx: &mut Ctx<'_>, delivery: Delivery) {
    if deliver::is_destination(&delivery.target.arn) {
        return deliver::begin(state, cx, delivery);
    }
    let Some(call) = call_of(&delivery).map(|call| api_call(&delivery, call)) else {
        let words = format!("{} is not a target that can be called.", delivery.target.arn);
        return give_up(state, cx, delivery, ("INVALID_PARAMETER", &words, None));
    };
    let ticket = cx.host.call(call);
    state.calls.insert(ticket, delivery);
}

fn api_call(delivery: &Delivery, (arn, operation, members, role_arn): Call<'_>) -> ApiCall {
    let RuleKey { bus, name } = &delivery.rule;
    let (role_arn, session) = match role_arn {
        Some(role_arn) => (role_arn, name.clone()),
        // By it the receiver knows what EventBridge acts for: the `aws:SourceArn` of its policy.
        None => (
            format!("arn:aws:iam::{}:role/{OWN_ROLE}", bus.account),
            format!("{}:{}:{}", bus.region, bus.account, name::rule_path(&delivery.rule)),
        ),
    };
    let service = if arn.service == "states" { "stepfunctions" } else { arn.service };
    let input: Map = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    ApiCall {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input: Value::Map(input),
        region: arn.region.to_owned(),
        role_arn,
        session,
        source: Some(format!("rule {name}")),
    }
}

/// What is called, with what input, and the role where it is not EventBridge's own.
type Call<'a> = (Arn<'a>, &'static str, Vec<(&'static str, Value)>, Option<String>);

fn call_of(delivery: &Delivery) -> Option<Call<'_>> {
    if delivery.stage == Stage::DeadLetter {
        let arn = Arn::parse(delivery.target.dead_letter_arn.as_deref()?)?;
        let body = Value::String(delivery.event.json().to_string());
        let members = vec![("QueueUrl", queue_url(arn)), ("MessageBody", body)];
        return Some((arn, "SendMessage", members, None));
    }
    let arn = Arn::parse(&delivery.target.arn)?;
    let role_arn = delivery.target.role_arn.clone();
    let text = Value::String(route::text(delivery));
    Some(match arn.service {
        "lambda" => {
            let payload = Value::Blob(Bytes::from(route::text(delivery)));
            let members = vec![
                ("FunctionName", Value::from(delivery.target.arn.as_str())),
                ("InvocationType", Value::from("Event")),
                ("Payload", payload),
            ];
            (arn, "Invoke", members, role_arn)
        }
        "sqs" => {
            let mut members = vec![("QueueUrl", queue_url(arn)), ("MessageBody", text)];
            let group = delivery.target.message_group_id.as_deref();
            members.extend(group.map(|group| ("MessageGroupId", Value::from(group))));
            (arn, "SendMessage", members, role_arn)
        }
        "sns" => {
            let topic = Value::from(delivery.target.arn.as_str());
            (arn, "Publish", vec![("TopicArn", topic), ("Message", text)], role_arn)
        }
        "states" => {
            let machine = Value::from(delivery.target.arn.as_str());
            (arn, "StartExecution", vec![("stateMachineArn", machine), ("input", text)], role_arn)
        }
        "logs" => log_call(arn, delivery, text)?,
        _ => return None,
    })
}

/// A log gets a stream for each event, and the event in it.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions>
fn log_call<'a>(arn: Arn<'a>, delivery: &Delivery, text: Value) -> Option<Call<'a>> {
    let group = arn.resource.strip_prefix("log-group:")?;
    let group = group.strip_suffix(":*").unwrap_or(group);
    // guess: AWS's streams have names of this look.
    let names = vec![
        ("logGroupName", Value::from(group)),
        ("logStreamName", Value::from(delivery.event.id.as_str())),
    ];
    if delivery.stage == Stage::LogStream {
        return Some((arn, "CreateLogStream", names, None));
    }
    let at = Value::Int(delivery.event.ingested.as_ms());
    let line = Map::from([("timestamp".to_owned(), at), ("message".to_owned(), text)]);
    let lines = vec![("logEvents", Value::List(vec![Value::Map(line)]))];
    Some((arn, "PutLogEvents", [names, lines].concat(), None))
}

fn queue_url(arn: Arn<'_>) -> Value {
    let Arn { region, account, resource, .. } = arn;
    Value::String(format!("https://sqs.{region}.amazonaws.com/{account}/{resource}"))
}

/// A target has answered.
pub fn answered(state: &mut State, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
    let Some(mut delivery) = state.calls.remove(&ticket) else { return };
    if let Some(sent) = state.sent.remove(&ticket) {
        return deliver::answered(state, cx, delivery, (sent, result));
    }
    let counts = state.rules.get_mut(&delivery.rule).map(|rule| &mut rule.counts);
    match (result, delivery.stage) {
        (Ok(_), Stage::LogStream) => {
            delivery.stage = Stage::Target;
            begin(state, cx, delivery);
        }
        (Ok(_), Stage::Target | Stage::Turn) => taken(state, &delivery),
        (Ok(_), Stage::DeadLetter) => {
            if let Some(counts) = counts {
                counts.dead_letters += 1;
            }
        }
        (Err(fault), Stage::LogStream) if fault.code == "ResourceAlreadyExistsException" => {
            delivery.stage = Stage::Target;
            begin(state, cx, delivery);
        }
        (Err(fault), Stage::DeadLetter) => {
            if let Some(counts) = counts {
                counts.lost_dead_letters += 1;
                counts.last_error = Some(format!("{}: {}", fault.code, fault.message));
            }
        }
        (Err(fault), _) => failed(state, cx, delivery, of_fault(&fault)),
    }
}

/// A target has taken an event in.
pub fn taken(state: &mut State, delivery: &Delivery) {
    if let Some(rule) = state.rules.get_mut(&delivery.rule) {
        rule.counts.invocations += 1;
    }
}

fn of_fault(fault: &Fault) -> Failure {
    let passes = matches!(fault.status, 429 | 500 | 502..);
    let code = match fault.status {
        429 => "THROTTLING",
        _ if passes => "ERROR_FROM_TARGET",
        _ => error_code(fault),
    };
    Failure { code, words: format!("{}: {}", fault.code, fault.message), passes, wait: None }
}

/// A target did not take an event in: it is tried again, unless that would be of no use.
pub fn failed(state: &mut State, cx: &mut Ctx<'_>, mut delivery: Delivery, failure: Failure) {
    let Failure { code, words, passes, wait } = failure;
    if !passes {
        return give_up(state, cx, delivery, (code, &words, None));
    }
    let retry = delivery.target.retry;
    let attempts = retry.and_then(|it| it.attempts).unwrap_or(RETRIES_USUAL);
    let age_s = retry.and_then(|it| it.age_s).unwrap_or(EVENT_AGE_S_USUAL);
    if delivery.retries >= attempts {
        return give_up(state, cx, delivery, (code, &words, Some("MaximumRetryAttempts")));
    }
    let most = BACKOFF_MS.saturating_mul(1 << delivery.retries.min(20)).min(BACKOFF_MS_MAX);
    let backoff = Duration::from_millis(most / 2 + cx.rng.below(most / 2 + 1));
    // "EventBridge chooses the more conservative value between the defined retry policy and the `Retry-After` header."
    let due = cx.now.plus(wait.map_or(backoff, |wait| wait.max(backoff)));
    if due.since(delivery.event.ingested) > Duration::from_secs(age_s) {
        return give_up(state, cx, delivery, (code, &words, Some("MaximumEventAgeInSeconds")));
    }
    delivery.retries += 1;
    if let Some(rule) = state.rules.get_mut(&delivery.rule) {
        rule.counts.retries += 1;
        rule.counts.last_error = Some(words);
    }
    later(state, cx, delivery, due);
}

/// A delivery waits.
pub fn later(state: &mut State, cx: &mut Ctx<'_>, delivery: Delivery, due: Timestamp) {
    let number = state.next_retry;
    state.next_retry += 1;
    state.retries.insert(number, delivery);
    store::arm_retry(cx, number, due);
}

/// A delivery is tried again.
pub fn again(state: &mut State, cx: &mut Ctx<'_>, number: u64) {
    if let Some(delivery) = state.retries.remove(&number) {
        begin(state, cx, delivery);
    }
}

/// What a dead letter says of its error.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-dlq-considerations>
fn error_code(fault: &Fault) -> &'static str {
    let says = |part: &str| fault.code.contains(part);
    if matches!(fault.status, 401 | 403) || says("AccessDenied") {
        "NO_PERMISSIONS"
    } else if fault.status == 404 || says("NotFound") || says("DoesNotExist") || says("NonExistent")
    {
        "NO_RESOURCE"
    } else if says("Invalid") || says("Validation") {
        "INVALID_PARAMETER"
    } else {
        "ERROR_FROM_TARGET"
    }
}

/// An event is not tried again: it goes to the dead-letter queue, if there is one. `why` is the code, the words, and the
/// limit that was reached.
pub fn give_up(
    state: &mut State,
    cx: &mut Ctx<'_>,
    delivery: Delivery,
    why: (&str, &str, Option<&str>),
) {
    if let Some(rule) = state.rules.get_mut(&delivery.rule) {
        rule.counts.failed += 1;
        rule.counts.last_error = Some(why.1.to_owned());
    }
    let delivery = Delivery { stage: Stage::DeadLetter, ..delivery };
    let Some(mut call) = call_of(&delivery) else { return };
    call.2.push(("MessageAttributes", attributes(&delivery, why)));
    let ticket = cx.host.call(api_call(&delivery, call));
    state.calls.insert(ticket, delivery);
}

fn attributes(delivery: &Delivery, (code, words, limit): (&str, &str, Option<&str>)) -> Value {
    let retries = delivery.retries.to_string();
    let rule_arn = name::rule_arn(&delivery.rule);
    let mut told = vec![
        ("ERROR_CODE", code),
        ("ERROR_MESSAGE", words),
        ("RULE_ARN", rule_arn.as_str()),
        ("TARGET_ARN", delivery.target.arn.as_str()),
    ];
    if let Some(limit) = limit {
        told.extend([("RETRY_ATTEMPTS", retries.as_str()), ("EXHAUSTED_RETRY_CONDITION", limit)]);
    }
    let attribute = |(name, value): (&str, &str)| {
        let members = [("DataType", "String"), ("StringValue", value)];
        let members = members.into_iter().map(|(n, v)| (n.to_owned(), Value::from(v)));
        (name.to_owned(), Value::Map(members.collect()))
    };
    Value::Map(told.into_iter().map(attribute).collect())
}
