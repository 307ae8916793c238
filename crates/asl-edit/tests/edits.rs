//! Edits one by one: what they write, and what they refuse.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use cloudarium_asl_edit::fresh::{self, Language};
use cloudarium_asl_edit::place::{Place, ScopeAt, Way};
use cloudarium_asl_edit::wrap::{Around, unwrap, wrap};
use cloudarium_asl_edit::{Refusal, Told, fields, query, states};
use serde_json::{Value, json};

const TEXT: &str = r#"{
  "StartAt": "A",   "Comment": "kept  as it is",
  "States": {
    "A": {"Type": "Pass", "Next": "B"},
    "B": {
      "Type": "Choice",
      "Choices": [
        {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "C"}
      ],
      "Default": "D"
    },
    "C": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}], "Next": "D"},
    "D": {"Type": "Pass", "End":   true}
  }
}"#;

fn on(state: &str, way: Way) -> Place {
    Place::On { state: state.into(), way }
}

fn pass() -> Value {
    fresh::state("Pass", Language::JsonPath)
}

fn insert(place: &Place, kind: &str) -> Result<String, Refusal> {
    let state = fresh::state(kind, Language::JsonPath);
    states::insert(TEXT, place, kind, &state).map(|edited| edited.text)
}

#[test]
fn a_state_is_put_on_every_way() {
    let first = insert(&Place::Start(ScopeAt::default()), "Pass").expect("it can be");
    let expected = TEXT.replace("\"StartAt\": \"A\"", "\"StartAt\": \"Pass\"").replace(
        "    \"A\": {",
        "    \"Pass\": {\n      \"Type\": \"Pass\",\n      \"Next\": \"A\"\n    },\n    \"A\": {",
    );
    assert_eq!(first, expected);
    let rule = insert(&on("B", Way::Rule(0)), "Wait").expect("it can be");
    assert!(rule.contains(r#""NumericGreaterThan": 1, "Next": "Wait"}"#), "{rule}");
    assert!(rule.contains("\"Seconds\": 5,\n      \"Next\": \"C\""), "{rule}");
    let default = insert(&on("B", Way::Default), "Wait").expect("it can be");
    assert!(default.contains(r#""Default": "Wait""#), "{default}");
    let catch = insert(&on("C", Way::Catch(0)), "Pass").expect("it can be");
    assert!(catch.contains(r#"["States.ALL"], "Next": "Pass"}"#), "{catch}");
    let end = insert(&Place::after("D"), "Pass").expect("it can be");
    assert!(end.contains(r#""D": {"Type": "Pass", "Next":   "Pass"}"#), "{end}");
}

#[test]
fn a_choice_at_the_end_gets_a_state_to_lead_to() {
    let text = insert(&Place::after("D"), "Choice").expect("it can be");
    let choice = fields::value(&text, Some("Choice"), "").expect("it is there");
    assert_eq!(choice["Default"], "Success");
    assert_eq!(choice["Choices"][0]["Next"], "Success");
    assert_eq!(fields::value(&text, Some("Success"), "/Type"), Some(json!("Succeed")));
}

#[test]
fn what_cannot_be_says_why() {
    let refused = |result: Result<String, Refusal>| result.expect_err("a refusal").to_string();
    let words = refused(insert(&Place::after("A"), "Fail"));
    assert_eq!(
        words,
        "B would no longer be reached by anything. Choose a place where nothing follows."
    );
    assert_eq!(insert(&Place::after("X"), "Pass"), Err(Refusal::NoSuchState("X".into())));
    assert_eq!(insert(&on("B", Way::Rule(4)), "Pass"), Err(Refusal::NoSuchPlace("B".into())));
    assert_eq!(insert(&Place::after("B"), "Pass"), Err(Refusal::NoSuchPlace("B".into())));
    assert_eq!(states::rename(TEXT, "A", ""), Err(Refusal::NameLength));
    assert_eq!(states::rename(TEXT, "A", &"x".repeat(81)), Err(Refusal::NameLength));
    assert_eq!(states::rename(TEXT, "A", "B"), Err(Refusal::NameTaken("B".into())));
    assert_eq!(states::lead(TEXT, "B", Way::Rule(0), None), Err(Refusal::CannotEnd("B".into())));
    assert_eq!(
        states::lead(TEXT, "A", Way::Next, Some("X")),
        Err(Refusal::NoSuchState("X".into()))
    );
    assert_eq!(
        states::move_to(TEXT, "A", &Place::after("A")),
        Err(Refusal::StandsThere("A".into()))
    );
    assert_eq!(
        states::move_to(TEXT, "D", &Place::after("C")),
        Err(Refusal::StandsThere("D".into()))
    );
    assert_eq!(
        fields::remove_item(TEXT, Some("B"), "/Choices", 0),
        Err(Refusal::LastRule("B".into()))
    );
    assert_eq!(unwrap(TEXT, "A"), Err(Refusal::NotWrapped("A".into())));
    assert_eq!(
        wrap(TEXT, "A", "B", Around::Map),
        Err(Refusal::LeadsOut { from: "B".into(), to: "C".into() })
    );
    assert_eq!(
        wrap(TEXT, "C", "C", Around::Map),
        Err(Refusal::LeadsIn { from: "B".into(), to: "D".into() })
    );
    assert_eq!(
        wrap(TEXT, "C", "A", Around::Map),
        Err(Refusal::NotAfter { from: "C".into(), to: "A".into() })
    );
    assert_eq!(fields::change_type(TEXT, "D", "Choice"), Err(Refusal::CannotEnd("D".into())));
    assert_eq!(
        fields::change_type(TEXT, "D", "Nothing"),
        Err(Refusal::NoSuchType("Nothing".into()))
    );
}

#[test]
fn a_state_that_is_taken_out_is_led_past() {
    let edited = states::delete(TEXT, "D").expect("it can be");
    let told = [Told::WayGone("B".into()), Told::WayGone("C".into())];
    assert_eq!((edited.state, &edited.told[..]), (None, &told[..]));
    assert!(edited.text.contains(r#""Resource": "arn:aws:states:::lambda:invoke", "End": true}"#));
    let edited = states::delete(TEXT, "B").expect("it can be");
    assert_eq!(edited.told, [Told::Unreached("C".into())]);
    assert!(edited.text.contains(r#""A": {"Type": "Pass", "Next": "D"}"#), "{}", edited.text);
    let alone = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
    let empty = states::delete(alone, "A").expect("it can be").text;
    assert_eq!(empty, r#"{"StartAt": "A", "States": {}}"#);
    let again = states::insert(&empty, &Place::Start(ScopeAt::default()), "A", &pass());
    assert_eq!(
        again.expect("it can be").text,
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#
    );
}

#[test]
fn a_state_is_moved() {
    let text = states::move_to(TEXT, "A", &Place::after("D")).expect("it can be").text;
    let at = |name: &str, field: &str| fields::value(&text, Some(name), field);
    assert_eq!(fields::value(&text, None, "/StartAt"), Some(json!("B")));
    assert_eq!((at("D", "/Next"), at("A", "/End")), (Some(json!("A")), Some(json!(true))));
    let nested = wrap(&text, "A", "A", Around::Map).expect("it can be").text;
    let into = Place::Start(ScopeAt { state: Some("Map".into()), branch: 0 });
    assert_eq!(states::move_to(&nested, "Map", &into), Err(Refusal::IntoItself("Map".into())));
    // What led to D leads to the Map that followed it.
    let moved = states::move_to(&nested, "D", &into).expect("it can be").text;
    let inner = fields::value(&moved, Some("Map"), "/ItemProcessor").expect("a processor");
    assert_eq!((&inner["StartAt"], &inner["States"]["D"]["Next"]), (&json!("D"), &json!("A")));
    assert_eq!(fields::value(&moved, Some("B"), "/Default"), Some(json!("Map")));
}

#[test]
fn states_are_wrapped_with_their_lines() {
    let text = wrap(TEXT, "B", "D", Around::Parallel).expect("it can be").text;
    let expected = r#"{
  "StartAt": "A",   "Comment": "kept  as it is",
  "States": {
    "A": {"Type": "Pass", "Next": "Parallel"},
    "Parallel": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "B",
          "States": {
            "B": {
              "Type": "Choice",
              "Choices": [
                {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "C"}
              ],
              "Default": "D"
            },
            "C": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}], "Next": "D"},
            "D": {"Type": "Pass", "End":   true}
          }
        }
      ],
      "End": true
    }
  }
}"#;
    assert_eq!(text, expected);
    assert_eq!(unwrap(&text, "Parallel").expect("it can be").text, TEXT);
    let with_retry = fields::add_item(
        &text,
        Some("Parallel"),
        "/Retry",
        0,
        &json!({ "ErrorEquals": ["States.ALL"] }),
    );
    let told = unwrap(&with_retry.expect("it can be"), "Parallel").expect("it can be").told;
    assert_eq!(told, [Told::Dropped("Retry".into())]);
}

#[test]
fn a_copy_of_a_map_has_other_states_in_it() {
    let text = insert(&Place::after("A"), "Map").expect("it can be");
    let edited = states::duplicate(&text, "Map").expect("it can be");
    assert_eq!(edited.state.as_deref(), Some("Map 2"));
    let inner = fields::value(&edited.text, Some("Map 2"), "/ItemProcessor/StartAt");
    assert_eq!(inner, Some(json!("Pass 2")));
    let more =
        states::add_branch(&insert(&Place::after("A"), "Parallel").expect("it can be"), "Parallel");
    assert_eq!(more.expect("it can be").state.as_deref(), Some("Pass 3"));
}

#[test]
fn lists_are_added_to_and_ordered() {
    let catcher = json!({ "ErrorEquals": ["X"], "Next": "D" });
    let text = fields::add_item(TEXT, Some("C"), "/Catch", 0, &catcher).expect("it can be");
    assert!(
        text.contains(
            r#""Catch": [{"ErrorEquals": ["X"], "Next": "D"}, {"ErrorEquals": ["States.ALL"]"#
        ),
        "{text}"
    );
    let turned = fields::move_item(&text, Some("C"), "/Catch", (0, 1)).expect("it can be");
    assert!(
        turned.contains(
            r#""Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}, {"ErrorEquals": ["X"]"#
        ),
        "{turned}"
    );
    let back = fields::move_item(&turned, Some("C"), "/Catch", (1, 0)).expect("it can be");
    assert_eq!(fields::remove_item(&back, Some("C"), "/Catch", 0).as_deref(), Ok(TEXT));
    let none = fields::remove_item(TEXT, Some("C"), "/Catch", 0).expect("it can be");
    assert_eq!(fields::value(&none, Some("C"), "/Catch"), None);
    let retry = fields::add_item(TEXT, Some("D"), "/Retry", 0, &catcher).expect("it can be");
    assert_eq!(fields::remove_item(&retry, Some("D"), "/Retry", 0).as_deref(), Ok(TEXT));
}

#[test]
fn a_field_is_made_with_what_is_around_it() {
    let text = fields::set(TEXT, Some("D"), "/Parameters/a.$", &json!("$.x")).expect("it can be");
    assert_eq!(fields::value(&text, Some("D"), "/Parameters"), Some(json!({ "a.$": "$.x" })));
    assert!(
        text.contains(r#""D": {"Type": "Pass", "Parameters": {"a.$": "$.x"}, "End":   true}"#),
        "{text}"
    );
    let refused = fields::set(TEXT, Some("D"), "/Type/x", &json!(1));
    assert_eq!(refused, Err(Refusal::NoSuchField("D".into())));
}

#[test]
fn a_type_is_changed() {
    let edited = fields::change_type(TEXT, "C", "Pass").expect("it can be");
    assert_eq!(edited.told, [Told::Dropped("Resource".into()), Told::Dropped("Catch".into())]);
    assert_eq!(
        fields::value(&edited.text, Some("C"), ""),
        Some(json!({ "Type": "Pass", "Next": "D" }))
    );
    let choice = fields::change_type(TEXT, "A", "Choice").expect("it can be").text;
    let choice = fields::value(&choice, Some("A"), "").expect("it is there");
    assert_eq!((&choice["Default"], &choice["Choices"][0]["Next"]), (&json!("B"), &json!("B")));
    let ended = fields::change_type(TEXT, "B", "Succeed").expect("it can be").text;
    assert_eq!(fields::value(&ended, Some("B"), ""), Some(json!({ "Type": "Succeed" })));
    let flows = fields::change_type(TEXT, "B", "Wait").expect("it can be").text;
    assert_eq!(
        fields::value(&flows, Some("B"), ""),
        Some(json!({ "Type": "Wait", "Seconds": 5, "Next": "D" }))
    );
}

#[test]
fn paths_become_expressions() {
    let state = |state: &Value, to: Language| {
        let text = json!({ "StartAt": "S", "States": { "S": state, "C": { "Type": "Succeed" } } });
        let edited = query::change(&text.to_string(), Some("S"), to).expect("it can be");
        let told: Vec<String> = edited.told.iter().map(|told| format!("{told:?}")).collect();
        let mut state = fields::value(&edited.text, Some("S"), "").expect("a state");
        state.as_object_mut().expect("an object").shift_remove("QueryLanguage");
        (state, told)
    };
    let (task, told) = state(
        &json!({ "Type": "Task", "Resource": "r", "Parameters": { "a.$": "$.x.y[0]", "b": 1, "c.$": "$$.Execution.Id", "d.$": "$v.w" },
            "ResultPath": "$.out", "TimeoutSecondsPath": "$.t", "InputPath": "$", "End": true }),
        Language::Jsonata,
    );
    let expected = json!({ "Type": "Task", "Resource": "r", "End": true,
        "Arguments": { "a": "{% $states.input.x.y[0] %}", "b": 1, "c": "{% $states.context.Execution.Id %}", "d": "{% $v.w %}" },
        "Output": "{% $merge([$states.input, {\"out\": $states.result}]) %}", "TimeoutSeconds": "{% $states.input.t %}" });
    assert_eq!((task, told.len()), (expected, 0));
    let (pass, told) = state(
        &json!({ "Type": "Pass", "Parameters": { "a.$": "States.UUID()" }, "OutputPath": "$.a", "End": true }),
        Language::Jsonata,
    );
    assert_eq!(pass, json!({ "Type": "Pass", "End": true }));
    assert_eq!(told, ["Dropped(\"OutputPath\")", "Dropped(\"Parameters\")"]);
    let rules = json!([
        { "Variable": "$.n", "NumericGreaterThanEquals": 3, "Next": "C" },
        { "Not": { "Variable": "$.s", "StringEquals": "x" }, "Next": "C" },
        { "And": [{ "Variable": "$.a", "IsPresent": true }, { "Variable": "$.a", "NumericLessThanPath": "$.b" }], "Next": "C" },
    ]);
    let (choice, told) = state(&json!({ "Type": "Choice", "Choices": rules }), Language::Jsonata);
    let conditions: Vec<&Value> = choice["Choices"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| &rule["Condition"])
        .collect();
    assert_eq!(
        conditions,
        [
            &json!("{% $states.input.n >= 3 %}"),
            &json!("{% $not($states.input.s = \"x\") %}"),
            &json!("{% ($exists($states.input.a)) and ($states.input.a < $states.input.b) %}"),
        ]
    );
    assert_eq!(told.len(), 0);
}

#[test]
fn expressions_that_no_path_can_say_are_told() {
    let text = r#"{"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": {"Type": "Task", "Resource": "r", "Arguments": {"a": 1}, "Output": "{% 1 %}", "End": true}}}"#;
    let edited = query::change(text, None, Language::JsonPath).expect("it can be");
    assert_eq!(edited.told, [Told::Dropped("Output".into())]);
    let definition: Value = serde_json::from_str(&edited.text).expect("JSON");
    assert_eq!(
        definition,
        json!({ "StartAt": "S", "States": { "S": { "Type": "Task", "Resource": "r", "Parameters": { "a": 1 }, "End": true } } })
    );
    let back = query::change(&edited.text, None, Language::Jsonata).expect("it can be").text;
    assert_eq!(fields::value(&back, Some("S"), "/Arguments"), Some(json!({ "a": 1 })));
}
