//! How soon a function in the tab answers: cold and warm, from Invoke to its answer, and many after one another.

use serde_json::{Value as Json, json};

use super::{MAKE_SNAPSHOT, ROUNDS, median};
use crate::functions::run;
use crate::site::Site;
use crate::webdriver::Kind;

const COLD_GOAL_MS: f64 = 400.0;
const WARM_GOAL_MS: f64 = 3.0;
const WARM_CALLS: usize = 1_000;

const CREATE: &str = "
for number in range(COUNT):
    create(f'f{number}', 'import json\\ndef handler(event, context):\\n    return {\"hello\": event}\\n')
";

/// Invokes functions one after the other; each time in milliseconds.
const INVOKE: &str = "
    const { cloud } = globalThis.cloudarium;
    const payload = new TextEncoder().encode('{\"name\": \"a\"}');
    const times = [];
    for (const FunctionName of args[0]) {
        const began = performance.now();
        const answer = await cloud.send({ kind: 'call', service: 'lambda', operation: 'Invoke',
            input: JSON.stringify({ FunctionName }), body: payload.slice(), region: 'us-east-1' });
        times.push(performance.now() - began);
        const output = JSON.parse(answer.ok?.output ?? 'null');
        if (output?.StatusCode !== 200 || output.FunctionError) throw new Error(JSON.stringify(answer));
    }
    return times;";

fn invoke(site: &Site, names: &[String]) -> Vec<f64> {
    let times = site.browser.run_async(INVOKE, &json!([names]));
    times.as_array().unwrap().iter().filter_map(Json::as_f64).collect()
}

/// Prints the figures, and names what missed its goal.
pub fn measure() -> Vec<String> {
    let site = Site::open(Kind::Chromium);
    site.go("#/play");
    let made = site.browser.run_async(MAKE_SNAPSHOT, &json!([]));
    assert_eq!(made, json!(true), "no snapshot was kept");
    run(&site, &CREATE.replace("COUNT", &(ROUNDS + 1).to_string()));
    let names: Vec<String> = (0..=ROUNDS).map(|number| format!("f{number}")).collect();
    let first = invoke(&site, &names[..1])[0];
    let cold = median(invoke(&site, &names[1..]));
    let last = vec![names[ROUNDS].clone(); WARM_CALLS];
    let warm = median(invoke(&site, &last));
    println!(
        "  a function in the tab, Invoke to answer: cold {cold:.0} ms (goal: {COLD_GOAL_MS:.0}; the first of all {first:.0}), warm {warm:.1} ms (goal: {WARM_GOAL_MS:.0})"
    );
    let missed = [("cold", cold, COLD_GOAL_MS), ("warm", warm, WARM_GOAL_MS)];
    let missed = missed.iter().filter(|(_, time, goal)| time > goal);
    missed.map(|(what, time, _)| format!("a {what} function: {time:.1} ms")).collect()
}
