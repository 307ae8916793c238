//! Debugging an execution through the cloud: in the journal, but no call; a pause outlives a crash.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Extra, MemoryStorage, replay_hash,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;

const REAL: Timestamp = Timestamp::from_ms(1_000);
const SERVICE: &str = "stepfunctions";
const MACHINE: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const DEFINITION: &str = r#"{"StartAt": "First", "States": {
    "First": {"Type": "Pass", "Next": "Who"},
    "Who": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity", "Parameters": {}, "Next": "Rest"},
    "Rest": {"Type": "Wait", "Seconds": 10, "End": true}}}"#;

type Kept = Durable<MemoryStorage>;

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn call(cloud: &mut Kept, operation: &str, members: &[(&str, Value)]) -> Value {
    let call = Call {
        service: SERVICE.to_owned(),
        operation: operation.to_owned(),
        input: map(members),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at: cloud.cloud().now().plus(Duration::from_millis(7)),
    };
    cloud.call(call).unwrap()
}

fn extra(cloud: &mut Kept, name: &str, members: &[(&str, Value)]) -> Result<(), String> {
    let mut all = vec![("Machine", Value::from("m")), ("Name", Value::from("e"))];
    all.extend(members.iter().cloned());
    let extra = Extra {
        service: SERVICE.to_owned(),
        region: "us-east-1".to_owned(),
        name: name.to_owned(),
        params: map(&all),
        at: cloud.cloud().now().plus(Duration::from_millis(7)),
    };
    cloud.extra(extra).map(drop).map_err(|fault| fault.code)
}

fn wait(cloud: &mut Kept, ms: u64) {
    let to = cloud.cloud().now().plus(Duration::from_millis(ms));
    cloud.advance(to);
}

/// A cloud with the machine, and one execution that has come as far as it comes.
fn started(kind: &str, stop: impl FnOnce(&mut Kept)) -> Kept {
    let mut cloud = Durable::open_with_history(Config::default(), MemoryStorage::default(), REAL);
    let role = "arn:aws:iam::123456789012:role/r";
    let members =
        [("name", "m".into()), ("definition", DEFINITION.into()), ("roleArn", role.into())];
    let mut members = members.to_vec();
    members.push(("type", kind.into()));
    call(&mut cloud, "CreateStateMachine", &members);
    stop(&mut cloud);
    let input =
        [("stateMachineArn", MACHINE.into()), ("name", "e".into()), ("input", r#"{"n":1}"#.into())];
    call(&mut cloud, "StartExecution", &input);
    wait(&mut cloud, 50);
    cloud
}

fn view(cloud: &mut Kept) -> Value {
    let params = map(&[("Machine", "m".into()), ("Name", "e".into())]);
    cloud.view(SERVICE, "execution", "us-east-1", &params).expect("the execution")
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match value.get(name) {
        Some(Value::List(list)) => list,
        other => panic!("{name}: {other:?}"),
    }
}

fn held(cloud: &mut Kept) -> Vec<String> {
    let view = view(cloud);
    let debug = view.get("debug").expect("a session");
    let names = list(debug, "held")
        .iter()
        .map(|held| held.get("state").and_then(Value::as_str).unwrap().to_owned());
    names.collect()
}

fn place(cloud: &mut Kept) -> Value {
    let view = view(cloud);
    list(view.get("debug").unwrap(), "held")[0].get("place").unwrap().clone()
}

fn status(cloud: &mut Kept) -> String {
    view(cloud).get("status").and_then(Value::as_str).unwrap().to_owned()
}

fn types(cloud: &mut Kept) -> Vec<String> {
    let view = view(cloud);
    let types = list(&view, "events")
        .iter()
        .map(|event| event.get("type").and_then(Value::as_str).unwrap().to_owned());
    types.collect()
}

/// Closes the cloud as a crash would, and opens it again.
fn reopened(cloud: Kept) -> Kept {
    let hash = cloud.cloud().state_hash();
    let mut back = Durable::open_with_history(Config::default(), cloud.into_storage(), REAL);
    assert_eq!(back.cloud().state_hash(), hash);
    assert_eq!(replay_hash(&back.export().unwrap()).unwrap(), hash);
    back
}

#[test]
fn a_pause_outlives_a_crash_and_every_action_is_replayed() {
    let at_start =
        |cloud: &mut Kept| extra(cloud, "pause-next", &[("On", Value::Bool(true))]).unwrap();
    let mut cloud = started("STANDARD", at_start);
    assert_eq!(held(&mut cloud), ["First"]);
    assert_eq!(types(&mut cloud), ["ExecutionStarted"]);
    let mut cloud = reopened(cloud);
    let input = [("Place", place(&mut cloud)), ("Input", r#"{"n":2}"#.into())];
    extra(&mut cloud, "input", &input).unwrap();
    let mut cloud = reopened(cloud);
    extra(&mut cloud, "step", &[]).unwrap();
    assert_eq!(held(&mut cloud), ["Who"]);
    let mock = [("Place", place(&mut cloud)), ("Result", r#"{"Account":"made up"}"#.into())];
    extra(&mut cloud, "mock", &mock).unwrap();
    let calls = cloud.cloud().calls().last_seq();
    extra(&mut cloud, "step", &[]).unwrap();
    assert_eq!(
        cloud.cloud().calls().last_seq(),
        calls,
        "no action is a call, and the task made none"
    );
    let mut cloud = reopened(cloud);
    extra(&mut cloud, "continue", &[]).unwrap();
    assert_eq!(status(&mut cloud), "RUNNING", "it waits");
    wait(&mut cloud, 10_000);
    assert_eq!(status(&mut cloud), "SUCCEEDED");
    let whats: Vec<Value> = {
        let view = view(&mut cloud);
        list(view.get("debug").unwrap(), "changes")
            .iter()
            .map(|change| change.get("what").unwrap().clone())
            .collect()
    };
    assert_eq!(whats, ["input".into(), "result".into()]);
    let wanted = [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "WaitStateEntered",
        "WaitStateExited",
        "ExecutionSucceeded",
    ];
    assert_eq!(types(&mut cloud), wanted);
    reopened(cloud);
}

#[test]
fn an_execution_that_anybody_starts_stops_at_the_breakpoints_of_its_machine() {
    let breakpoint = |cloud: &mut Kept| {
        extra(cloud, "breakpoint", &[("State", "Rest".into()), ("On", Value::Bool(true))]).unwrap();
    };
    let mut cloud = started("STANDARD", breakpoint);
    assert_eq!(held(&mut cloud), ["Rest"]);
    let told = view(&mut cloud);
    assert_eq!(list(&told, "breakpoints"), ["Rest".into()]);
    extra(&mut cloud, "breakpoint", &[("State", "Rest".into()), ("On", Value::Bool(false))])
        .unwrap();
    extra(&mut cloud, "continue", &[]).unwrap();
    assert!(held(&mut cloud).is_empty());
    // It is stopped as any other, and nothing of it is left behind.
    let arn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    call(&mut cloud, "StopExecution", &[("executionArn", arn.into())]);
    assert_eq!(status(&mut cloud), "ABORTED");
    assert_eq!(cloud.cloud().next_timer(), None);
    assert_eq!(extra(&mut cloud, "pause", &[]), Err("NotRunning".to_owned()));
}

#[test]
fn what_runs_already_can_be_paused() {
    let mut cloud = started("STANDARD", |_| ());
    assert_eq!(view(&mut cloud).get("debug"), Some(&Value::Null), "nobody debugs it");
    extra(&mut cloud, "pause", &[]).unwrap();
    wait(&mut cloud, 20_000);
    assert_eq!(status(&mut cloud), "SUCCEEDED", "nothing came after the Wait");
}

#[test]
fn what_makes_no_sense_is_refused_in_kind() {
    let at_start =
        |cloud: &mut Kept| extra(cloud, "pause-next", &[("On", Value::Bool(true))]).unwrap();
    let mut cloud = started("STANDARD", at_start);
    let here = place(&mut cloud);
    let long = format!("\"{}\"", "x".repeat(300_000));
    let refusals = [
        ("step", vec![("Place", Value::Int(99))], "NotPaused"),
        ("step", vec![("Place", Value::Int(-1))], "InvalidInput"),
        ("step", vec![("Place", "x".into())], "InvalidInput"),
        ("input", vec![("Place", Value::Int(99)), ("Input", "{}".into())], "NotPaused"),
        ("input", vec![("Place", here.clone()), ("Input", "{".into())], "InvalidInput"),
        ("input", vec![("Place", here.clone()), ("Input", long.as_str().into())], "InvalidInput"),
        ("input", vec![("Place", here.clone())], "InvalidInput"),
        ("mock", vec![("Place", here), ("Result", "{}".into())], "NotPaused"),
        ("fly", Vec::new(), "NotImplemented"),
    ];
    for (name, members, code) in refusals {
        assert_eq!(extra(&mut cloud, name, &members), Err(code.to_owned()), "{name}");
    }
    assert_eq!(
        extra(&mut cloud, "step", &[("Name", "other".into())]),
        Err("ExecutionDoesNotExist".to_owned())
    );
    assert_eq!(
        extra(&mut cloud, "step", &[("Machine", "other".into())]),
        Err("StateMachineDoesNotExist".to_owned())
    );
    assert_eq!(held(&mut cloud), ["First"]);
    let mut express = started("EXPRESS", |_| ());
    assert_eq!(
        extra(&mut express, "pause-next", &[("On", Value::Bool(true))]),
        Err("NotDebuggable".to_owned())
    );
}
