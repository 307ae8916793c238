//! [`Execution`]: a machine that runs, as an explicit state that can be stored after any step.
//!
//! It is made of frames, one for each place where it stands: the top level, a branch, an iteration.
//! [`Execution::step`] moves one frame on. What a host must do leaves as [`Out`], and its end comes
//! back by the functions named after it.

mod children;
mod context;
pub mod debug;
mod end;
mod flow;
mod frame;
pub mod inspect;
mod map;
pub mod reader;
mod redrive;
mod state;
mod task;
mod writer;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::doc::Doc;
use crate::event::{Detail, Event, EventKind, Field, int, text};
use crate::fail::Failure;
use crate::machine::Machine;

pub use frame::TimerKind;
use frame::{Frame, Phase};
pub use task::{Purpose, Resource, TaskRequest, new_token};

/// The most events of a history.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>
pub const EVENTS_MAX: u64 = 25_000;

/// Who an execution is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Identity {
    /// `arn:aws:states:us-east-1:123456789012:execution:machine:name`
    pub arn: String,
    /// Its name.
    pub name: String,
    /// The machine's role.
    pub role_arn: String,
    /// The machine.
    pub machine_arn: String,
    /// The machine's name.
    pub machine_name: String,
    /// The alias or version that it was started by.
    pub alias_arn: Option<String>,
    /// The version that it runs.
    pub version_arn: Option<String>,
    /// Where it runs.
    pub region: String,
    /// When it was started, in milliseconds since 1970.
    pub started_ms: i64,
    /// How often it was redriven.
    pub redrive_count: u32,
    /// When it was last redriven.
    pub redriven_ms: Option<i64>,
}

/// How an execution ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// With an output.
    Succeeded(Doc),
    /// With an error and a cause.
    Failed(Option<String>, Option<String>),
    /// It took too long.
    TimedOut(Option<String>, Option<String>),
    /// It was stopped.
    Aborted(Option<String>, Option<String>),
}

/// What a host is to do or to write down.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// An event of a history: 0 is the execution's own, others are those of a distributed Map's
    /// children.
    Event(u32, Event),
    /// Call [`Execution::timer`] with this key then.
    Timer {
        /// Names the timer.
        key: u64,
        /// Milliseconds since 1970.
        at_ms: i64,
    },
    /// A timer is no longer needed.
    CancelTimer(u64),
    /// Have a task done; its end comes by [`Execution::task_succeeded`] and its like.
    Task(Box<TaskRequest>),
    /// A task's end is no longer waited for.
    CancelTask(u64),
    /// A distributed Map has begun.
    MapRunStarted {
        /// The Map run.
        arn: String,
        /// Its settings: concurrency, tolerated percentage, tolerated count, items.
        settings: (i64, f64, i64, usize),
    },
    /// A distributed Map knows its items, which were read.
    MapRunItems(String, usize),
    /// A distributed Map goes on with the items that had not succeeded.
    MapRunRedriven(String),
    /// A distributed Map has ended: well, badly, or by being stopped.
    MapRunEnded(String, Outcome),
    /// A child of a distributed Map has begun.
    ChildStarted {
        /// Its history.
        lane: u32,
        /// The Map run.
        map_run_arn: String,
        /// Who it is.
        identity: Box<Identity>,
        /// Its input.
        input: Doc,
    },
    /// A child of a distributed Map has ended.
    ChildEnded(u32, Outcome),
    /// The execution has ended.
    Ended(Outcome),
}

/// What a step may use.
pub struct Cx<'a> {
    /// The machine that runs.
    pub machine: &'a Machine,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// 64 random bits.
    pub random: &'a mut dyn FnMut() -> u64,
    /// What the host is to do, in order.
    pub out: &'a mut Vec<Out>,
}

/// A history, and whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Lane {
    identity: Identity,
    input: Doc,
    next_event: u64,
    ended: bool,
}

/// A machine that runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    lanes: BTreeMap<u32, Lane>,
    frames: BTreeMap<u32, Frame>,
    ready: VecDeque<u32>,
    tasks: BTreeMap<u64, u32>,
    timers: BTreeMap<u64, (u32, TimerKind)>,
    next_frame: u32,
    next_lane: u32,
    next_key: u64,
    outcome: Option<Outcome>,
    /// What [`Execution::redrive`] begins anew: the states that had failed.
    failed: Vec<Frame>,
    /// What is told of the state at hand, for [`inspect`].
    stages: Option<Box<inspect::Stages>>,
    /// Where it stops, for who debugs it.
    #[serde(default)]
    debug: Option<Box<debug::Debug>>,
}

impl Execution {
    /// Begins an execution: its first event is written, its first state is entered by the first
    /// step.
    pub fn start(cx: &mut Cx<'_>, identity: Identity, input: Doc) -> Self {
        let mut execution = Self::prepared(identity, input);
        execution.begin(cx);
        execution
    }

    /// [`Execution::start`] without its first event, which [`Execution::begin`] writes.
    pub fn prepared(identity: Identity, input: Doc) -> Self {
        Self::blank(identity, input)
    }

    /// Writes the first event of an execution that is prepared.
    pub fn begin(&mut self, cx: &mut Cx<'_>) {
        let Some(lane) = self.lane(0) else { return };
        let (who, input) = (&lane.identity, lane.input.clone());
        let mut details =
            vec![text(Detail::Input, input.text()), text(Detail::RoleArn, who.role_arn.as_str())];
        details.extend(who.alias_arn.as_deref().map(|arn| text(Detail::StateMachineAliasArn, arn)));
        details.extend(
            who.version_arn.as_deref().map(|arn| text(Detail::StateMachineVersionArn, arn)),
        );
        self.emit(cx, (0, 0), EventKind::ExecutionStarted, details);
        let start = cx.machine.scope(0).map_or(usize::MAX, |scope| scope.start);
        self.push(Frame::new(0, 0, start, input));
        self.limit(cx);
    }

    /// Sets the timer of the machine's `TimeoutSeconds`.
    fn limit(&mut self, cx: &mut Cx<'_>) {
        if let Some(timeout_s) = cx.machine.timeout_s {
            let at_ms = cx.now_ms.saturating_add(timeout_s.saturating_mul(1000));
            self.set_timer(cx, 0, TimerKind::Execution, at_ms);
        }
    }

    fn blank(identity: Identity, input: Doc) -> Self {
        let lane = Lane { identity, input, next_event: 1, ended: false };
        Self {
            lanes: BTreeMap::from([(0, lane)]),
            frames: BTreeMap::new(),
            ready: VecDeque::new(),
            tasks: BTreeMap::new(),
            timers: BTreeMap::new(),
            next_frame: 0,
            next_lane: 1,
            next_key: 1,
            outcome: None,
            failed: Vec::new(),
            stages: None,
            debug: None,
        }
    }

    /// Moves one frame on; `false`: there is nothing to do until something comes from outside.
    pub fn step(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some(id) = self.ready.pop_front() else { return false };
        if self.outcome.is_some() {
            self.ready.clear();
            return false;
        }
        if self.frames.contains_key(&id) && !self.holds(cx, id) {
            self.advance(cx, id);
        }
        self.count_held(cx);
        true
    }

    /// Steps until there is nothing to do.
    pub fn run(&mut self, cx: &mut Cx<'_>) {
        while self.step(cx) {}
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Whether a step would do something.
    pub fn is_ready(&self) -> bool {
        self.outcome.is_none() && !self.ready.is_empty()
    }

    /// The number of events that the history has.
    pub fn event_count(&self) -> u64 {
        self.lane(0).map_or(0, |lane| lane.next_event - 1)
    }

    /// A timer is due. One that is no longer needed is ignored.
    pub fn timer(&mut self, cx: &mut Cx<'_>, key: u64) {
        let Some((id, kind)) = self.timers.remove(&key) else { return };
        if self.outcome.is_some() {
            return;
        }
        match kind {
            TimerKind::Execution if self.is_over(cx) => self.time_out(cx),
            TimerKind::Execution => {}
            TimerKind::Wait => self.waited(cx, id),
            TimerKind::Backoff => {
                if let Some(frame) = self.frames.get_mut(&id) {
                    frame.phase = Phase::Run;
                    self.ready.push_back(id);
                }
            }
            TimerKind::Timeout => self.task_timed_out(cx, id, crate::fail::TIMEOUT),
            TimerKind::Heartbeat => {
                self.task_timed_out(cx, id, crate::fail::HEARTBEAT_TIMEOUT);
            }
        }
    }

    /// Stops it.
    pub fn abort(&mut self, cx: &mut Cx<'_>, error: Option<String>, cause: Option<String>) {
        if self.outcome.is_some() {
            return;
        }
        self.abandon_all(cx);
        let details = error_details(error.as_deref(), cause.as_deref());
        self.end(cx, 0, Outcome::Aborted(error, cause), details);
    }

    /// Ends it because it has taken too long.
    pub fn time_out(&mut self, cx: &mut Cx<'_>) {
        if self.outcome.is_some() {
            return;
        }
        self.abandon_all(cx);
        let error = Some(crate::fail::TIMEOUT.to_owned());
        let details = error_details(error.as_deref(), None);
        self.end(cx, 0, Outcome::TimedOut(error, None), details);
    }

    fn lane(&self, lane: u32) -> Option<&Lane> {
        self.lanes.get(&lane)
    }

    /// Writes an event; gives its number. The last that fits tells that no more do.
    fn emit(
        &mut self,
        cx: &mut Cx<'_>,
        (lane, previous): (u32, u64),
        kind: EventKind,
        details: Vec<(Detail, Field)>,
    ) -> u64 {
        let at_ms = cx.now_ms;
        let Some(place) = self.lanes.get_mut(&lane) else { return previous };
        if place.ended {
            return previous;
        }
        let id = place.next_event;
        place.next_event += 1;
        if id >= EVENTS_MAX && !ends(kind) {
            self.overflow(cx, lane, previous);
            return previous;
        }
        cx.out.push(Out::Event(lane, Event { id, previous, at_ms, kind, details }));
        id
    }

    fn overflow(&mut self, cx: &mut Cx<'_>, lane: u32, previous: u64) {
        if let Some(place) = self.lanes.get_mut(&lane) {
            place.next_event -= 1;
        }
        let why =
            format!("The execution reached the maximum number of history events ({EVENTS_MAX}).");
        let failure = Failure::new(crate::fail::RUNTIME, why);
        self.fail_lane(cx, lane, previous, failure);
    }

    fn set_timer(&mut self, cx: &mut Cx<'_>, frame: u32, kind: TimerKind, at_ms: i64) -> u64 {
        let key = self.next_key;
        self.next_key += 1;
        self.timers.insert(key, (frame, kind));
        cx.out.push(Out::Timer { key, at_ms });
        key
    }

    fn cancel_timer(&mut self, cx: &mut Cx<'_>, key: Option<u64>) {
        if let Some(key) = key
            && self.timers.remove(&key).is_some()
        {
            cx.out.push(Out::CancelTimer(key));
        }
    }

    /// Puts a frame among those that can be moved on.
    fn push(&mut self, frame: Frame) -> u32 {
        let id = self.next_frame;
        self.next_frame += 1;
        self.frames.insert(id, frame);
        self.ready.push_back(id);
        id
    }
}

/// Whether an event is the last of a history.
fn ends(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::ExecutionFailed
            | EventKind::ExecutionSucceeded
            | EventKind::ExecutionAborted
            | EventKind::ExecutionTimedOut
    )
}

/// `error` and `cause`, as far as they are there.
fn error_details(error: Option<&str>, cause: Option<&str>) -> Vec<(Detail, Field)> {
    let error = error.map(|error| text(Detail::Error, error));
    let cause = cause.map(|cause| text(Detail::Cause, cause));
    error.into_iter().chain(cause).collect()
}

/// `name` and `index` of an iteration.
fn iteration_details(name: &Rc<str>, index: usize) -> Vec<(Detail, Field)> {
    let index = i64::try_from(index).unwrap_or(i64::MAX);
    vec![text(Detail::Name, Rc::clone(name)), int(Detail::Index, index)]
}
