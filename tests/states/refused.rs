//! What AWS refused: definitions, and what `TestState` was asked with. The recordings keep the definition and the words; what
//! else was sent is told by the recorder's name for the case, and stands in [`ASKED`].

use serde_json::{Value as Json, json};

use super::lab::{ACCOUNT, Lab};

/// By a part of the case's name what `TestState` was sent beside the definition; the first that fits.
const ASKED: &[(&str, &str)] = &[
    (
        "sfn_task[missing_required_fields]",
        r#"{"mock": {"result": "{}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "sfn_task[field_name_not_in_sfn_case]",
        r#"{"mock": {"result": "{\"executionArn\": \"a\", \"startDate\": \"2024-01-01T00:00:00Z\"}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "sfn_task[wrong_timestamp_type_number]",
        r#"{"mock": {"result": "{\"ExecutionArn\": \"a\", \"StartDate\": 1}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "lambda_task[wrong_integer_type_string]",
        r#"{"mock": {"result": "{\"StatusCode\": \"200\"}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "strict_mode_aws_sdk_lambda_get_function_task[integer_less_than_minimum_allowed]",
        r#"{"mock": {"result": "{\"Configuration\": {\"MemorySize\": 1}}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "strict_mode_aws_sdk_lambda_get_function_task[integer_more_than_maximum_allowed]",
        r#"{"mock": {"result": "{\"Configuration\": {\"MemorySize\": 100000}}", "fieldValidationMode": "STRICT"}}"#,
    ),
    (
        "eventbridge_task[wrong_type_2nd_array_element]",
        r#"{"mock": {"result": "{\"Entries\": [{\"EventId\": \"e\"}, {\"EventId\": 1}]}", "fieldValidationMode": "PRESENT"}}"#,
    ),
    (
        "s3_task[non_existent_enum_value]",
        r#"{"mock": {"result": "{\"StorageClass\": \"NOWHERE\"}", "fieldValidationMode": "PRESENT"}}"#,
    ),
    (
        "kms_task[wrong_blob_type_number]",
        r#"{"mock": {"result": "{\"CiphertextBlob\": 1}", "fieldValidationMode": "PRESENT"}}"#,
    ),
    (
        "present_mode_aws_sdk_lambda_get_function_task[integer_less_than_minimum_allowed]",
        r#"{"mock": {"result": "{\"Configuration\": {\"MemorySize\": 1}}", "fieldValidationMode": "PRESENT"}}"#,
    ),
    ("does_not_accept_mock[mock_result-", r#"{"mock": {"result": "{}"}}"#),
    (
        "does_not_accept_mock[mock_error_output-",
        r#"{"mock": {"errorOutput": {"error": "E", "cause": "c"}}}"#,
    ),
    (
        "both_mock_result_and_mock_error_output",
        r#"{"mock": {"result": "{}", "errorOutput": {"error": "E", "cause": "c"}}}"#,
    ),
    (
        "not_object_on_map_state_with_result_writer",
        r#"{"mock": {"result": "[1]"}, "input": "{\"Values\": [1]}"}"#,
    ),
    ("parallel_state_empty_branches", r#"{"mock": {"result": "[]"}}"#),
    (
        "map_iteration_failure_count_exceeds",
        r#"{"mock": {"result": "[1, 2]"}, "input": "{\"Values\": [1, 2]}", "stateConfiguration": {"mapIterationFailureCount": 3}}"#,
    ),
    ("state_name_invalid_state_definition", r#"{"stateName": "ExistingButInvalidState"}"#),
];

/// What differs from AWS's answer.
pub fn differences(case: &Json) -> Vec<String> {
    let mut lab = Lab::default();
    let answer = match case["op"].as_str() {
        Some("create_state_machine") => created(&mut lab, case),
        Some("test_state") => tested(&mut lab, case),
        _ => return vec!["the client refuses it, and sends nothing".to_owned()],
    };
    let Err((code, message)) = answer else { return vec![format!("{answer:?}")] };
    // Placeholders stand for what the recorder took out.
    let told = case["expected_message"].as_str().unwrap_or_default();
    let told = told.replace("<ArnPart_0idx>", "m").replace("<partition>", "aws");
    let same = message == told.replace("<region>", "us-east-1");
    let mut wrong = Vec::new();
    if case["expected_error_code"] != code.as_str() {
        wrong.push(format!("{code}, not {}", case["expected_error_code"]));
    }
    if !same {
        wrong.push(format!("{message}\n   not {told}"));
    }
    wrong
}

fn created(lab: &mut Lab, case: &Json) -> Result<Json, super::lab::Refusal> {
    let raw = case["definition_raw"].as_str().unwrap_or_default();
    let mut input = json!({ "name": "m", "definition": raw, "roleArn": format!("arn:aws:iam::{ACCOUNT}:role/r"), "type": case["type"] });
    let id = case["id"].as_str().unwrap_or_default();
    if id.contains("already_exists") {
        // The same definition, laid out otherwise.
        lab.machine("m", &case["definition"], "STANDARD");
        input["definition"] = format!("{:#}", case["definition"]).into();
    }
    if id.contains("no_publish") {
        input["versionDescription"] = "a version".into();
    }
    lab.call("CreateStateMachine", &input)
}

fn tested(lab: &mut Lab, case: &Json) -> Result<Json, super::lab::Refusal> {
    let id = case["id"].as_str().unwrap_or_default();
    let mut input = json!({ "definition": case["definition"].to_string(), "input": "{}" });
    if !id.contains("no_role_arn") {
        input["roleArn"] = format!("arn:aws:iam::{ACCOUNT}:role/r").into();
    }
    let beside = ASKED.iter().find(|(part, _)| id.contains(part)).map_or("{}", |(_, text)| text);
    let beside: Json = serde_json::from_str(beside).expect("JSON");
    for (name, value) in beside.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    lab.call("TestState", &input)
}
