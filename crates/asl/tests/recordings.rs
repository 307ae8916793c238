//! Executions recorded on AWS, run again: status, output, error, cause and history must be AWS's.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::similar_names,
    reason = "a test fails by a panic, tells what it skipped, and may be asked for one case"
)]

mod common;

use common::{Run, parsed, recorded};
use serde_json::Value;

/// How many recordings must come out as AWS's did.
const EXECUTIONS_MIN: usize = 445;

/// Whether a recorded value stands for anything: an id, a date, an ARN.
fn is_placeholder(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "timestamp",
        "snf_role_arn",
        "sfn_role_arn",
        "date",
        "map_run_arn",
        "entered-time",
        "start-time",
        "start-date",
        "stop-date",
    ];
    WORDS.contains(&text.trim_matches('"')) || text.contains('<')
}

/// Whether `got` is what was recorded.
fn same(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::String(want), got) if is_placeholder(want) => got.is_string() || got.is_number(),
        (Value::Object(want), Value::Object(got)) => {
            want.len() == got.len()
                && want.iter().all(|(key, want)| got.get(key).is_some_and(|got| same(want, got)))
        }
        (Value::Array(want), Value::Array(got)) => {
            want.len() == got.len() && want.iter().zip(got).all(|(want, got)| same(want, got))
        }
        (want, got) => want == got,
    }
}

/// A recorded event without its date and what says whether a payload was cut.
fn plain(event: &Value, ordered: bool) -> Value {
    let mut event = event.clone();
    let map = event.as_object_mut().expect("an event");
    map.remove("timestamp");
    if !ordered {
        map.remove("id");
        map.remove("previousEventId");
    }
    for (name, value) in map.iter_mut() {
        if name.ends_with("EventDetails")
            && let Some(details) = value.as_object_mut()
        {
            details.retain(|key, _| {
                !matches!(
                    key.as_str(),
                    "inputDetails" | "outputDetails" | "assignedVariablesDetails"
                )
            });
        }
    }
    map.retain(|name, value| {
        !name.ends_with("EventDetails") || value.as_object().is_none_or(|map| !map.is_empty())
    });
    parsed(&event)
}

fn differences(case: &Value, run: &Run) -> Vec<String> {
    let (status, output, error, cause) = run.status();
    let mut wrong = Vec::new();
    if case["expected_status"] != status {
        wrong.push(format!("status: {status}, not {}", case["expected_status"]));
    }
    if case["has_output"] == true {
        let (want, got) = (parsed(&case["expected_output"]), parsed(&output));
        if !same(&want, &got) {
            wrong.push(format!("output: {got}\n     not {want}"));
        }
    }
    for (what, got) in [("expected_error", error), ("expected_cause", cause)] {
        let (want, got) = (parsed(&case[what]), parsed(&got.map_or(Value::Null, Value::from)));
        if !want.is_null() && !same(&want, &got) {
            wrong.push(format!("{what}: {got}\n     not {want}"));
        }
    }
    let Some(events) = case["expected_events"].as_array() else { return wrong };
    let ordered = case["event_order_normalised"] == false;
    let mut want: Vec<Value> = events.iter().map(|event| plain(event, ordered)).collect();
    let mut got: Vec<Value> =
        run.events.iter().map(|event| plain(&event.json(), ordered)).collect();
    if !ordered {
        for list in [&mut want, &mut got] {
            list.retain(|event| event["type"] != "ParallelStateSucceeded");
            list.sort_by_key(canonical);
        }
    }
    if want.first().is_some_and(|event| event["type"] != "ExecutionStarted") {
        got.reverse();
    }
    if case["validated_date"].as_str().is_some_and(|date| date < "2024-07") {
        for list in [&mut want, &mut got] {
            before_2024_07(list);
        }
    }
    if want.len() != got.len() {
        wrong.push(format!("{} events, not {}", got.len(), want.len()));
    }
    let unequal = want.iter().zip(&got).find(|(want, got)| !same(want, got));
    if let Some((want, got)) = unequal {
        wrong.push(format!("event: {got}\n     not {want}"));
    }
    wrong
}

/// What AWS changed in the middle of 2024: which event the one names that leaves a distributed Map.
fn before_2024_07(events: &mut [Value]) {
    let distributed = events.iter().any(|event| event["type"] == "MapRunStarted");
    for event in events.iter_mut().filter(|event| distributed && event["type"] == "MapStateExited")
    {
        if let Some(map) = event.as_object_mut() {
            map.remove("previousEventId");
        }
    }
}

/// Text with members in the order of their names, for sorting.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let sorted: std::collections::BTreeMap<&String, String> =
                map.iter().map(|(key, value)| (key, canonical(value))).collect();
            format!("{sorted:?}")
        }
        Value::Array(list) => format!("{:?}", list.iter().map(canonical).collect::<Vec<_>>()),
        other => other.to_string(),
    }
}

#[test]
fn executions_go_as_they_went_on_aws() {
    let Some(text) = recorded("stepfunctions/executions.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let filter = std::env::var("CASE").unwrap_or_default();
    let mut failed = 0;
    for case in
        cases.iter().filter(|case| case["id"].as_str().is_some_and(|id| id.contains(&filter)))
    {
        // The recorder sent what Python's json.dumps writes.
        let input = python(&case["input"]);
        let mut run = Run::start(&case["definition"], &input);
        run.run();
        let wrong = differences(case, &run);
        if !wrong.is_empty() {
            failed += 1;
            println!("{}\n   {}", case["id"], wrong.join("\n   "));
        }
    }
    let passed = cases.len() - failed;
    println!("{passed} of {} as on AWS", cases.len());
    assert!(passed >= EXECUTIONS_MIN, "{passed} of {}", cases.len());
}

/// JSON as Python writes it: a space after each comma and colon.
fn python(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            format!("[{}]", list.iter().map(python).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let members = map
                .iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), python(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[test]
fn an_execution_that_is_stored_after_every_step_goes_the_same_way() {
    let Some(text) = recorded("stepfunctions/executions.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for case in &cases {
        let input = case["input"].to_string();
        let mut straight = Run::start(&case["definition"], &input);
        straight.run();
        let mut stored = Run::start(&case["definition"], &input);
        stored.store();
        while stored.step() {
            stored.store();
        }
        assert_eq!(stored.events, straight.events, "{}", case["id"]);
        assert_eq!(stored.execution, straight.execution, "{}", case["id"]);
        assert_ne!(straight.status().0, "RUNNING", "{}", case["id"]);
    }
}
