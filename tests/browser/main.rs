//! The built site in real browsers, Chromium and Firefox, by WebDriver.
//!
//! They need dist/ and the browsers, so they are left out unless asked for; `cargo xtask test` sees to both. By hand:
//! `cargo xtask build && cargo xtask setup --browsers && cargo test -p cloudarium-tests --test browser -- --ignored`,
//! and a part of a name at the end (`page::firefox`) runs only those.
//!
//! Scenarios run one after the other. Those of one browser share it, and most the site too: what the one before has left
//! is thrown away, all but the site's own files. Those for which a first visit matters have the site at a port of their
//! own, which is an origin of its own. A browser in which a scenario failed is ended, and so is one that a scenario
//! kills.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod accessibility;
mod bridges;
mod cases;
mod clicks;
mod copy;
mod debugger;
mod draw_lesson;
mod durability;
mod eventbridge;
mod frame;
mod functions;
mod hood;
mod hostile;
mod keyboard;
mod lambda;
mod measure;
mod offline;
mod page;
mod pictures;
mod process;
mod python;
mod python_tab;
mod queues;
mod recordings;
mod renewal;
#[path = "../states/same.rs"]
mod same;
mod screens;
mod share;
mod site;
mod state_editor;
mod states;
mod terminal;
mod webdriver;
mod websites;
mod wire;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use libtest_mimic::{Arguments, Trial};
use webdriver::{Browser, Kind};

/// A scenario: its name, and what it does in a browser.
type Scenario = (&'static str, fn(Kind));

/// Lists functions that take a [`Kind`] as the scenarios of a module.
macro_rules! in_browsers {
    ($($name:ident)*) => {
        pub const SCENARIOS: &[crate::Scenario] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use in_browsers;

/// Where the scenarios of a module run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    /// Each in both engines, always: what differs between them is what they look at.
    Both,
    /// Each in Chromium; in Firefox, if the run is to be brief, the first alone.
    FirstInBoth,
    /// One engine will do.
    Chromium,
    /// One engine will do, and a brief run leaves them out.
    ChromiumAtLength,
}

/// The modules, their scenarios, and where they run.
const MODULES: &[(&str, &[Scenario], In)] = &[
    ("page", page::SCENARIOS, In::Both),
    ("clicks", clicks::SCENARIOS, In::FirstInBoth),
    ("hood", hood::SCENARIOS, In::FirstInBoth),
    ("frame", frame::SCENARIOS, In::FirstInBoth),
    ("share", share::SCENARIOS, In::FirstInBoth),
    ("hostile", hostile::SCENARIOS, In::FirstInBoth),
    ("offline", offline::SCENARIOS, In::Both),
    ("renewal", renewal::SCENARIOS, In::FirstInBoth),
    ("python", python::SCENARIOS, In::Both),
    ("python_tab", python_tab::SCENARIOS, In::FirstInBoth),
    ("screens", screens::SCENARIOS, In::ChromiumAtLength),
    ("bridges", bridges::SCENARIOS, In::Both),
    ("terminal", terminal::SCENARIOS, In::FirstInBoth),
    ("functions", functions::SCENARIOS, In::FirstInBoth),
    ("debugger", debugger::SCENARIOS, In::FirstInBoth),
    ("draw_lesson", draw_lesson::SCENARIOS, In::FirstInBoth),
    ("states", states::SCENARIOS, In::FirstInBoth),
    ("recordings", recordings::SCENARIOS, In::FirstInBoth),
    ("state_editor", state_editor::SCENARIOS, In::FirstInBoth),
    ("lambda", lambda::SCENARIOS, In::FirstInBoth),
    ("queues", queues::SCENARIOS, In::FirstInBoth),
    ("eventbridge", eventbridge::SCENARIOS, In::FirstInBoth),
    ("websites", websites::SCENARIOS, In::FirstInBoth),
    ("durability", durability::SCENARIOS, In::FirstInBoth),
    ("pictures", pictures::SCENARIOS, In::Chromium),
    ("keyboard", keyboard::SCENARIOS, In::FirstInBoth),
    // One engine will do: its size and colours are set by developer tools that only Chromium has.
    ("accessibility", accessibility::SCENARIOS, In::Chromium),
];

/// Set to anything, it leaves out most scenarios in Firefox, and half of what axe looks at.
const BRIEF: &str = "CLOUDARIUM_BRIEF";

/// A brief run is to end for certain: what has not begun by then (seconds since 1970) is left out, and told.
const UNTIL: &str = "CLOUDARIUM_UNTIL";

/// So many were left out.
static LEFT_OUT: AtomicUsize = AtomicUsize::new(0);

/// Scenarios that are never tried again: what is lost once is lost. Others may meet a browser that is slow on a busy
/// machine; each that fails is told.
const ONCE: &str = "durability::";

/// Browsers that wait for their next scenario.
static IDLE: Mutex<BTreeMap<Kind, Browser>> = Mutex::new(BTreeMap::new());
/// How long each scenario has taken.
static TOOK: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());
/// So many of the slowest are told.
const SLOWEST: usize = 10;
/// The name of the scenario that runs.
static CURRENT: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A browser has the one page that is in front.
    arguments.test_threads = Some(1);
    let mut trials = Vec::new();
    for kind in [Kind::Chromium, Kind::Firefox] {
        for (module, scenarios, place) in MODULES {
            for (name, run) in scenarios.iter().take(count(*place, kind)) {
                trials.push(trial(format!("{module}::{}::{name}", kind.name()), kind, *run));
            }
        }
    }
    trials.extend(cases::trials());
    trials.extend(measure::trials());
    let conclusion = libtest_mimic::run(&arguments, trials);
    cases::end();
    held(&IDLE).clear();
    tell_slowest();
    conclusion.exit_code()
}

/// So many of a module's scenarios run in a browser.
fn count(place: In, kind: Kind) -> usize {
    let is_brief = is_brief();
    match (place, kind) {
        (In::ChromiumAtLength, Kind::Chromium) if is_brief => 0,
        (In::FirstInBoth, Kind::Firefox) if is_brief => 1,
        (In::Chromium | In::ChromiumAtLength, Kind::Firefox) => 0,
        _ => usize::MAX,
    }
}

fn trial(name: String, kind: Kind, run: fn(Kind)) -> Trial {
    let current = name.clone();
    let work = move || {
        if is_too_late(&current) {
            return Ok(());
        }
        *held(&CURRENT) = current.clone();
        let began = Instant::now();
        if current.starts_with(ONCE) {
            run(kind);
        } else if std::panic::catch_unwind(|| run(kind)).is_err() {
            println!("\nUNSTEADY: {current} failed, and is tried once more");
            run(kind);
        }
        held(&TOOK).push((began.elapsed(), current.clone()));
        Ok(())
    };
    Trial::test(name, work).with_ignored_flag(true)
}

/// Whether the run is to be brief.
fn is_brief() -> bool {
    std::env::var_os(BRIEF).is_some()
}

/// Whether the time for scenarios is up; then this one is told as left out.
fn is_too_late(name: &str) -> bool {
    let until = std::env::var(UNTIL).ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let late = until.is_some_and(|until| now > until);
    if late {
        LEFT_OUT.fetch_add(1, Ordering::Relaxed);
        println!("\nLEFT OUT: {name}: the time is up");
    }
    late
}

/// Prints what took longest, and how long all took: whoever adds a scenario sees what the whole run pays for it.
fn tell_slowest() {
    let left_out = LEFT_OUT.load(Ordering::Relaxed);
    if left_out > 0 {
        println!("LEFT OUT: {left_out} scenarios, for the time was up");
    }
    let mut took = std::mem::take(&mut *held(&TOOK));
    if took.is_empty() {
        // What lists the scenarios for others is read by programs.
        return;
    }
    took.sort_by(|one, other| other.cmp(one));
    let all: Duration = took.iter().map(|(time, _)| *time).sum();
    println!("{} scenarios took {:.0} s; the slowest:", took.len(), all.as_secs_f64());
    for (time, name) in took.iter().take(SLOWEST) {
        println!("{:>7.1} s  {name}", time.as_secs_f64());
    }
}

/// The name of the scenario that runs.
fn current() -> String {
    held(&CURRENT).clone()
}

/// An idle browser of this kind, or a new one.
fn take_browser(kind: Kind) -> Browser {
    let idle = held(&IDLE).remove(&kind);
    idle.unwrap_or_else(|| Browser::start(kind))
}

/// Keeps a browser for the next scenario.
fn give_back(browser: Browser) {
    browser.clear();
    let kind = browser.kind;
    held(&IDLE).insert(kind, browser);
}

/// A scenario that failed has left nothing half done in what is shared.
fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
