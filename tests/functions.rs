//! Lambda functions that really run natively: CPython and Node.js, by real boto3. What is checked is in
//! `python/functions.py` and `python/functions_node.py`. And that a replay runs none.

use std::time::Duration;

use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Effect, Event, MemoryStorage, replay_hash,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};
use cloudarium_tests::boto3;
use cloudarium_tests::case::json::{Kept, expand, to_input};
use serde_json::{Value as Json, json};

#[test]
fn functions_in_python_run_and_go_wrong_as_on_aws() {
    boto3::passes("functions.py");
}

#[test]
fn functions_in_javascript_run_and_go_wrong_as_on_aws() {
    boto3::passes("functions_node.py");
}

/// A call to Lambda in the tests' account.
fn call(operation: &str, input: &Json, at: Timestamp) -> Call {
    let input = expand(input, &Kept::new()).expect("an input");
    Call {
        service: "lambda".to_owned(),
        operation: operation.to_owned(),
        input: to_input("lambda", operation, &input).expect("it fits the model"),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at,
    }
}

#[test]
fn a_replay_runs_no_code_and_comes_to_the_same() {
    let start = Config::default().start;
    let mut cloud = Durable::open(Config::default(), MemoryStorage::default(), start);
    let function = json!({
        "FunctionName": "f",
        "Runtime": "python3.13",
        "Role": "arn:aws:iam::123456789012:role/f",
        "Handler": "main.handler",
        "Code": { "ZipFile": { "zip": { "main.py": "x = 1" } } },
    });
    cloud.call(call("CreateFunction", &function, start)).expect("it is made");
    let mut ran = 0;
    for number in 0..200_u32 {
        let kind = if number % 3 == 0 { "Event" } else { "RequestResponse" };
        let input = json!({ "FunctionName": "f", "InvocationType": kind, "Payload": "{}" });
        let at = start.plus(Duration::from_secs(2 + u64::from(number) * 40));
        let request = call("Invoke", &input, at).request().expect("a request");
        let mut effects = cloud.handle(request);
        while let Some(effect) = effects.pop() {
            let Effect::Work { ticket, .. } = effect else { continue };
            ran += 1;
            let how = ["Returned", "Failed", "TimedOut", "Exited"][ran % 4];
            let result = Value::Map(Map::from([
                ("Outcome".to_owned(), Value::from(how)),
                ("Payload".to_owned(), Value::Blob("{\"errorMessage\": \"e\"}".into())),
                ("DurationMs".to_owned(), Value::Float(f64::from(number) * 1.7)),
                ("MaxMemoryMb".to_owned(), Value::Int(40)),
            ]));
            effects.extend(cloud.resume(Event::WorkDone { ticket, result }));
        }
    }
    assert!(ran > 200, "retries run, too: {ran}");
    let hash = cloud.cloud().state_hash();
    let export = cloud.export().expect("it is kept");
    assert_eq!(replay_hash(&export), Ok(hash));
}
