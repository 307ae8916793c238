//! What the cloud worker told last, and the calls it has made.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::calls::Call;
use crate::state::cloud::{self, Clock, ClockWish, Opened, Refusal};
use crate::state::notices::{self, Notice};

/// How many calls the page keeps.
const CALLS_MAX: usize = 10_000;

/// The cloud as the page knows it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CloudState {
    pub phase: Phase,
    pub opened: Opened,
    /// Set when the browser cannot keep the state: the words say why.
    pub unkept: Option<String>,
    pub calls: Calls,
    /// Counts calls that changed something.
    pub changes: u32,
    /// Counts calls of the learner's, by code or by click.
    pub learner_calls: u32,
    pub clock: Reading,
    /// Counts how often the cloud was opened anew.
    pub openings: u32,
}

/// All calls that are known, oldest first; equal when they are the same list.
#[derive(Clone, Debug, Default)]
pub struct Calls(pub Rc<Vec<Call>>);

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Calls {
    type Target = Vec<Call>;

    fn deref(&self) -> &Vec<Call> {
        &self.0
    }
}

/// Whether the worker answers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    #[default]
    Opening,
    Ready,
    Crashed(String),
}

/// The clock, and when it was read on the page's own.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    pub clock: Clock,
    pub read_at: f64,
}

impl Reading {
    fn of(clock: Clock) -> Self {
        Self { clock, read_at: js_sys::Date::now() }
    }

    /// The simulated time now, in milliseconds.
    pub fn now(&self) -> f64 {
        let passed = (js_sys::Date::now() - self.read_at).max(0.0);
        passed.mul_add(self.clock.speed, self.clock.now)
    }
}

/// What changes the state.
#[derive(Debug)]
pub enum Told {
    Opening,
    Opened(Opened),
    Calls(Vec<Call>),
    Clock(Clock),
    Storage { state: String, words: String },
    Owner { owned: bool, words: String },
    Crashed(String),
}

impl Reducible for CloudState {
    type Action = Told;

    fn reduce(self: Rc<Self>, told: Told) -> Rc<Self> {
        let mut next = (*self).clone();
        match told {
            Told::Opening => {
                next = Self { openings: self.openings + 1, ..Self::default() };
            }
            Told::Opened(opened) => {
                next.phase = Phase::Ready;
                next.unkept =
                    (opened.storage == "memory" && opened.owned).then(|| opened.words.clone());
                next.opened = opened;
            }
            Told::Calls(new) => next.add(new),
            Told::Clock(clock) => next.clock = Reading::of(clock),
            Told::Storage { state, words } => {
                next.unkept = matches!(state.as_str(), "memory" | "full").then_some(words);
                next.opened.storage = state;
            }
            Told::Owner { owned, words } => {
                next.opened.owned = owned;
                next.opened.words = words;
            }
            Told::Crashed(words) => next.phase = Phase::Crashed(words),
        }
        Rc::new(next)
    }
}

impl CloudState {
    fn add(&mut self, new: Vec<Call>) {
        let last = self.calls.last().map_or(0, |call| call.seq);
        let new: Vec<Call> = new.into_iter().filter(|call| call.seq > last).collect();
        self.changes += u32::from(new.iter().any(|call| call.changed));
        self.learner_calls += u32::from(new.iter().any(Call::is_learners));
        if new.is_empty() {
            return;
        }
        let calls = Rc::make_mut(&mut self.calls.0);
        calls.extend(new);
        if calls.len() > CALLS_MAX {
            calls.drain(..calls.len() - CALLS_MAX);
        }
    }

    /// Whether this tab may change things.
    pub fn is_ours(&self) -> bool {
        self.phase == Phase::Ready && self.opened.owned
    }
}

/// The state, and the way to tell it.
pub type Cloud = UseReducerHandle<CloudState>;

/// Opens the cloud of a lesson (or of free play), and follows it.
#[hook]
pub fn use_cloud(lesson: Option<String>) -> Cloud {
    let cloud = use_reducer(CloudState::default);
    let dispatcher = cloud.dispatcher();
    use_effect_with(lesson, move |lesson| {
        notices::start();
        let puller = Puller::new(dispatcher.clone());
        let listening = notices::listen({
            let (puller, dispatcher, lesson) = (puller.clone(), dispatcher.clone(), lesson.clone());
            let lost = Cell::new(false);
            move |notice| match notice {
                Notice::Changed => puller.pull(),
                Notice::Storage { state, words } => {
                    dispatcher.dispatch(Told::Storage { state, words });
                }
                Notice::Owner { owned, words } => {
                    dispatcher.dispatch(Told::Owner { owned, words });
                    // What the other tab did is not known here: all is read anew.
                    if owned && lost.get() {
                        puller.seq.set(0);
                        open(lesson.clone(), &puller);
                    }
                    lost.set(!owned);
                }
                Notice::Crashed { words } => dispatcher.dispatch(Told::Crashed(words)),
            }
        });
        open(lesson.clone(), &puller);
        move || {
            puller.end();
            drop(listening);
        }
    });
    cloud
}

/// Opens the lesson's cloud and reads what is there.
fn open(lesson: Option<String>, puller: &Puller) {
    let puller = puller.clone();
    puller.tell.dispatch(Told::Opening);
    spawn_local(async move {
        match cloud::open(lesson.as_deref()).await {
            _ if puller.ended.get() => {}
            Ok(opened) => {
                puller.tell.dispatch(Told::Opened(opened));
                puller.pull();
            }
            Err(refusal) => puller.tell.dispatch(Told::Crashed(words_of(&refusal))),
        }
    });
}

/// A new worker for the same lesson.
pub fn restart(cloud: &Cloud, lesson: Option<String>) {
    let tell = cloud.dispatcher();
    tell.dispatch(Told::Opening);
    spawn_local(async move {
        let opened = match cloud::restart().await {
            Ok(()) => cloud::open(lesson.as_deref()).await,
            Err(refusal) => Err(refusal),
        };
        match opened {
            Ok(opened) => {
                tell.dispatch(Told::Opened(opened));
                Puller::new(tell).pull();
            }
            Err(refusal) => tell.dispatch(Told::Crashed(words_of(&refusal))),
        }
    });
}

/// Reads all anew, after a reset or a change of owner.
pub fn reopen(cloud: &Cloud, lesson: Option<String>) {
    open(lesson, &Puller::new(cloud.dispatcher()));
}

/// Reads the clock, or changes it, and shows it.
pub fn set_clock(cloud: &Cloud, wish: ClockWish) {
    let tell = cloud.dispatcher();
    spawn_local(async move {
        if let Ok(clock) = cloud::clock(wish).await {
            tell.dispatch(Told::Clock(clock));
        }
    });
}

/// A refusal in one sentence.
pub fn words_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Fault(fault) => format!("{}: {}", fault.code, fault.message),
        Refusal::Host(words) => words.clone(),
    }
}

/// Fetches new calls, one fetch at a time however many notices come.
#[derive(Clone)]
struct Puller {
    tell: UseReducerDispatcher<CloudState>,
    seq: Rc<Cell<u64>>,
    busy: Rc<Cell<bool>>,
    again: Rc<Cell<bool>>,
    ended: Rc<Cell<bool>>,
}

impl Puller {
    fn new(tell: UseReducerDispatcher<CloudState>) -> Self {
        Self {
            tell,
            seq: Rc::default(),
            busy: Rc::default(),
            again: Rc::default(),
            ended: Rc::default(),
        }
    }

    fn end(&self) {
        self.ended.set(true);
    }

    fn pull(&self) {
        if self.busy.replace(true) {
            self.again.set(true);
            return;
        }
        let puller = self.clone();
        spawn_local(async move {
            loop {
                puller.again.set(false);
                let calls = cloud::calls(puller.seq.get()).await;
                let clock = cloud::clock(ClockWish::Look).await;
                if puller.ended.get() {
                    return;
                }
                if let Ok(calls) = calls {
                    puller.seq.set(calls.last().map_or(puller.seq.get(), |call| call.seq));
                    puller.tell.dispatch(Told::Calls(calls));
                }
                if let Ok(clock) = clock {
                    puller.tell.dispatch(Told::Clock(clock));
                }
                if !puller.again.get() {
                    break;
                }
            }
            puller.busy.set(false);
        });
    }
}
