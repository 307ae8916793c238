//! The built site in real browsers, Chromium and Firefox, by WebDriver.
//!
//! They need dist/ and the browsers, so they are left out unless asked for; `cargo xtask test` sees to both. By hand:
//! `cargo xtask build && cargo xtask setup --browsers && cargo test -p cloudarium-tests --test browser -- --ignored`,
//! and a part of a name at the end (`page::firefox`) runs only those.
//!
//! Scenarios run one after the other. Those of one browser share it: each has the site to itself at a port of its own,
//! which is an origin of its own, so nothing that is kept reaches the next. A browser in which a scenario failed is
//! ended, and so is one that a scenario kills.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod accessibility;
mod bridges;
mod cases;
mod clicks;
mod debugger;
mod draw_lesson;
mod durability;
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
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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

const BOTH: &[Kind] = &[Kind::Chromium, Kind::Firefox];

/// The modules, their scenarios, and the browsers that they run in.
const MODULES: &[(&str, &[Scenario], &[Kind])] = &[
    ("page", page::SCENARIOS, BOTH),
    ("clicks", clicks::SCENARIOS, BOTH),
    ("hood", hood::SCENARIOS, BOTH),
    ("frame", frame::SCENARIOS, BOTH),
    ("share", share::SCENARIOS, BOTH),
    ("hostile", hostile::SCENARIOS, BOTH),
    ("offline", offline::SCENARIOS, BOTH),
    ("renewal", renewal::SCENARIOS, BOTH),
    ("python", python::SCENARIOS, BOTH),
    ("python_tab", python_tab::SCENARIOS, BOTH),
    ("screens", screens::SCENARIOS, &[Kind::Chromium]),
    ("bridges", bridges::SCENARIOS, BOTH),
    ("terminal", terminal::SCENARIOS, BOTH),
    ("functions", functions::SCENARIOS, BOTH),
    ("debugger", debugger::SCENARIOS, BOTH),
    ("draw_lesson", draw_lesson::SCENARIOS, BOTH),
    ("states", states::SCENARIOS, BOTH),
    ("recordings", recordings::SCENARIOS, BOTH),
    ("state_editor", state_editor::SCENARIOS, BOTH),
    ("lambda", lambda::SCENARIOS, BOTH),
    ("queues", queues::SCENARIOS, BOTH),
    ("websites", websites::SCENARIOS, BOTH),
    ("durability", durability::SCENARIOS, BOTH),
    ("pictures", pictures::SCENARIOS, &[Kind::Chromium]),
    ("keyboard", keyboard::SCENARIOS, BOTH),
    // One engine will do: its size and colours are set by developer tools that only Chromium has.
    ("accessibility", accessibility::SCENARIOS, &[Kind::Chromium]),
];

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
    for kind in BOTH {
        for (module, scenarios, kinds) in MODULES {
            for (name, run) in scenarios.iter().filter(|_| kinds.contains(kind)) {
                trials.push(trial(format!("{module}::{}::{name}", kind.name()), *kind, *run));
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

fn trial(name: String, kind: Kind, run: fn(Kind)) -> Trial {
    let current = name.clone();
    let work = move || {
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

/// Prints what took longest, and how long all took: whoever adds a scenario sees what the whole run pays for it.
fn tell_slowest() {
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
