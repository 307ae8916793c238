//! How quick state machines are in the tab, and how smooth the page is while one runs.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::page::WATCH_TASKS;
use crate::site::Site;
use crate::states::CALL;
use crate::webdriver::Kind;

/// States a second through the core in the cloud worker.
const RATE_GOAL: f64 = 100_000.0;
const TASK_GOAL_MS: f64 = 50.0;
/// Iterations of an execution: its history then nearly has the 25,000 events that it may have.
const ITERATIONS: u64 = 4_990;
const EXECUTIONS: u64 = 20;

/// The same loop that `cargo xtask bench` runs natively.
const LOOP: &str = include_str!("../../../crates/cloud/examples/loop.asl.json");

/// A thousand items, forty at a time, a second each.
const MAP: &str = r#"{"StartAt": "Each", "States": {
    "Each": {"Type": "Map", "ItemsPath": "$.items", "End": true, "ItemProcessor": {"StartAt": "Look", "States": {
        "Look": {"Type": "Pass", "Next": "Rest"},
        "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Pack"},
        "Pack": {"Type": "Pass", "End": true}}}}}}"#;

const MAKE: &str = "
    const [name, definition, input, count] = args;
    const roleArn = 'arn:aws:iam::123456789012:role/r';
    const { stateMachineArn } = await call('CreateStateMachine', { name, definition, roleArn });
    const begin = (at) => call('StartExecution', { stateMachineArn, name: `e${at}`, input });";

/// With the clock paused nothing runs; one jump of it then runs all.
const RUN_LOOP: &str = "
    await cloud.send({ kind: 'clock', speed: 0 });
    for (let at = 0; at < count; at += 1) await begin(at);
    const before = performance.now();
    await cloud.send({ kind: 'clock', jump_ms: 3600000 });
    const ms = performance.now() - before;
    const { executions } = await call('ListExecutions', { stateMachineArn, statusFilter: 'SUCCEEDED' });
    if (executions.length !== count) throw new Error(`${executions.length} have ended`);
    return ms;";

/// Frames are counted while the page follows the execution.
const COUNT_FRAMES: &str = "
    const seen = []; window.frames_seen = seen; let last = performance.now();
    const next = (now) => {
        if (window.frames_seen !== seen) return;
        seen.push(now - last); last = now; requestAnimationFrame(next);
    };
    requestAnimationFrame(next); return true";

/// What misses its goal, in words.
pub fn measure() -> Vec<String> {
    [rate(), smoothness()].concat()
}

fn rate() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play");
    let input = json!({ "n": ITERATIONS }).to_string();
    let script = format!("{CALL}{MAKE}{RUN_LOOP}");
    let ms = site.browser.run_async(&script, &json!(["loop", LOOP, input, EXECUTIONS]));
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let states = (EXECUTIONS * (2 * ITERATIONS + 2)) as f64;
    let rate = states / ms.as_f64().unwrap() * 1000.0;
    println!("  a loop of Choice and Pass in the tab: {rate:.0} states/s (goal: {RATE_GOAL:.0})");
    if rate < RATE_GOAL { vec![format!("{rate:.0} states/s in the tab")] } else { Vec::new() }
}

fn smoothness() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play/states");
    let items: Vec<u32> = (0..1000).collect();
    let input = json!({ "items": items }).to_string();
    let script = format!("{CALL}{MAKE} await begin(0); return true;");
    site.browser.run_async(&script, &json!(["map", MAP, input, 1]));
    let mut missed = Vec::new();
    for view in ["graph", "events", "timeline"] {
        site.browser.go(&site.url(&format!("#/play/states/map/e0?show={view}")));
        site.settle();
        site.browser.run(WATCH_TASKS, &json!([]));
        site.browser.run(COUNT_FRAMES, &json!([]));
        std::thread::sleep(Duration::from_secs(8));
        let told = site.browser.run(
            "const all = window.frames_seen.toSorted((one, other) => one - other);
             return [Math.max(0, ...window.longTasks), all.length / 8, all.at(-1),
                 document.querySelector('#run-status').innerText.trim()]",
            &json!([]),
        );
        missed.extend(tell(view, &told));
    }
    missed
}

fn tell(view: &str, told: &Json) -> Vec<String> {
    assert_eq!(told[3], "Running", "the Map has ended before it was looked at");
    let [longest, rate, gap] = [0, 1, 2].map(|at| told[at].as_f64().unwrap());
    let said =
        if longest == 0.0 { "none above 50 ms".to_owned() } else { format!("{longest:.0} ms") };
    println!(
        "  while a Map of 1,000 items runs ({view}): {rate:.0} frames/s, longest gap {gap:.0} ms, longest main-thread task {said} (goal: 50 ms)"
    );
    if longest > TASK_GOAL_MS {
        vec![format!("Map, {view}: a task of {longest:.0} ms")]
    } else {
        Vec::new()
    }
}
