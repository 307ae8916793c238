//! How quick the page itself is: while calls stream in, while somebody scrubs through the past, and on a slow machine.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use super::{median, run};
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

const TASK_GOAL_MS: f64 = 50.0;
const SCRUB_GOAL_MS: f64 = 100.0;
const SCRUBBED_CALLS: u64 = 5_000;
/// Google's limits of what is good. <https://web.dev/articles/vitals>
const PAINT_GOAL_MS: f64 = 2_500.0;
const INTERACTION_GOAL_MS: f64 = 200.0;
const SHIFT_GOAL: f64 = 0.1;
const SLOWER: u32 = 4;

const STREAM: &str = "
import boto3
s3 = boto3.client('s3')
s3.create_bucket(Bucket='stream')
for number in range(1000):
    s3.put_object(Bucket='stream', Key=f'key-{number}', Body=b'one of many')
";

/// Browsers tell of tasks that are longer than 50 milliseconds, which is the goal.
pub const WATCH_TASKS: &str = "
    window.longTasks = [];
    const note = (list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration));
    new PerformanceObserver(note).observe({ type: 'longtask' });";

/// So many calls, a quarter of them reads, made as fast as the cloud answers.
const MAKE_CALLS: &str = "
    const send = (operation, input, body) => cloudarium.cloud.send({ kind: 'call', service: 's3', operation,
        input: JSON.stringify(input), body, region: 'us-east-1' });
    await send('CreateBucket', { Bucket: 'many' });
    for (let made = 1; made < args[0]; made += 20) {
        await Promise.all(Array.from({ length: 20 }, (_, at) => (made + at) % 4 === 0
            ? send('GetObject', { Bucket: 'many', Key: `key-${made + at - 1}` })
            : send('PutObject', { Bucket: 'many', Key: `key-${(made + at) % 2000}` }, new TextEncoder().encode(`${made + at}`))));
    }
    return true;";

/// Moves the scrubber to a call; how long until the page has drawn all of it: the console, the bill. What the clock
/// draws every second is no part of it, nor what has become of objects since, which is told when the scrubber rests.
const SCRUB: &str = "
    const scrub = document.querySelector('#scrub');
    const began = performance.now();
    let drawn = 0;
    let where = '';
    const place = (node) => node === null ? '' : `${place(node.parentElement)} ${node.localName}.${node.getAttribute('class') ?? ''}`;
    const isBeside = ({ target, addedNodes, removedNodes }) => (target.closest === undefined ? target.parentElement : target)?.closest('.when, .fate, .turns, .by') != null
        || target.localName === 'td' && [...addedNodes, ...removedNodes].every((node) => node.localName === 'small' || node.textContent === '');
    const watch = new MutationObserver((seen) => {
        const last = seen.findLast((change) => !isBeside(change));
        if (last === undefined) return;
        drawn = performance.now() - began;
        where = place(last.target.parentElement ?? last.target);
    });
    watch.observe(document.querySelector('#app'), { subtree: true, childList: true, characterData: true });
    scrub.value = Math.floor(Number(scrub.max) * args[0]);
    scrub.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 700));
    watch.disconnect();
    if (drawn === 0 || document.querySelector('.pastbar') === null) throw new Error('the past is not shown');
    return [drawn, where];";

/// The largest paint so far and how much has moved; interactions are noted from here on.
const VITALS: &str = "
    const entries = (type) => new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve([]), 500);
    });
    window.interactions = [];
    const note = (list) => list.getEntries().filter(({ interactionId }) => interactionId > 0)
        .forEach(({ name, duration }) => window.interactions.push([duration, name]));
    new PerformanceObserver(note).observe({ type: 'event', durationThreshold: 16, buffered: true });
    const paints = await entries('largest-contentful-paint');
    const shifts = await entries('layout-shift');
    return [
        Math.max(...paints.map(({ startTime }) => startTime)),
        shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
    ];";

/// Prints the figures, and names what missed its goal.
pub fn streaming() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play");
    run(&site, "import boto3\nboto3.client('s3').list_buckets()\n", true);
    // What Python's first start leaves to do in the background is no part of this.
    sleep(Duration::from_secs(5));
    site.browser.run(WATCH_TASKS, &json!([]));
    run(&site, STREAM, true);
    sleep(Duration::from_secs(1));
    let longest = site.browser.run("return Math.max(0, ...window.longTasks)", &json!([]));
    let longest = longest.as_f64().unwrap();
    let said =
        if longest == 0.0 { "none above 50 ms".to_owned() } else { format!("{longest:.0} ms") };
    println!("  longest main-thread task while Python makes 1,000 calls: {said} (goal: 50 ms)");
    missed("a main-thread task of", longest, TASK_GOAL_MS, "ms")
}

/// Prints the figures, and names what missed its goal.
pub fn scrubbing() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play/s3");
    site.browser.run_async(MAKE_CALLS, &json!([SCRUBBED_CALLS]));
    site.browser.go(&site.url("#/play/s3/many"));
    let listed =
        format!("return Number(document.querySelector('#scrub')?.max) >= {SCRUBBED_CALLS}");
    site.browser.wait("all calls to be listed", SOON, &listed, &json!([]));
    site.settle();
    // The calls by which the console has shown the bucket come into the list.
    sleep(Duration::from_secs(2));
    let mut times = Vec::new();
    for at in 1..25 {
        // All over the past, and never twice the same.
        let place = f64::from(at * 7 % 25) / 25.0;
        let shown = site.browser.run_async(SCRUB, &json!([place]));
        let time = shown[0].as_f64().unwrap();
        if time > SCRUB_GOAL_MS {
            println!("  point {at} was shown after {time:.0} ms, by{}", shown[1].as_str().unwrap());
        }
        times.push(time);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    println!(
        "  a point among {SCRUBBED_CALLS} calls is shown after {:.0} ms (median), {slowest:.0} ms at most (goal: {SCRUB_GOAL_MS:.0} ms)",
        median(times)
    );
    missed("scrubbing:", slowest, SCRUB_GOAL_MS, "ms")
}

/// Prints the figures, and names what missed its goal.
pub fn vitals() -> Vec<String> {
    let mut runs: Vec<Vitals> = (0..VITALS_RUNS).map(|_| vitals_once()).collect();
    let mut median = |of: fn(&Vitals) -> f64| {
        runs.sort_by(|one, other| of(one).total_cmp(&of(other)));
        let all: Vec<String> = runs.iter().map(|run| format!("{:.0}", of(run))).collect();
        (of(&runs[VITALS_RUNS / 2]), all.join(", "))
    };
    let (paint, paints) = median(|run| run.paint);
    let (interaction, interactions) = median(|run| run.interaction);
    let (shift, _) = median(|run| run.shift);
    let kinds: Vec<&str> = runs.iter().map(|run| run.kind.as_str()).collect();
    println!("  lesson page, CPU {SLOWER} times slower, medians of {VITALS_RUNS}:");
    println!("    largest contentful paint {paint:.0} ms ({paints}; goal: {PAINT_GOAL_MS:.0} ms)");
    println!(
        "    slowest interaction {interaction:.0} ms ({interactions}; {}; goal: {INTERACTION_GOAL_MS:.0} ms)",
        kinds.join(", ")
    );
    println!("    layout shift {shift:.3} (goal: {SHIFT_GOAL})");
    [
        missed("the largest paint:", paint, PAINT_GOAL_MS, "ms"),
        missed("an interaction:", interaction, INTERACTION_GOAL_MS, "ms"),
        missed("layout shift:", shift, SHIFT_GOAL, ""),
    ]
    .concat()
}

const VITALS_RUNS: usize = 5;

/// What one visit showed: milliseconds, and the kind of the slowest interaction.
struct Vitals {
    paint: f64,
    shift: f64,
    interaction: f64,
    kind: String,
}

fn vitals_once() -> Vitals {
    let site = Site::open_anew(Kind::Chromium);
    site.browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": SLOWER }));
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_editor();
    let told = site.browser.run_async(VITALS, &json!([]));
    let [paint, shift] = [0, 1].map(|at| told[at].as_f64().unwrap());
    for control in ["#stage-terminal", "#stage-s3", "#stage-python", "#filter-calls"] {
        site.browser.click(control);
        site.settle();
    }
    site.browser.click(".cm-content");
    site.browser.type_keys("print(1)");
    sleep(Duration::from_secs(1));
    let slowest = site.browser.run(
        "return window.interactions.sort(([one], [other]) => other - one)[0] ?? [0, 'none']",
        &json!([]),
    );
    Vitals {
        paint,
        shift,
        interaction: slowest[0].as_f64().unwrap(),
        kind: slowest[1].as_str().unwrap_or_default().to_owned(),
    }
}

/// A figure past its goal, in words.
pub fn missed(what: &str, value: f64, goal: f64, unit: &str) -> Vec<String> {
    if value > goal { vec![format!("{what} {value:.2} {unit}")] } else { Vec::new() }
}
