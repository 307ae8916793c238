//! What the cloud worker told last, and the calls it has made.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::calls::Call;
use crate::state::cloud::{self, Clock, ClockWish, News, Opened, Refusal};
use crate::state::notices::{self, Notice};
use crate::state::travel::{Bill, Go, Moment, Timeline};
use crate::words;

/// How many calls the page keeps.
const CALLS_MAX: usize = 10_000;

/// So many are read at once, so that reading thousands holds nothing up.
const CALLS_AT_ONCE: u32 = 500;

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
    /// What can be done in time.
    pub timeline: Timeline,
    /// The bill as it is now.
    pub bill: Rc<Bill>,
    /// The call after which everything is shown as it was; nothing is now.
    pub past: Option<u64>,
    /// The bill as it was after a call that was looked at.
    past_bill: Option<(u64, Rc<Bill>)>,
    /// What the last way through time was, in words.
    pub said: String,
    /// Counts how often the cloud was opened anew.
    pub openings: u32,
    /// What all fetches of calls share.
    shared: Shared,
}

/// How far the calls were read, shared by all that read them; no part of what is drawn.
#[derive(Clone, Debug, Default)]
struct Shared(Rc<Fetching>);

#[derive(Debug, Default)]
struct Fetching {
    seq: Cell<u64>,
    /// Counts openings: what was asked before the last of them is dropped.
    epoch: Cell<u32>,
    busy: Cell<bool>,
    again: Cell<bool>,
    owned: Cell<bool>,
    /// Calls that were not answered yet when they were read.
    waiting: RefCell<Vec<u64>>,
}

impl PartialEq for Shared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// All calls that are known, oldest first; equal when they are the same list.
#[derive(Clone, Debug, Default)]
pub struct Calls(pub Rc<Vec<Rc<Call>>>);

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Calls {
    type Target = Vec<Rc<Call>>;

    fn deref(&self) -> &Vec<Rc<Call>> {
        &self.0
    }
}

/// Whether the worker answers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    #[default]
    Opening,
    Ready,
    /// The worker is there, but could not open this cloud: in words.
    Refused(String),
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
    News(Box<News>),
    /// A call that waited has its answer.
    Answered(Box<Call>),
    /// Something changed that is no call.
    Changed,
    Clock(Clock),
    Timeline(Timeline),
    Bill(Bill),
    /// Everything is to be shown as it was after a call, or as it is.
    Past(Option<u64>),
    PastBill(u64, Bill),
    /// The cloud went through time: calls are the same up to this one.
    Travelled(u64),
    Said(String),
    Storage {
        state: String,
        words: String,
    },
    Owner {
        owned: bool,
        words: String,
    },
    Refused(String),
    Crashed(String),
}

impl Reducible for CloudState {
    type Action = Told;

    fn reduce(self: Rc<Self>, told: Told) -> Rc<Self> {
        let mut next = (*self).clone();
        match told {
            Told::Opening => {
                next = Self {
                    openings: self.openings + 1,
                    shared: self.shared.clone(),
                    ..Self::default()
                };
            }
            Told::Opened(opened) => {
                next.phase = Phase::Ready;
                next.unkept =
                    (opened.storage == "memory" && opened.owned).then(|| opened.words.clone());
                next.opened = opened;
            }
            Told::News(news) => {
                next.add(news.calls);
                next.clock = Reading::of(news.clock);
                next.timeline = news.timeline;
                next.take_bill(news.bill);
            }
            Told::Answered(call) => next.replace(*call),
            Told::Changed => next.changes += 1,
            Told::Clock(clock) => next.clock = Reading::of(clock),
            Told::Timeline(timeline) => next.timeline = timeline,
            Told::Bill(bill) => next.take_bill(bill),
            Told::Past(past) => {
                next.past = past;
                if past.is_none() {
                    next.past_bill = None;
                }
            }
            Told::PastBill(call, bill) => next.past_bill = Some((call, Rc::new(bill))),
            Told::Travelled(shared) => {
                Rc::make_mut(&mut next.calls.0).retain(|call| call.seq <= shared);
                next.past = None;
                next.changes += 1;
                next.learner_calls += 1;
            }
            Told::Said(words) => next.said = words,
            Told::Storage { state, words } => {
                next.unkept = matches!(state.as_str(), "memory" | "full").then_some(words);
                next.opened.words = String::new();
                next.opened.storage = state;
            }
            Told::Owner { owned, words } => {
                next.opened.owned = owned;
                next.opened.words = if owned { String::new() } else { words };
            }
            // A worker that is gone has said so already.
            Told::Refused(_) if matches!(self.phase, Phase::Crashed(_)) => {}
            Told::Refused(words) => next.phase = Phase::Refused(words),
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
        calls.extend(new.into_iter().map(Rc::new));
        if calls.len() > CALLS_MAX {
            calls.drain(..calls.len() - CALLS_MAX);
        }
    }

    fn replace(&mut self, answered: Call) {
        self.changes += u32::from(answered.changed);
        self.learner_calls += u32::from(answered.is_learners());
        let calls = Rc::make_mut(&mut self.calls.0);
        if let Some(place) = calls.iter_mut().find(|call| call.seq == answered.seq) {
            *place = Rc::new(answered);
        }
    }

    fn take_bill(&mut self, bill: Bill) {
        if *self.bill != bill {
            self.bill = Rc::new(bill);
        }
    }

    /// The bill that is shown, and after which call it was so: of now, or of the moment that is looked at. Until that one
    /// is here it is the one that was shown before.
    pub fn bill_shown(&self) -> (Option<u64>, &Rc<Bill>) {
        match &self.past_bill {
            Some((call, bill)) if self.past.is_some() => (Some(*call), bill),
            _ => (None, &self.bill),
        }
    }

    /// Whether this tab has the cloud.
    pub fn is_ours(&self) -> bool {
        self.phase == Phase::Ready && self.opened.owned
    }

    /// Whether this tab may change things: not in the past.
    pub fn may_change(&self) -> bool {
        self.is_ours() && self.past.is_none()
    }

    /// The latest call.
    pub fn last_call(&self) -> u64 {
        self.calls.last().map_or(0, |call| call.seq)
    }

    /// A call by its number.
    pub fn call(&self, seq: u64) -> Option<&Rc<Call>> {
        let first = self.calls.first()?.seq;
        self.calls.get(usize::try_from(seq.checked_sub(first)?).ok()?)
    }

    /// The earliest call to go back to: 0 is before the first.
    pub fn earliest(&self) -> u64 {
        let known = if self.timeline.further { 0 } else { self.timeline.first };
        let listed = self.calls.first().map_or(0, |call| call.seq - 1);
        known.max(listed).max(self.timeline.floor)
    }
}

/// The state, and the way to tell it.
pub type Cloud = UseReducerHandle<CloudState>;

/// Opens the cloud of a lesson (or of free play), and follows it.
#[hook]
pub fn use_cloud(lesson: Option<String>) -> Cloud {
    let cloud = use_reducer(CloudState::default);
    let puller = Puller::of(&cloud);
    use_effect_with(lesson, move |lesson| {
        notices::start();
        let listening = notices::listen({
            let (puller, lesson) = (puller.clone(), lesson.clone());
            move |notice| puller.hear(notice, lesson.as_deref())
        });
        puller.open(lesson.clone());
        move || {
            puller.end();
            drop(listening);
        }
    });
    cloud
}

/// A new worker for the same lesson.
pub fn restart(cloud: &Cloud, lesson: Option<String>) {
    let puller = Puller::of(cloud);
    puller.tell.dispatch(Told::Opening);
    spawn_local(async move {
        match cloud::restart().await {
            Ok(()) => puller.open(lesson),
            Err(refusal) => puller.tell.dispatch(Told::Crashed(words_of(&refusal))),
        }
    });
}

/// Reads all anew, after a reset or a change of owner.
pub fn reopen(cloud: &Cloud, lesson: Option<String>) {
    Puller::of(cloud).open(lesson);
}

/// Reads the clock, or changes it, and shows it.
pub fn set_clock(cloud: &Cloud, wish: ClockWish) {
    let tell = cloud.dispatcher();
    spawn_local(async move {
        if let Ok(clock) = cloud::clock(wish).await {
            tell.dispatch(Told::Clock(clock));
        }
        // What time does by itself, as lifecycle rules do, is no call that would tell of it.
        if matches!(wish, ClockWish::JumpMs(_) | ClockWish::NextTimer) {
            tell.dispatch(Told::Changed);
        }
        // A jump can be undone, and what is stored costs more.
        if let Ok(timeline) = cloud::timeline().await {
            tell.dispatch(Told::Timeline(timeline));
        }
        if let Ok(Some(bill)) = cloud::bill(None).await {
            tell.dispatch(Told::Bill(bill));
        }
    });
}

/// Shows everything as it was after `call`; at the latest call, as it is.
pub fn look(cloud: &Cloud, call: u64) {
    let tell = cloud.dispatcher();
    if call >= cloud.last_call() {
        tell.dispatch(Told::Past(None));
        return;
    }
    // Asked for first: it is answered at once, while consoles may have much to draw.
    ask_past_bill(tell.clone(), call);
    tell.dispatch(Told::Past(Some(call)));
    if call >= cloud.timeline.first {
        return;
    }
    spawn_local(async move {
        let known = cloud::is_known(call).await;
        let Ok(timeline) = cloud::timeline().await else { return };
        if known == Ok(false) {
            tell.dispatch(Told::Said(words::hood::no_longer_known(call, timeline.first)));
            ask_past_bill(tell.clone(), timeline.first);
            tell.dispatch(Told::Past(Some(timeline.first)));
        }
        tell.dispatch(Told::Timeline(timeline));
    });
}

/// What is shown is asked for anew: something changed that is no call.
pub fn look_again(cloud: &Cloud) {
    cloud.dispatch(Told::Changed);
}

fn ask_past_bill(tell: UseReducerDispatcher<CloudState>, call: u64) {
    spawn_local(async move {
        if let Ok(Some(bill)) = cloud::bill(Some(call)).await {
            tell.dispatch(Told::PastBill(call, bill));
        }
    });
}

/// Shows everything as it is.
pub fn to_now(cloud: &Cloud) {
    cloud.dispatch(Told::Past(None));
}

/// Goes a way through time, and says so.
pub fn travel(cloud: &Cloud, go: Go) {
    let said = match go {
        Go::Fork(call) => words::hood::forked(call),
        Go::Undo => words::hood::undone(&cloud.named(cloud.timeline.undo)),
        Go::Redo => words::hood::redone(&cloud.named(cloud.timeline.redo)),
        Go::Return(_) => words::hood::RETURNED.to_owned(),
    };
    let tell = cloud.dispatcher();
    spawn_local(async move {
        let said = cloud::travel(go).await.map_or_else(|why| words_of(&why), |()| said);
        tell.dispatch(Told::Said(said));
    });
}

impl CloudState {
    /// What a moment was: its call's name, or a jump in time.
    pub fn named(&self, moment: Option<Moment>) -> String {
        match moment {
            Some(Moment { call, jump: 0 }) => {
                self.call(call).map_or_else(|| format!("call {call}"), |call| call.name())
            }
            Some(_) => words::hood::A_JUMP.to_owned(),
            None => String::new(),
        }
    }
}

/// A refusal in one sentence.
pub fn words_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Fault(fault) => format!("{}: {}", fault.code, fault.message),
        Refusal::Host(words) => words.clone(),
    }
}

/// Opens the cloud, and fetches new calls: one fetch at a time, however many notices come.
#[derive(Clone)]
struct Puller {
    tell: UseReducerDispatcher<CloudState>,
    shared: Rc<Fetching>,
}

impl Puller {
    fn of(cloud: &Cloud) -> Self {
        Self { tell: cloud.dispatcher(), shared: cloud.shared.0.clone() }
    }

    /// Whatever is still asked for is dropped.
    fn end(&self) -> u32 {
        let epoch = self.shared.epoch.get() + 1;
        self.shared.epoch.set(epoch);
        self.shared.waiting.borrow_mut().clear();
        self.shared.busy.set(false);
        epoch
    }

    fn hear(&self, notice: Notice, lesson: Option<&str>) {
        match notice {
            Notice::Changed => self.pull(),
            Notice::Travelled { shared } => {
                // What is asked for just now may be of the way that was left.
                self.end();
                self.shared.seq.set(shared);
                self.tell.dispatch(Told::Travelled(shared));
                self.pull();
            }
            Notice::Storage { state, words } => self.tell.dispatch(Told::Storage { state, words }),
            Notice::Owner { owned, words } => {
                let before = self.shared.owned.replace(owned);
                self.tell.dispatch(Told::Owner { owned, words });
                // What the other tab did is not known here: all is read anew.
                if owned && !before {
                    self.open(lesson.map(str::to_owned));
                }
            }
            Notice::Update => {}
            Notice::Renewed => self.open(lesson.map(str::to_owned)),
            Notice::Crashed { words } => self.tell.dispatch(Told::Crashed(words)),
        }
    }

    fn open(&self, lesson: Option<String>) {
        let (puller, epoch) = (self.clone(), self.end());
        self.shared.seq.set(0);
        self.tell.dispatch(Told::Opening);
        spawn_local(async move {
            let opened = cloud::open(lesson.as_deref()).await;
            if puller.shared.epoch.get() != epoch {
                return;
            }
            match opened {
                Ok(opened) => {
                    puller.shared.owned.set(opened.owned);
                    let owned = opened.owned;
                    puller.tell.dispatch(Told::Opened(opened));
                    if owned {
                        puller.pull();
                    }
                }
                Err(refusal) => puller.tell.dispatch(Told::Refused(words_of(&refusal))),
            }
        });
    }

    fn pull(&self) {
        if self.shared.busy.replace(true) {
            self.shared.again.set(true);
            return;
        }
        let (puller, epoch) = (self.clone(), self.shared.epoch.get());
        spawn_local(async move {
            loop {
                puller.shared.again.set(false);
                let news = cloud::news(puller.shared.seq.get(), CALLS_AT_ONCE).await;
                if puller.shared.epoch.get() != epoch {
                    return;
                }
                let mut more = false;
                if let Ok(news) = news {
                    more = news.calls.len() == CALLS_AT_ONCE as usize;
                    let waiting = news.calls.iter().filter(|call| call.status == 0);
                    puller.shared.waiting.borrow_mut().extend(waiting.map(|call| call.seq));
                    if let Some(last) = news.calls.last() {
                        puller.shared.seq.set(last.seq);
                    }
                    puller.tell.dispatch(Told::News(Box::new(news)));
                }
                if !more && !puller.shared.again.get() {
                    puller.ask_waiting(epoch).await;
                    if puller.shared.epoch.get() != epoch {
                        return;
                    }
                    break;
                }
            }
            puller.shared.busy.set(false);
            if puller.shared.again.get() {
                puller.pull();
            }
        });
    }

    /// Asks for the answers of calls that waited: a function that runs, say.
    async fn ask_waiting(&self, epoch: u32) {
        let waiting = self.shared.waiting.take();
        for seq in waiting {
            let detail = cloud::call_detail(seq).await;
            if self.shared.epoch.get() != epoch {
                return;
            }
            match detail {
                Ok(detail) if detail.call.status == 0 => {
                    self.shared.waiting.borrow_mut().push(seq);
                }
                Ok(detail) => self.tell.dispatch(Told::Answered(Box::new(detail.call))),
                // It is no longer in the list.
                Err(_) => {}
            }
        }
    }
}
