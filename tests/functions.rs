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

#[test]
fn an_http_task_calls_a_function_by_its_address() {
    boto3::passes("http_task.py");
}

/// A call in the tests' account.
fn call_to(service: &str, operation: &str, input: &Json, at: Timestamp) -> Call {
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

fn call(operation: &str, input: &Json, at: Timestamp) -> Call {
    call_to("lambda", operation, input, at)
}

/// "HTTP task requests will timeout after 60 seconds."
/// <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>
#[test]
fn an_http_task_gives_up_a_request_after_a_minute_and_a_kept_cloud_does_so_too() {
    let start = Config::default().start;
    let mut cloud = Durable::open(Config::default(), MemoryStorage::default(), start);
    let function = json!({
        "FunctionName": "f",
        "Runtime": "python3.13",
        "Role": "arn:aws:iam::123456789012:role/f",
        "Handler": "main.handler",
        "Timeout": 900,
        "Code": { "ZipFile": { "zip": { "main.py": "x = 1" } } },
    });
    cloud.call(call("CreateFunction", &function, start)).expect("it is made");
    let open = json!({ "FunctionName": "f", "AuthType": "NONE" });
    let url = cloud.call(call("CreateFunctionUrlConfig", &open, start)).expect("it has one");
    let url = url.get("FunctionUrl").and_then(Value::as_str).expect("an address").to_owned();
    for (id, more) in [
        ("url", json!({ "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE" })),
        ("invoke", json!({ "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true })),
    ] {
        let mut permission = json!({ "FunctionName": "f", "StatementId": id, "Principal": "*" });
        permission
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        cloud.call(call("AddPermission", &permission, start)).expect("it is allowed");
    }
    let connection = json!({
        "Name": "c",
        "AuthorizationType": "API_KEY",
        "AuthParameters": { "ApiKeyAuthParameters": { "ApiKeyName": "key", "ApiKeyValue": "value" } },
    });
    let made =
        cloud.call(call_to("events", "CreateConnection", &connection, start)).expect("it is made");
    let connection = made.get("ConnectionArn").and_then(Value::as_str).expect("an ARN").to_owned();
    let definition = json!({ "StartAt": "A", "States": { "A": {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
            "ApiEndpoint": url, "Method": "GET", "InvocationConfig": { "ConnectionArn": connection },
        },
        "End": true,
    } } });
    let role = "arn:aws:iam::123456789012:role/m";
    let machine = json!({ "name": "m", "roleArn": role, "definition": definition.to_string() });
    let at = start.plus(Duration::from_secs(10));
    cloud.call(call_to("stepfunctions", "CreateStateMachine", &machine, at)).expect("it is made");
    let arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    let run = json!({ "stateMachineArn": arn, "name": "e" });
    cloud.call(call_to("stepfunctions", "StartExecution", &run, at)).expect("it runs");
    let mut effects = cloud.take_effects();
    effects.extend(cloud.advance(at.plus(Duration::from_secs(1))));
    let works = effects.iter().filter(|effect| matches!(effect, Effect::Work { .. }));
    assert_eq!(works.count(), 1, "the function was called");

    let export = cloud.export().expect("it is kept");
    assert_eq!(replay_hash(&export), Ok(cloud.cloud().state_hash()));
    for (seconds, status) in [(59, "RUNNING"), (62, "FAILED")] {
        let at = at.plus(Duration::from_secs(seconds));
        cloud.advance(at);
        let arn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
        let ask =
            call_to("stepfunctions", "DescribeExecution", &json!({ "executionArn": arn }), at);
        let told = cloud.call(ask).expect("it is there");
        assert_eq!(told.get("status").and_then(Value::as_str), Some(status), "{told:?}");
        if status == "FAILED" {
            assert_eq!(told.get("error").and_then(Value::as_str), Some("States.Http.Socket"));
        }
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
