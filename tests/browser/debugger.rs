//! An execution step by step: held, looked at, changed, let go; and tasks that wait for somebody's answer.

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::states::{make, start, wait_for_state, wait_for_status};
use crate::webdriver::Kind;

in_browsers! {
    an_execution_goes_on_step_by_step_and_is_changed
    a_breakpoint_is_set_by_keyboard_and_holds_what_a_script_starts
    a_pause_outlives_a_reload_and_can_be_stopped
    a_task_with_a_token_is_answered
    a_task_of_an_activity_is_taken_and_failed
}

/// An execution of a machine that was made, held before its first state.
pub fn start_paused(site: &Site, machine: &str, name: &str) {
    site.go(&format!("#/play/states/{machine}"));
    site.browser.wait(
        "the machine",
        SOON,
        "return document.querySelector('#start-execution:enabled') !== null",
        &json!([]),
    );
    site.browser.click("#start-execution");
    site.browser.type_into("#start-name", name);
    site.browser.click("#start-paused");
    site.browser.wait(
        "the pause",
        SOON,
        "return document.querySelector('#held-h') !== null",
        &json!([]),
    );
}

/// An execution that waits for an answer.
pub fn ask(site: &Site, name: &str) {
    site.go("#/play/states");
    site.call("CreateBucket", &json!({ "Bucket": "my-questions" }));
    make(site, "callback");
    start(site, name);
    site.browser.wait(
        "the question",
        SOON,
        "return document.querySelector('#answer-now') !== null",
        &json!([]),
    );
}

/// Puts a text into a field, and picks in a list.
fn put(site: &Site, field: &str, text: &str) {
    let put = "const field = document.querySelector(arguments[0]); if (!field) return false;
        field.value = arguments[1];
        field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
        return true";
    site.browser.wait(field, SOON, put, &json!([field, text]));
}

fn wait_for_pause(site: &Site, words: &str) {
    let there = "return document.querySelector('#paused')?.innerText.trim() === arguments[0]";
    site.browser.wait(&format!("it to say: {words}"), SOON, there, &json!([words]));
}

fn calls_of(site: &Site, operation: &str) -> usize {
    let told = site.browser.run(
        "return cloudarium.cloud.send({ kind: 'calls', after: 0 }).then((answer) => answer.ok)",
        &json!([]),
    );
    let calls: Vec<Json> = serde_json::from_str(told.as_str().unwrap()).unwrap();
    calls.iter().filter(|call| call["operation"] == operation).count()
}

fn an_execution_goes_on_step_by_step_and_is_changed(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "retry-and-catch");
    start_paused(&site, "retry-and-catch", "one");
    wait_for_pause(&site, "Paused before Read settings");
    put(&site, "#held-input", r#"{"bucket": "mine", "key": "k"}"#);
    site.browser.click("#use-input");
    site.browser.wait(
        "the change to be told",
        SOON,
        "return document.querySelector('#input-changed') !== null",
        &json!([]),
    );
    put(&site, "#mock-way", "error");
    put(&site, "#mock-error", "S3.NoSuchKeyException");
    put(&site, "#mock-cause", "made up");
    site.browser.click("#mock-now");
    site.browser.wait(
        "the end to be told",
        SOON,
        "return document.querySelector('#made-up') !== null",
        &json!([]),
    );
    site.browser.click("#step");
    wait_for_pause(&site, "Paused before Use defaults");
    wait_for_state(&site, "Read settings", "error caught");
    wait_for_state(&site, "Use defaults", "not reached");
    assert_eq!(calls_of(&site, "GetObject"), 0, "nothing was called");
    site.browser.click("#finish");
    wait_for_status(&site, "Succeeded");
    site.wait_for_words("2 changes by hand");
    site.go("#/play/states/retry-and-catch/one?show=events");
    let marked = "return document.querySelectorAll('.sf-events .pill.warn').length === 2";
    site.browser.wait("two events to be marked", SOON, marked, &json!([]));
    site.go("#/play/states/retry-and-catch/one?show=graph&state=Read%20settings");
    site.wait_for_words("This input was given by hand");
    site.wait_for_words("This error was made up");
    // AWS's own operation tells what the machine was given, and no more than AWS would.
    let arn = "arn:aws:states:us-east-1:123456789012:execution:retry-and-catch:one";
    let told =
        site.call_of("stepfunctions", "GetExecutionHistory", &json!({ "executionArn": arn }));
    let events = told["events"].as_array().unwrap();
    let types: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    let task =
        ["TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed", "TaskStateExited"];
    assert_eq!(types.get(1..6), Some(&task[..]), "{types:?}");
    let input: Json =
        serde_json::from_str(events[1]["stateEnteredEventDetails"]["input"].as_str().unwrap())
            .unwrap();
    assert_eq!(input, json!({ "bucket": "mine", "key": "k" }));
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_breakpoint_is_set_by_keyboard_and_holds_what_a_script_starts(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "hello-world");
    let last = "const last = [...document.querySelectorAll('.nd')].at(-1); last.focus(); return last.getAttribute('aria-label')";
    let name = site.browser.run(last, &json!([]));
    site.browser.press_key("b");
    let set = "return [...document.querySelectorAll('.nd')].at(-1).getAttribute('aria-label').includes('Breakpoint')";
    site.browser.wait("the breakpoint", SOON, set, &json!([]));
    assert!(!name.as_str().unwrap().contains("Breakpoint"));
    let machine = "arn:aws:states:us-east-1:123456789012:stateMachine:hello-world";
    site.call_of(
        "stepfunctions",
        "StartExecution",
        &json!({ "stateMachineArn": machine, "name": "own", "input": r#"{"name": "you"}"# }),
    );
    site.go("#/play/states/hello-world/own?show=outline");
    site.wait_for_words("paused here");
    // Taken away in the outline, by a button that has a name.
    let off =
        "const on = document.querySelector('.sf-outline .sf-bp[aria-pressed=true]'); on?.click();
        return on?.getAttribute('aria-label') ?? null";
    let label = site.browser.wait("the button", SOON, off, &json!([]));
    assert!(label.as_str().unwrap().starts_with("Breakpoint at "), "{label}");
    site.browser.wait(
        "none to be left",
        SOON,
        "return document.querySelector('.sf-bp[aria-pressed=true]') === null",
        &json!([]),
    );
    site.browser.click("#continue");
    wait_for_status(&site, "Succeeded");
}

fn a_pause_outlives_a_reload_and_can_be_stopped(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "choice-and-wait");
    start_paused(&site, "choice-and-wait", "held");
    let before = site.browser.run("return document.querySelector('#paused').innerText", &json!([]));
    site.browser.run("location.reload()", &json!([]));
    site.browser.wait(
        "the pause again",
        SOON,
        "return document.querySelector('#held-h') !== null",
        &json!([]),
    );
    wait_for_pause(&site, before.as_str().unwrap().trim());
    site.browser.click("#stop");
    wait_for_status(&site, "Aborted");
    site.browser.wait(
        "no pause",
        SOON,
        "return document.querySelector('#held-h') === null",
        &json!([]),
    );
}

fn a_task_with_a_token_is_answered(kind: Kind) {
    let site = Site::open(kind);
    ask(&site, "ask");
    site.browser.click("#heartbeat");
    site.wait_for_words("Heartbeat sent");
    put(&site, "#answer-result", "{");
    let off = "return document.querySelector('#answer-now').disabled";
    site.browser.wait("no answer that is no JSON", SOON, off, &json!([]));
    put(&site, "#answer-result", r#"{"approved": true}"#);
    site.browser.click("#answer-now");
    wait_for_status(&site, "Succeeded");
    assert_eq!(calls_of(&site, "SendTaskHeartbeat"), 1);
    assert_eq!(calls_of(&site, "SendTaskSuccess"), 1);
    site.browser.wait(
        "nothing to answer",
        SOON,
        "return document.querySelector('#answer-now') === null",
        &json!([]),
    );
}

fn a_task_of_an_activity_is_taken_and_failed(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/states");
    let made = site.call_of("stepfunctions", "CreateActivity", &json!({ "name": "approve" }));
    let definition = json!({ "StartAt": "Approve", "States": { "Approve": {
        "Type": "Task", "Resource": made["activityArn"], "End": true } } });
    let role = "arn:aws:iam::123456789012:role/r";
    let machine = site.call_of(
        "stepfunctions",
        "CreateStateMachine",
        &json!({ "name": "person", "definition": definition.to_string(), "roleArn": role }),
    );
    site.call_of(
        "stepfunctions",
        "StartExecution",
        &json!({ "stateMachineArn": machine["stateMachineArn"], "name": "a" }),
    );
    site.go("#/play/states/person/a");
    site.browser.wait(
        "the task",
        SOON,
        "return document.querySelector('#take-task') !== null",
        &json!([]),
    );
    site.browser.click("#take-task");
    put(&site, "#answer-way", "error");
    put(&site, "#answer-error", "Person.SaidNo");
    site.browser.click("#answer-now");
    wait_for_status(&site, "Failed");
    site.wait_for_words("Person.SaidNo");
    assert_eq!(calls_of(&site, "SendTaskFailure"), 1);
}
