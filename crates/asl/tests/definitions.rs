//! Definitions that AWS has looked at: what it said of them must be said here too.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by a panic, and tells what it skipped"
)]

mod common;

use cloudarium_asl::validate::{refusal, validate};
use common::recorded;
use serde_json::{Value, json};

#[test]
fn diagnostics_are_those_of_aws() {
    let Some(text) = recorded("stepfunctions/validate_definition.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for case in &cases {
        let express = case["args"]["type"] == "EXPRESS";
        let (_, found) = validate(case["definition_raw"].as_str().expect("a text"), express);
        let got: Vec<Value> = found
            .iter()
            .filter(|one| !one.warning)
            .map(|one| {
                json!({"code": one.code, "location": one.location, "message": one.message,
                       "severity": "ERROR"})
            })
            .collect();
        assert_eq!(case["expected"]["diagnostics"], Value::Array(got), "{}", case["id"]);
    }
}

#[test]
fn refused_definitions_are_refused_in_the_words_of_aws() {
    let Some(text) = recorded("stepfunctions/invalid_definitions.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let mut wrong = 0;
    for case in &cases {
        let schema = case["expected_message"]
            .as_str()
            .is_some_and(|m| m.contains("SCHEMA_VALIDATION_FAILED"));
        if case["op"] != "create_state_machine" || !schema {
            continue;
        }
        let raw = case["definition_raw"].as_str().expect("a text");
        let (_, found) = validate(raw, case["type"] == "EXPRESS");
        let got =
            refusal(&found).unwrap_or_default().replace("arn:aws:states", "arn:<partition>:states");
        if case["expected_message"] != got {
            wrong += 1;
            println!("{}\n   {got}\n   not {}", case["id"], case["expected_message"]);
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn every_recorded_machine_that_ran_is_accepted() {
    for name in ["executions", "task_executions"] {
        let Some(text) = recorded(&format!("stepfunctions/{name}.json")) else { return };
        let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        let mut wrong = Vec::new();
        for case in &cases {
            let (_, found) = validate(&case["definition"].to_string(), case["type"] == "EXPRESS");
            wrong.extend(refusal(&found).map(|why| format!("{}: {why}", case["id"])));
        }
        assert_eq!(wrong.join("\n"), "");
    }
}

#[test]
fn hostile_definitions_are_refused_and_do_no_harm() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    for text in ["", "nul", "[]", "{\"StartAt\":1,\"States\":[]}", &deep, "{\"States\":{\"A\":{}}}"]
    {
        let (_, found) = validate(text, false);
        assert!(refusal(&found).is_some(), "{}", text.chars().take(40).collect::<String>());
    }
}
