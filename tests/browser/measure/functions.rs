//! How soon a function in the tab answers: cold and warm, from Invoke to its answer, in both browsers; and what memory is
//! held after many, one after another and several at a time.

use serde_json::{Value as Json, json};

use super::large::MEMORY;
use super::{MAKE_SNAPSHOT, ROUNDS, median};
use crate::functions::run;
use crate::site::Site;
use crate::webdriver::Kind;

/// Cold and warm, in milliseconds.
const GOALS: [(Kind, f64, f64); 2] = [(Kind::Chromium, 400.0, 3.0), (Kind::Firefox, 600.0, 5.0)];
const WARM_CALLS: usize = 1_000;
/// Between cold starts, as somebody makes them who looks at what came: a Python waits by then.
const COLD_PAUSE_MS: u32 = 2_000;
/// So many at a time.
const SIDE_BY_SIDE: usize = 8;
/// What the tab may hold more afterwards.
const LEFT_GOAL_MIB: f64 = 20.0;

const CREATE: &str = "
for number in range(COUNT):
    create(f'f{number}', 'import json\\ndef handler(event, context):\\n    return {\"hello\": event}\\n')
";

/// Invokes functions one after the other, with a pause between; each time in milliseconds.
const INVOKE: &str = "
    const { cloud } = globalThis.cloudarium;
    const payload = new TextEncoder().encode('{\"name\": \"a\"}');
    const times = [];
    const [names, pause] = args;
    for (const FunctionName of names) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const began = performance.now();
        const answer = await cloud.send({ kind: 'call', service: 'lambda', operation: 'Invoke',
            input: JSON.stringify({ FunctionName }), body: payload.slice(), region: 'us-east-1' });
        times.push(performance.now() - began);
        const output = JSON.parse(answer.ok?.output ?? 'null');
        if (output?.StatusCode !== 200 || output.FunctionError) throw new Error(JSON.stringify(answer));
    }
    return times;";

fn invoke(site: &Site, names: &[String], pause_ms: u32) -> Vec<f64> {
    let times = site.browser.run_async(INVOKE, &json!([names, pause_ms]));
    times.as_array().unwrap().iter().filter_map(Json::as_f64).collect()
}

/// Invokes a function so many times, several at a time.
const INVOKE_SIDE_BY_SIDE: &str = "
    const { cloud } = globalThis.cloudarium;
    const [FunctionName, all, most] = args;
    let left = all;
    const one = async () => {
        while (left-- > 0) {
            const answer = await cloud.send({ kind: 'call', service: 'lambda', operation: 'Invoke', region: 'us-east-1',
                input: JSON.stringify({ FunctionName }), body: new TextEncoder().encode('{}') });
            const output = JSON.parse(answer.ok?.output ?? 'null');
            if (output?.StatusCode !== 200 || output.FunctionError) throw new Error(JSON.stringify(answer));
        }
    };
    await Promise.all(Array.from({ length: most }, one));
    return true;";

/// Sleeps a little, so that several are there at a time.
const CREATE_SLOW: &str = "
create('slow', 'import time\\ndef handler(event, context):\\n    time.sleep(0.005)\\n    return len(event)\\n')
";

/// Prints the figures, and names what missed its goal.
pub fn measure() -> Vec<String> {
    let mut missed: Vec<String> = GOALS.into_iter().flat_map(times).collect();
    missed.extend(left());
    missed
}

fn open(kind: Kind) -> Site {
    let site = Site::open_anew(kind);
    site.go("#/play");
    let made = site.browser.run_async(MAKE_SNAPSHOT, &json!([]));
    assert_eq!(made, json!(true), "no snapshot was kept");
    site
}

fn times((kind, cold_goal, warm_goal): (Kind, f64, f64)) -> Vec<String> {
    let site = open(kind);
    run(&site, &CREATE.replace("COUNT", &(2 * ROUNDS + 1).to_string()));
    let names: Vec<String> = (0..=2 * ROUNDS).map(|number| format!("f{number}")).collect();
    let (first, rest) = names.split_at(1);
    let (apart, at_once) = rest.split_at(ROUNDS);
    let first = invoke(&site, first, 0)[0];
    let cold = median(invoke(&site, apart, COLD_PAUSE_MS));
    let at_once = median(invoke(&site, at_once, 0));
    let last = vec![names[2 * ROUNDS].clone(); WARM_CALLS];
    let warm = median(invoke(&site, &last, 0));
    let browser = kind.name();
    println!(
        "  a function in the tab of {browser}, Invoke to answer: cold {cold:.0} ms (goal: {cold_goal:.0}; the first of all {first:.0}, one right after the other {at_once:.0}), warm {warm:.1} ms (goal: {warm_goal:.0})"
    );
    let missed = [("cold", cold, cold_goal), ("warm", warm, warm_goal)];
    let missed = missed.iter().filter(|(_, time, goal)| time > goal);
    missed.map(|(what, time, _)| format!("a {what} function in {browser}: {time:.1} ms")).collect()
}

/// What is held after many invocations, against what was held when all environments were there and warm. Firefox tells no
/// such figure.
fn left() -> Vec<String> {
    let site = open(Kind::Chromium);
    run(&site, &format!("{}{CREATE_SLOW}", CREATE.replace("COUNT", "1")));
    let many = |calls: usize, most: usize| {
        let (name, calls) = (if most == 1 { "f0" } else { "slow" }, calls);
        site.browser.run_async(INVOKE_SIDE_BY_SIDE, &json!([name, calls, most]));
    };
    let held = || {
        let bytes = site.browser.run_async(MEMORY, &json!([])).as_f64().unwrap();
        bytes / f64::from(1 << 20)
    };
    many(50, 1);
    many(50 * SIDE_BY_SIDE, SIDE_BY_SIDE);
    let mut missed = Vec::new();
    for (most, words) in
        [(1, "one after another".to_owned()), (SIDE_BY_SIDE, format!("{SIDE_BY_SIDE} at a time"))]
    {
        let before = held();
        many(WARM_CALLS, most);
        let left = held() - before;
        println!(
            "  {WARM_CALLS} warm invocations, {words}: {left:.1} MiB held more than the {before:.0} before (goal: {LEFT_GOAL_MIB:.0})"
        );
        if left > LEFT_GOAL_MIB {
            missed.push(format!("{WARM_CALLS} warm invocations, {words}: {left:.1} MiB held"));
        }
    }
    missed
}
