//! Step Functions against what AWS answered: the recordings of `TestState`, and of executions whose
//! tasks call other services.
//!
//! The recordings name functions and objects, but do not hold them: [`lab`] has those that their
//! answers tell of.

#[path = "states/lab.rs"]
mod lab;
#[path = "states/refused.rs"]
mod refused;
#[path = "states/same.rs"]
mod same;

use cloudarium_tests::{conformance, json_dumps};
use lab::{ACCOUNT, Lab};
use same::same;
use serde_json::{Map, Value as Json, json};

/// How many of the recordings of executions whose services are here must go as they went.
const TASKS_MIN: usize = 82;
/// How many of the recordings of `TestState` must be answered as they were.
const TEST_STATE_MIN: usize = 62;
/// How many of the recorded refusals must be in AWS's words. Of the other two one is botocore's own, and never reaches a
/// service; one is of a mocked answer of KMS, whose model is not here.
const REFUSED_MIN: usize = 31;

fn recorded(name: &str) -> Option<Vec<Json>> {
    let path = conformance("stepfunctions")?.join(name);
    let text = std::fs::read_to_string(path).expect("it can be read");
    Some(serde_json::from_str(&text).expect("it is JSON"))
}

/// Runs the cases whose ids hold `CASE`, and tells of those that differ.
fn count(cases: &[Json], differences: impl Fn(&Json) -> Vec<String>) -> usize {
    let filter = std::env::var("CASE").unwrap_or_default();
    let asked = |case: &&Json| case["id"].as_str().is_some_and(|id| id.contains(&filter));
    let mut passed = 0;
    for case in cases.iter().filter(asked) {
        let wrong = differences(case);
        if wrong.is_empty() {
            passed += 1;
        } else {
            println!("{}\n   {}", case["id"], wrong.join("\n   "));
        }
    }
    println!("{passed} of {} as on AWS", cases.len());
    passed
}

/// A request of `TestState` as it was recorded: JSON is sent as its text.
fn request(args: &Json) -> Json {
    let mut input = Map::new();
    for (name, value) in args.as_object().into_iter().flatten() {
        let text = matches!(name.as_str(), "definition" | "input" | "context" | "variables");
        let value = if text { json_dumps(value).into() } else { value.clone() };
        input.insert(name.clone(), value);
    }
    input.into()
}

fn tested(case: &Json) -> Vec<String> {
    let mut lab = Lab::default();
    let definition = case["args"]["definition"].to_string();
    let input = case["args"]["input"].to_string();
    for name in lab::function_names(&format!("{definition} {input}")) {
        let returns = if definition.contains(":function:") { "hello.py" } else { "id_function.py" };
        lab.function(&name, returns);
    }
    match (case.get("expected_error_code"), lab.call("TestState", &request(&case["args"]))) {
        (None, Ok(answer)) => same("", &case["expected"], &answer),
        (Some(code), Err((got, message))) => {
            let mut wrong = same("code", code, &json!(got));
            wrong.extend(same("message", &case["expected_message"], &json!(message)));
            wrong
        }
        (_, other) => vec![format!("{other:?}")],
    }
}

#[test]
fn states_are_tested_as_on_aws() {
    let Some(cases) = recorded("test_state.json") else { return };
    let passed = count(&cases, tested);
    assert!(passed >= TEST_STATE_MIN || std::env::var("CASE").is_ok(), "{passed}");
}

/// What the recorded S3 objects held, by a part of the recording's name.
const OBJECTS: &[(&str, &str)] = &[
    (
        "headers_first_line",
        "Col1,Col2,Col3\nValue1,Value2,Value3\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   ,\n",
    ),
    ("csv_max_items", "Col1,Col2\nValue1,Value2\nValue3,Value4\nValue5,Value6\nValue7,Value8\n"),
    ("duplicate_headers", "Value1,Value2,Value3\n"),
    (
        "typed_headers",
        "0,True,{}\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   ,\n",
    ),
    (
        "first_row_extra_fields",
        "H1,\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   ,\n",
    ),
    (
        "max_items_path[MAP",
        "[{\"verdict\": \"true\", \"statement_date\": \"6/11/2008\", \"statement_source\": \"speech\"}, {\"verdict\": \"false\", \"statement_date\": \"6/7/2022\", \"statement_source\": \"television\"}, {\"verdict\": \"mostly-true\", \"statement_date\": \"5/18/2016\", \"statement_source\": \"news\"}, {\"verdict\": \"false\", \"statement_date\": \"5/18/2024\", \"statement_source\": \"x\"}, {}]",
    ),
    ("base_json_with_items_path", "[[\"from-bucket-item-0\"]]"),
    ("no_json_list_object", "\"no list\""),
    ("get_object[binary]", "binary data"),
];

/// Makes what a recording needs.
fn prepare(lab: &mut Lab, case: &Json) {
    let id = case["id"].as_str().unwrap_or_default();
    for (name, function) in case["lambdas"].as_object().into_iter().flatten() {
        lab.function(name, function["handler_file"].as_str().unwrap_or_default());
    }
    let (input, definition) = (&case["input"], case["definition"].to_string());
    if let Some(bucket) = input["Bucket"].as_str().filter(|name| name.starts_with("bucket-")) {
        lab.call_to("s3", "CreateBucket", &json!({"Bucket": bucket})).expect("a bucket");
        let body = OBJECTS.iter().find(|(part, _)| id.contains(part)).map_or("", |(_, body)| body);
        let put = json!({"Bucket": bucket, "Key": input["Key"], "Body": body});
        lab.call_to("s3", "PutObject", &put).expect("an object");
    }
    if let Some(at) = definition.find(":activity:") {
        let name = definition[at + 10..].split('"').next().unwrap_or_default();
        lab.call("CreateActivity", &json!({"name": name})).expect("an activity");
    }
    if input["StateMachineArn"].is_string() {
        let waits = case["lambdas"].as_object().and_then(|all| all.keys().next());
        let target = match waits {
            Some(function) => json!({
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": function, "Payload.$": "$.Payload"},
                "TimeoutSeconds": 5,
                "End": true,
            }),
            None => json!({"Type": "Pass", "Result": {"Arg1": "argument1"}, "End": true}),
        };
        lab.machine(
            "statemachine_1",
            &json!({"StartAt": "A", "States": {"A": target}}),
            "STANDARD",
        );
    }
}

/// Takes the activity's task, and ends it as the recorded worker did.
fn serve_activity(lab: &mut Lab, case: &Json) {
    let definition = case["definition"].to_string();
    let Some(at) = definition.find("arn:aws:states:us-east-1:") else { return };
    let arn = definition[at..].split('"').next().unwrap_or_default();
    let failed = case["expected_status"] == "FAILED";
    let worker = if failed { json!("BASE_ID_ACTIVITY_CONSUMER") } else { Json::Null };
    let mut asked = json!({"activityArn": arn});
    if !worker.is_null() {
        asked["workerName"] = worker;
    }
    let task = lab.call("GetActivityTask", &asked).expect("a task");
    let (token, input) = (&task["taskToken"], &task["input"]);
    let ended = if failed {
        let ended = json!({"taskToken": token, "error": "Programmatic Error", "cause": input});
        lab.call("SendTaskFailure", &ended)
    } else {
        lab.call("SendTaskSuccess", &json!({"taskToken": token, "output": input}))
    };
    ended.expect("the task is waited for");
}

fn executed(case: &Json) -> Vec<String> {
    let mut lab = Lab::default();
    prepare(&mut lab, case);
    let kind = case["type"].as_str().unwrap_or("STANDARD");
    let machine = lab.machine("m", &case["definition"], kind);
    let mut input = case["input"].clone();
    if !input["CredentialsRoleArn"].is_null() {
        input["CredentialsRoleArn"] = json!(format!("arn:aws:iam::{ACCOUNT}:role/other"));
    }
    let start = json!({"stateMachineArn": machine, "name": "e", "input": json_dumps(&input)});
    if kind == "EXPRESS" {
        let Ok(seen) = lab.call("StartSyncExecution", &start) else {
            return vec!["it was not started".to_owned()];
        };
        return ended(case, &seen, &[]);
    }
    let execution = lab.call("StartExecution", &start).expect("it starts")["executionArn"].clone();
    if case["needs"][0] == "activity" {
        lab.advance(10);
        serve_activity(&mut lab, case);
    }
    let named = json!({"executionArn": execution});
    let mut seen = lab.call("DescribeExecution", &named).expect("it is there");
    for _ in 0..120 {
        if seen["status"] != "RUNNING" {
            break;
        }
        lab.advance(1_000);
        seen = lab.call("DescribeExecution", &named).expect("it is there");
    }
    let history = lab.call("GetExecutionHistory", &named).expect("a history");
    ended(case, &seen, history["events"].as_array().expect("events"))
}

/// Where an execution's end and history differ from the recorded ones.
fn ended(case: &Json, seen: &Json, events: &[Json]) -> Vec<String> {
    let mut wrong = same("status", &case["expected_status"], &seen["status"]);
    if case["has_output"] == true {
        let text = seen["output"].as_str().unwrap_or("null");
        let output: Json = serde_json::from_str(text).expect("an output is JSON");
        wrong.extend(same("output", &case["expected_output"], &output));
    }
    for (what, got) in [("expected_error", "error"), ("expected_cause", "cause")] {
        if !case[what].is_null() {
            wrong.extend(same(got, &case[what], &seen[got]));
        }
    }
    let Some(want) = case["expected_events"].as_array().filter(|_| !events.is_empty()) else {
        return wrong;
    };
    let types = |list: &[Json]| {
        let names = list.iter().map(|event| event["type"].as_str().unwrap_or_default().to_owned());
        names.collect::<Vec<_>>()
    };
    let (mut wanted, mut got) = (types(want), types(events));
    if case["event_order_normalised"] == true {
        for list in [&mut wanted, &mut got] {
            // The recorder dropped how Parallel states ended.
            list.retain(|name| name != "ParallelStateSucceeded" && name != "ParallelStateFailed");
            list.sort();
        }
        wrong.extend(same("events", &json!(wanted), &json!(got)));
        return wrong;
    }
    if wanted != got {
        wrong.push(format!("events: {got:?}\n      not {wanted:?}"));
        return wrong;
    }
    // AWS changed in the middle of 2024 which event the one names that leaves a distributed Map.
    let old = case["validated_date"].as_str().is_some_and(|date| date < "2024-07");
    for (want, got) in want.iter().zip(events) {
        let mut want = want.clone();
        if old && want["type"] == "MapStateExited" {
            want["previousEventId"] = got["previousEventId"].clone();
        }
        let want = &want;
        wrong.extend(same(&format!("#{}", got["id"]), want, got));
    }
    wrong
}

#[test]
fn tasks_go_as_they_went_on_aws() {
    let Some(cases) = recorded("task_executions.json") else { return };
    let here = |case: &&Json| {
        matches!(
            case["needs"][0].as_str(),
            Some("lambda" | "s3" | "states" | "sfn" | "activity" | "logs" | "sts")
        )
    };
    let cases: Vec<Json> = cases.iter().filter(here).cloned().collect();
    let passed = count(&cases, executed);
    assert!(passed >= TASKS_MIN || std::env::var("CASE").is_ok(), "{passed}");
}

#[test]
fn what_aws_refused_is_refused_in_its_words() {
    let Some(cases) = recorded("invalid_definitions.json") else { return };
    let passed = count(&cases, refused::differences);
    assert!(passed >= REFUSED_MIN || std::env::var("CASE").is_ok(), "{passed}");
}
