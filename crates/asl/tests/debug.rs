//! Debugging holds an execution up, and changes nothing of its history but what was asked for.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod common;

use std::collections::BTreeSet;
use std::rc::Rc;

use cloudarium_asl::exec::debug::{Mode, What};
use cloudarium_asl::exec::inspect::Mock;
use cloudarium_asl::{Doc, EventKind};
use common::Run;
use serde_json::{Value, json};

const CALL: &str = "arn:aws:states:::aws-sdk:sts:getCallerIdentity";

fn everything() -> Value {
    json!({"StartAt": "First", "States": {
        "First": {"Type": "Pass", "Assign": {"x.$": "$.n"}, "Next": "Pick"},
        "Pick": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Big"}],
            "Default": "Both"},
        "Big": {"Type": "Succeed"},
        "Both": {"Type": "Parallel", "Next": "Each", "ResultPath": "$.both", "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 3, "End": true}}},
            {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}]},
        "Each": {"Type": "Map", "ItemsPath": "$.list", "Next": "Last",
            "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}},
        "Last": {"Type": "Pass", "End": true},
    }})
}

fn begin(definition: &Value, input: &Value, mode: Mode, breakpoints: &[&str]) -> Run {
    let mut run = Run::start(definition, &input.to_string());
    let names: BTreeSet<Rc<str>> = breakpoints.iter().map(|name| Rc::from(*name)).collect();
    run.act(|execution, _| execution.debug(mode, names));
    run.run();
    run
}

/// The states before which it is held.
fn held(run: &Run) -> Vec<String> {
    run.execution.held(&run.machine).iter().map(|held| held.state.to_owned()).collect()
}

fn first(run: &Run) -> u32 {
    run.execution.held(&run.machine).first().expect("something is held").frame
}

fn step(run: &mut Run) {
    let place = first(run);
    assert!(run.act(|execution, cx| execution.release(cx, Some(place))));
    run.run();
}

fn kinds(run: &Run) -> Vec<EventKind> {
    run.events.iter().map(|event| event.kind).collect()
}

#[test]
fn step_by_step_the_history_is_the_same() {
    let input = json!({"n": 1, "list": [1, 2, 3]});
    let mut plain = Run::start(&everything(), &input.to_string());
    plain.run();
    let mut run = begin(&everything(), &input, Mode::Step, &[]);
    let mut seen = Vec::new();
    while run.execution.outcome().is_none() {
        seen.extend(held(&run).into_iter().take(1));
        run.store();
        step(&mut run);
        run.store();
    }
    assert_eq!(seen, ["First", "Pick", "Both", "A", "B", "Each", "One", "One", "One", "Last"]);
    assert_eq!(run.status(), plain.status());
    assert_eq!(run.events.len(), plain.events.len());
    let sorted = |run: &Run| {
        let mut all: Vec<String> =
            run.events.iter().map(|one| format!("{:?} {:?}", one.kind, one.details)).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&run), sorted(&plain), "nothing but their order may differ");
    assert!(run.execution.debugged().expect("a session").changes().is_empty());
}

#[test]
fn it_stops_at_breakpoints_and_shows_what_goes_in() {
    let input = json!({"n": 1, "list": [1, 2]});
    let mut run = begin(&everything(), &input, Mode::Continue, &["Both", "One", "Nowhere"]);
    assert_eq!(held(&run), ["Both"]);
    let places = run.execution.held(&run.machine);
    assert_eq!(places[0].input.value(), &input);
    assert_eq!(places[0].variables.get("x").map(|value| value.value().clone()), Some(json!(1)));
    assert!(!places[0].is_task && !places[0].entered);
    run.act(|execution, cx| execution.release(cx, None));
    run.run();
    assert_eq!(held(&run), ["One", "One"]);
    let indexes: Vec<_> = run.execution.held(&run.machine).iter().map(|held| held.index).collect();
    assert_eq!(indexes, [Some(0), Some(1)]);
    run.act(|execution, cx| {
        execution.debug(Mode::Finish, BTreeSet::from(["Last".into()]));
        execution.release(cx, None)
    });
    run.run();
    assert_eq!(run.status().0, "SUCCEEDED");
}

#[test]
fn another_input_is_in_the_history_and_told_apart() {
    let mut run = begin(&everything(), &json!({"n": 1}), Mode::Continue, &["Pick"]);
    let place = first(&run);
    let given = Doc::new(json!({"n": 9}));
    assert!(run.act(|execution, _| execution.give(place, Doc::new(json!({"n": 8})))));
    assert!(run.act(|execution, _| execution.give(place, given.clone())));
    assert_eq!(run.execution.held(&run.machine)[0].given.map(Doc::value), Some(&json!({"n": 1})));
    run.store();
    step(&mut run);
    assert_eq!(run.status(), ("SUCCEEDED", json!({"n": 9}), None, None));
    let entered =
        run.events.iter().find(|event| event.kind == EventKind::ChoiceStateEntered).expect("it");
    assert_eq!(entered.text(cloudarium_asl::event::Detail::Input), Some("{\"n\":9}"));
    let changes = run.execution.debugged().expect("a session").changes();
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].event, &*changes[0].state), (entered.id, "Pick"));
    assert_eq!(changes[0].what, What::Input(Doc::new(json!({"n": 1}))));
    assert!(!run.act(|execution, _| execution.give(place, given)), "nothing is held any more");
}

#[test]
fn what_is_put_back_is_no_change() {
    let mut run = begin(&everything(), &json!({"n": 9}), Mode::Continue, &["Pick"]);
    let place = first(&run);
    run.act(|execution, _| execution.give(place, Doc::new(json!({"n": 1}))));
    run.act(|execution, _| execution.give(place, Doc::new(json!({"n": 9}))));
    step(&mut run);
    assert!(run.execution.debugged().expect("a session").changes().is_empty());
}

fn tries() -> Value {
    json!({"StartAt": "Call", "TimeoutSeconds": 60, "States": {"Call": {"Type": "Task", "Resource": CALL,
        "Retry": [{"ErrorEquals": ["My.Error"], "IntervalSeconds": 1, "MaxAttempts": 2}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Oh"}], "End": true},
        "Oh": {"Type": "Pass", "End": true}}})
}

#[test]
fn a_task_is_failed_and_its_next_attempt_has_a_result() {
    let mut run = begin(&tries(), &json!({}), Mode::Step, &[]);
    let place = first(&run);
    let error = Mock::Error(Some("My.Error".to_owned()), Some("why".to_owned()));
    assert!(run.act(|execution, cx| execution.make_up(cx.machine, place, Some(error))));
    step(&mut run);
    let again = &run.execution.held(&run.machine)[0];
    assert_eq!((again.state, again.tries, again.entered), ("Call", 1, true));
    assert!(again.mock.is_none(), "it was for one attempt");
    assert!(!run.act(|execution, _| execution.give(place, Doc::empty())), "its input is history");
    let result = Mock::Result(Doc::new(json!({"Account": "1"})));
    assert!(run.act(|execution, cx| execution.make_up(cx.machine, place, Some(result))));
    run.store();
    step(&mut run);
    assert_eq!(run.status(), ("SUCCEEDED", json!({"Account": "1"}), None, None));
    assert!(run.tasks.is_empty(), "nothing was called");
    let wanted = [
        EventKind::ExecutionStarted,
        EventKind::TaskStateEntered,
        EventKind::TaskScheduled,
        EventKind::TaskStarted,
        EventKind::TaskFailed,
        EventKind::TaskScheduled,
        EventKind::TaskStarted,
        EventKind::TaskSucceeded,
        EventKind::TaskStateExited,
        EventKind::ExecutionSucceeded,
    ];
    assert_eq!(kinds(&run), wanted);
    let changes: Vec<_> = run.execution.debugged().expect("a session").changes().iter().collect();
    assert_eq!(changes.iter().map(|one| one.event).collect::<Vec<_>>(), [5, 8]);
    assert_eq!((&changes[0].what, &changes[1].what), (&What::Error, &What::Result));
}

#[test]
fn a_mock_can_be_taken_back_and_only_a_task_has_one() {
    let mut run = begin(&tries(), &json!({}), Mode::Step, &[]);
    let place = first(&run);
    let mock = Some(Mock::Result(Doc::empty()));
    assert!(run.act(|execution, cx| execution.make_up(cx.machine, place, mock.clone())));
    assert!(run.act(|execution, cx| execution.make_up(cx.machine, place, None)));
    step(&mut run);
    assert_eq!(run.tasks.len(), 1, "it is called");
    let mut run = begin(&everything(), &json!({"n": 1}), Mode::Step, &[]);
    let place = first(&run);
    assert!(!run.act(|execution, cx| execution.make_up(cx.machine, place, mock)));
}

#[test]
fn time_in_which_it_is_held_does_not_count() {
    let mut run = begin(&tries(), &json!({}), Mode::Step, &[]);
    assert_eq!(run.status().0, "RUNNING", "its 60 seconds are over");
    assert!(run.now_ms >= 1_700_000_060_000);
    run.now_ms += 1_000_000;
    run.store();
    let place = first(&run);
    run.act(|execution, cx| {
        execution.debug(Mode::Finish, BTreeSet::new());
        execution.release(cx, Some(place))
    });
    let begun = run.now_ms;
    run.run();
    assert_eq!(run.status().0, "TIMED_OUT", "the task never ends");
    assert_eq!(run.now_ms - begun, 60_000);
}

#[test]
fn what_is_held_can_be_stopped_and_redriven() {
    let mut run = begin(&tries(), &json!({}), Mode::Step, &[]);
    run.act(|execution, cx| execution.abort(cx, None, None));
    assert_eq!(run.status().0, "ABORTED");
    assert!(held(&run).is_empty());
    assert!(run.act(cloudarium_asl::Execution::redrive));
    run.run();
    assert_eq!(held(&run), ["Call"]);
    let place = first(&run);
    run.act(|execution, cx| execution.make_up(cx.machine, place, Some(Mock::Result(Doc::empty()))));
    step(&mut run);
    assert_eq!(run.status().0, "SUCCEEDED");
}
