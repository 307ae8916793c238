//! What `cargo xtask bench --browser` measures in Chromium, and of functions in Firefox, too; no test, so it is only there when `CLOUDARIUM_MEASURE` is set.

mod functions;
mod large;
mod machines;
mod page;

use std::thread::sleep;
use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::site::Site;
use crate::webdriver::Kind;

/// At least this share of the calls a second that the way to the cloud allows.
const RATE_GOAL: f64 = 0.8;
/// How long Python may take from a snapshot, and without.
const START_GOALS_MS: [(bool, f64); 2] = [(true, 400.0), (false, 1500.0)];
const ROUNDS: usize = 7;
/// A start may meet a moment in which the browser tidies up: so many starts, for a median that holds.
const STARTS: usize = 15;

/// Calls a second, once everything is warm.
const LIST_BUCKETS: &str = "
import time
import boto3
s3 = boto3.client('s3')
for _ in range(100):
    s3.list_buckets()
count = 400
before = time.perf_counter()
for _ in range(count):
    s3.list_buckets()
print(count / (time.perf_counter() - before))
";
const FIRST_CALL: &str = "import boto3\nprint(boto3.client('s3').list_buckets()['Buckets'])\n";

/// Runs a script, and tells what it printed and how many milliseconds it took: from the start of Python's worker, if
/// there was none.
const RUN: &str = "
    const { python } = globalThis.cloudarium;
    let said = '';
    python.configure({ snapshot: args[1], onOutput: (_stream, text) => { said += text; } });
    const before = performance.now();
    const ending = await python.run(args[0]);
    const ms = performance.now() - before;
    if (ending.status !== 'ok') throw new Error(said);
    return { said, ms };";

const MAKE_SNAPSHOT: &str = "
    const { python } = globalThis.cloudarium;
    const made = python.snapshotMade();
    await python.run('import boto3');
    return (await made).saved;";

/// A ListBuckets that lists none, given at once and without a cloud; or the cloud again.
const ANSWER: &str = "
    const xml = '<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>0</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>';
    const canned = { status: 200, headers: '{\"content-type\":\"application/xml\"}', body: new TextEncoder().encode(xml) };
    await globalThis.cloudarium.cloud.send({ kind: 'answer-at-once', answer: args[0] ? canned : null });
    return true;";

/// Prints its figures, and names those that miss their goal.
type Measure = fn() -> Vec<String>;

/// What is measured.
const FIGURES: &[(&str, Measure)] = &[
    ("calls", calls),
    ("starts", starts),
    ("functions", functions::measure),
    ("streaming", page::streaming),
    ("scrubbing", page::scrubbing),
    ("vitals", page::vitals),
    ("large", large::measure),
    ("machines", machines::measure),
];

/// The measurements, when they are asked for.
pub fn trials() -> Vec<Trial> {
    if std::env::var_os("CLOUDARIUM_MEASURE").is_none() {
        return Vec::new();
    }
    FIGURES.iter().map(|(name, measure)| trial(name, *measure)).collect()
}

fn trial(name: &str, measure: Measure) -> Trial {
    let told = move || {
        let missed = measure();
        if missed.is_empty() { Ok(()) } else { Err(missed.join("\n").into()) }
    };
    Trial::test(format!("measure::{name}"), told).with_ignored_flag(true)
}

fn run(site: &Site, code: &str, snapshot: bool) -> Json {
    site.browser.run_async(RUN, &json!([code, snapshot]))
}

fn calls() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play");
    let mut rates = [Vec::new(), Vec::new()];
    // In turn, so that whatever else the machine does meets both.
    for _ in 0..ROUNDS {
        for (at, canned) in [true, false].into_iter().enumerate() {
            site.browser.run_async(ANSWER, &json!([canned]));
            let said = run(&site, LIST_BUCKETS, true)["said"].as_str().unwrap().to_owned();
            rates[at].push(said.trim().parse::<f64>().unwrap());
        }
    }
    let [at_once, cloud] = rates.map(median);
    let share = cloud / at_once;
    println!(
        "  boto3 list_buckets in the tab: {cloud:.0}/s; the same way with an empty answer at once: {at_once:.0}/s"
    );
    println!("  {:.0} % of it (goal: {:.0} %)", share * 100.0, RATE_GOAL * 100.0);
    if share < RATE_GOAL {
        vec![format!("list_buckets: {share:.2} of the rate")]
    } else {
        Vec::new()
    }
}

fn starts() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play");
    assert_eq!(
        site.browser.run_async(MAKE_SNAPSHOT, &json!([])),
        json!(true),
        "no snapshot was kept"
    );
    let mut missed = Vec::new();
    for (snapshot, goal) in START_GOALS_MS {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            site.browser.reload();
            site.settle();
            site.wait_for_cloud();
            // What the page does in the background after it was loaded is no part of this.
            sleep(Duration::from_secs(2));
            times.push(run(&site, FIRST_CALL, snapshot)["ms"].as_f64().unwrap());
        }
        let [least, most] =
            [f64::min, f64::max].map(|pick| times.iter().copied().reduce(pick).unwrap());
        let time = median(times);
        let from = if snapshot { "from a snapshot" } else { "without a snapshot" };
        println!(
            "  Python, worker start to first answered call, {from}: {time:.0} ms (median of {STARTS}, {least:.0} to {most:.0}; goal: {goal:.0})"
        );
        if time > goal {
            missed.push(format!("Python {from}: {time:.0} ms"));
        }
    }
    missed
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
