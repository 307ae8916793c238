//! Events natively: by real boto3, from a bucket by a rule to an execution (what is checked is in `python/events.py`);
//! and that a rule that is due every minute for a month comes to the same every time.

use std::time::Duration;

use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Effect, MemoryStorage, replay_hash,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};
use cloudarium_tests::boto3;
use cloudarium_tests::case::json::{Kept, expand, to_input};
use serde_json::{Value as Json, json};

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";
const DAY_S: u64 = 86_400;

#[test]
fn an_object_starts_an_execution_by_boto3() {
    boto3::passes("events.py");
}

fn call(service: &str, operation: &str, input: &Json, at: Timestamp) -> Call {
    let input = expand(input, &Kept::new()).expect("an input");
    Call {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input: to_input(service, operation, &input).expect("it fits the model"),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at,
    }
}

/// A cloud in which a rule sends its events to a queue every minute.
fn scheduled() -> Durable<MemoryStorage> {
    let start = Config::default().start;
    let mut cloud = Durable::open(Config::default(), MemoryStorage::default(), start);
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
            "Action": "sqs:SendMessage", "Resource": QUEUE,
        }],
    });
    let attributes = json!({ "Policy": policy.to_string(), "MessageRetentionPeriod": "3600" });
    for (service, operation, input) in [
        ("sqs", "CreateQueue", json!({ "QueueName": "q", "Attributes": attributes })),
        ("events", "PutRule", json!({ "Name": "r", "ScheduleExpression": "rate(1 minute)" })),
        ("events", "PutTargets", json!({ "Rule": "r", "Targets": [{ "Id": "t", "Arn": QUEUE }] })),
    ] {
        cloud.call(call(service, operation, &input, start)).expect("it is done");
    }
    cloud
}

/// The numbers of the only rule: how often it was triggered, and how often its target took an event in.
fn counts(cloud: &mut Durable<MemoryStorage>) -> (i64, i64) {
    let seen = cloud.view("events", "rules", "us-east-1", &Value::Map(Map::new()));
    let Some(Value::List(rules)) = seen else { panic!("a list") };
    let number = |name: &str| match rules.first().and_then(|rule| rule.get(name)) {
        Some(Value::Int(number)) => *number,
        other => panic!("{name}: {other:?}"),
    };
    (number("TriggeredRules"), number("Invocations"))
}

#[test]
fn a_month_of_minutes() {
    let mut cloud = scheduled();
    cloud.advance(Config::default().start.plus(Duration::from_secs(30 * DAY_S)));
    assert_eq!(counts(&mut cloud), (43_200, 43_200));
}

/// While time is jumped over no handler ends: what finds no room to run waits in one line, and is given up in its turn.
#[test]
fn a_function_that_does_not_end_for_days() {
    let start = Config::default().start;
    let mut cloud = Durable::open(Config::default(), MemoryStorage::default(), start);
    let function = "arn:aws:lambda:us-east-1:123456789012:function:f";
    let role = "arn:aws:iam::123456789012:role/f";
    let code = json!({ "ZipFile": { "zip": { "main.py": "x = 1" } } });
    for (service, operation, input) in [
        (
            "lambda",
            "CreateFunction",
            json!({
                "FunctionName": "f", "Runtime": "python3.13", "Role": role, "Handler": "main.handler", "Code": code,
            }),
        ),
        (
            "lambda",
            "AddPermission",
            json!({
                "FunctionName": "f", "StatementId": "e", "Action": "lambda:InvokeFunction",
                "Principal": "events.amazonaws.com",
            }),
        ),
        ("events", "PutRule", json!({ "Name": "r", "ScheduleExpression": "rate(1 minute)" })),
        (
            "events",
            "PutTargets",
            json!({ "Rule": "r", "Targets": [{ "Id": "t", "Arn": function }] }),
        ),
    ] {
        cloud.call(call(service, operation, &input, start)).expect("it is done");
    }
    let effects = cloud.advance(start.plus(Duration::from_secs(3 * DAY_S)));
    let works = effects.iter().filter(|it| matches!(it, Effect::Work { .. })).count();
    // All that an account's functions may run at a time.
    assert_eq!(works, 1_000);
    assert_eq!(counts(&mut cloud), (4_320, 4_320));
}

#[test]
fn a_day_of_minutes_comes_to_the_same_in_steps_and_in_a_replay() {
    let start = Config::default().start;
    let mut cloud = scheduled();
    cloud.advance(start.plus(Duration::from_secs(DAY_S)));
    let hash = cloud.cloud().state_hash();
    let export = cloud.export().expect("it is kept");
    assert_eq!(replay_hash(&export), Ok(hash.clone()));
    let mut cloud = scheduled();
    for minutes in (0..=1_440).step_by(7).chain([1_440]) {
        cloud.advance(start.plus(Duration::from_secs(minutes * 60)));
    }
    assert_eq!(cloud.cloud().state_hash(), hash);
}
