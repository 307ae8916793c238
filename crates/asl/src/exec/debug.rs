//! Debugging: an execution that stops before a state, is looked at, changed, and goes on.
//!
//! AWS has no such thing. What is held here is only *when* a frame moves on; all that it then does,
//! and every event of its history, is what it would have done by itself, but for what was changed:
//! the input of a state, or how an attempt at a task ends. Those changes are kept as
//! [`Change`], so that nobody takes them for what the machine did.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::frame::{Frame, Phase, TimerKind};
use super::inspect::Mock;
use super::{Cx, Execution};
use crate::doc::Doc;
use crate::machine::{Kind, Machine};

/// Before which states an execution stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Before every one.
    Step,
    /// Before those that have a breakpoint.
    Continue,
    /// Before none.
    Finish,
}

/// A session of debugging.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Debug {
    mode: Mode,
    /// Names of states.
    breakpoints: BTreeSet<Rc<str>>,
    /// Frames that stand before a state, and since when.
    held: BTreeMap<u32, i64>,
    /// Frames that may go on, whatever the mode says.
    passing: BTreeSet<u32>,
    /// How the next attempt of a frame's task ends.
    mocks: BTreeMap<u32, Mock>,
    /// What came to a frame before it was changed.
    given: BTreeMap<u32, Doc>,
    /// Since when at least one frame is held.
    since_ms: Option<i64>,
    /// How long that has been, all in all, since the execution's own time began.
    held_ms: i64,
    /// The machine's time is over, but for what was held.
    late: bool,
    changes: Vec<Change>,
}

/// Something that was not the machine's doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The history.
    pub lane: u32,
    /// The event that shows it: the state's beginning, or the end of the task.
    pub event: u64,
    /// The state.
    pub state: Rc<str>,
    /// What was done.
    pub what: What,
}

/// What was done to an execution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A state was given another input than this.
    Input(Doc),
    /// A task was not run: its result was made up.
    Result,
    /// A task was not run: its error was made up.
    Error,
}

/// A place where an execution is held.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<'a> {
    /// Names the place.
    pub frame: u32,
    /// The history: 0 is the execution's own.
    pub lane: u32,
    /// The state.
    pub state: &'a str,
    /// Whether the state is a task, whose end can be made up.
    pub is_task: bool,
    /// What goes in; with what came, if that is something else.
    pub input: &'a Doc,
    /// What came, if the input was changed.
    pub given: Option<&'a Doc>,
    /// Whether the state was entered before, and is tried again: its input is in the history.
    pub entered: bool,
    /// How often it was tried before.
    pub tries: u32,
    /// The iteration that it is in.
    pub index: Option<usize>,
    /// Variables that it sees.
    pub variables: BTreeMap<&'a str, &'a Doc>,
    /// How its task ends, if that is made up.
    pub mock: Option<&'a Mock>,
    /// Since when.
    pub since_ms: i64,
}

impl Debug {
    fn new(mode: Mode, breakpoints: BTreeSet<Rc<str>>) -> Self {
        Self {
            mode,
            breakpoints,
            held: BTreeMap::new(),
            passing: BTreeSet::new(),
            mocks: BTreeMap::new(),
            given: BTreeMap::new(),
            since_ms: None,
            held_ms: 0,
            late: false,
            changes: Vec::new(),
        }
    }

    /// Before which states it stops.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// What was not the machine's doing, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    fn stops_before(&self, state: &str) -> bool {
        match self.mode {
            Mode::Step => true,
            Mode::Continue => self.breakpoints.contains(state),
            Mode::Finish => false,
        }
    }
}

impl Execution {
    /// Stops from now on as told; what is held stays held.
    pub fn debug(&mut self, mode: Mode, breakpoints: BTreeSet<Rc<str>>) {
        match &mut self.debug {
            Some(debug) => {
                debug.mode = mode;
                debug.breakpoints = breakpoints;
            }
            None => self.debug = Some(Box::new(Debug::new(mode, breakpoints))),
        }
    }

    /// The session of debugging, if there is one.
    pub fn debugged(&self) -> Option<&Debug> {
        self.debug.as_deref()
    }

    /// Whether it is held before some state.
    pub fn is_held(&self) -> bool {
        let debug = self.debug.as_ref();
        debug.is_some_and(|debug| debug.held.keys().any(|id| self.frames.contains_key(id)))
    }

    /// Where it is held, in the order in which it came there.
    pub fn held<'a>(&'a self, machine: &'a Machine) -> Vec<Held<'a>> {
        let Some(debug) = &self.debug else { return Vec::new() };
        let mut places: Vec<Held<'a>> =
            debug.held.keys().filter_map(|frame| self.place(debug, machine, *frame)).collect();
        places.sort_by_key(|place| (place.since_ms, place.frame));
        places
    }

    fn place<'a>(&'a self, debug: &'a Debug, machine: &'a Machine, id: u32) -> Option<Held<'a>> {
        let frame = self.frames.get(&id)?;
        let state = machine.state(frame.state)?;
        Some(Held {
            frame: id,
            lane: frame.lane,
            state: &state.name,
            is_task: matches!(state.kind, Kind::Task(_)),
            input: &frame.input,
            given: debug.given.get(&id),
            entered: frame.phase == Phase::Run,
            tries: frame.retry_count(),
            index: frame.item.as_ref().map(|item| item.index),
            variables: self.seen(frame),
            mock: debug.mocks.get(&id),
            since_ms: debug.held.get(&id).copied()?,
        })
    }

    /// The variables that a frame sees: those of its own scope hide those around it.
    fn seen<'a>(&'a self, frame: &'a Frame) -> BTreeMap<&'a str, &'a Doc> {
        let mut all = BTreeMap::new();
        let mut at = Some(frame);
        while let Some(frame) = at {
            for (name, value) in &frame.variables {
                all.entry(name.as_str()).or_insert(value);
            }
            at = frame.parent.and_then(|parent| self.frames.get(&parent.frame));
        }
        all
    }

    /// Whether a frame that is about to enter or to run its state stays where it is.
    pub(super) fn holds(&mut self, cx: &Cx<'_>, id: u32) -> bool {
        let (Some(debug), Some(frame)) = (&mut self.debug, self.frames.get(&id)) else {
            return false;
        };
        if !matches!(frame.phase, Phase::Enter | Phase::Run) {
            return false;
        }
        if debug.passing.remove(&id) {
            return false;
        }
        let name = cx.machine.state(frame.state).map_or("", |state| &state.name);
        if !debug.stops_before(name) {
            return false;
        }
        debug.held.insert(id, cx.now_ms);
        debug.since_ms.get_or_insert(cx.now_ms);
        true
    }

    /// Lets what is held at a place go on; `None`: what is held anywhere. `false`: nothing is.
    pub fn release(&mut self, cx: &mut Cx<'_>, place: Option<u32>) -> bool {
        let Some(debug) = &mut self.debug else { return false };
        let ids: Vec<u32> = match place {
            Some(id) => debug.held.contains_key(&id).then_some(id).into_iter().collect(),
            None => debug.held.keys().copied().collect(),
        };
        for id in &ids {
            debug.held.remove(id);
            debug.passing.insert(*id);
            self.ready.push_back(*id);
        }
        self.count_held(cx);
        !ids.is_empty()
    }

    /// Gives a state that is not yet entered another input; `false`: none is held there.
    pub fn give(&mut self, id: u32, input: Doc) -> bool {
        let (Some(debug), Some(frame)) = (&mut self.debug, self.frames.get_mut(&id)) else {
            return false;
        };
        if !debug.held.contains_key(&id) || frame.phase != Phase::Enter {
            return false;
        }
        let came = debug.given.remove(&id).unwrap_or_else(|| frame.input.clone());
        if came != input {
            debug.given.insert(id, came);
        }
        frame.input = input;
        true
    }

    /// Makes up how the next attempt of a task ends; `None`: it is run. `false`: none is held there.
    pub fn make_up(&mut self, machine: &Machine, id: u32, mock: Option<Mock>) -> bool {
        let Some(debug) = &self.debug else { return false };
        if !self.place(debug, machine, id).is_some_and(|held| held.is_task) {
            return false;
        }
        let Some(debug) = &mut self.debug else { return false };
        match mock {
            Some(mock) => debug.mocks.insert(id, mock),
            None => debug.mocks.remove(&id),
        };
        true
    }

    /// A frame enters its state: what was changed of its input is kept beside the event.
    pub(super) fn note_given(&mut self, cx: &Cx<'_>, id: u32, event: u64) {
        let (Some(debug), Some(frame)) = (&mut self.debug, self.frames.get(&id)) else { return };
        if let (Some(came), Some(state)) = (debug.given.remove(&id), cx.machine.state(frame.state))
        {
            let state = Rc::clone(&state.name);
            let what = What::Input(came);
            debug.changes.push(Change { lane: frame.lane, event, state, what });
        }
    }

    /// Ends an attempt at a task as it was made up; `false`: it is run.
    pub(super) fn end_as_made_up(&mut self, cx: &mut Cx<'_>, id: u32, task: u64) -> bool {
        let mock = self.debug.as_mut().and_then(|debug| debug.mocks.remove(&id));
        let Some(mock) = mock else { return false };
        if self.is_activity(task) {
            self.task_started(cx, task, None);
        }
        let (Some(debug), Some(frame)) = (&mut self.debug, self.frames.get(&id)) else {
            return false;
        };
        let lane = frame.lane;
        let event = self.lanes.get(&lane).map_or(0, |lane| lane.next_event);
        let state =
            cx.machine.state(frame.state).map_or_else(|| "".into(), |state| Rc::clone(&state.name));
        let what = if matches!(mock, Mock::Result(_)) { What::Result } else { What::Error };
        debug.changes.push(Change { lane, event, state, what });
        match mock {
            Mock::Result(result) => self.task_succeeded(cx, task, result.into_value()),
            Mock::Error(error, cause) => self.task_failed(cx, task, (error, cause)),
        }
    }

    /// Keeps count of how long something is held: the machine's `TimeoutSeconds` does not run
    /// meanwhile, or who looks at an execution would end it.
    pub(super) fn count_held(&mut self, cx: &mut Cx<'_>) {
        let Some(debug) = &mut self.debug else { return };
        let frames = &self.frames;
        debug.held.retain(|id, _| frames.contains_key(id));
        debug.passing.retain(|id| frames.contains_key(id));
        debug.mocks.retain(|id, _| frames.contains_key(id));
        debug.given.retain(|id, _| frames.contains_key(id));
        if !debug.held.is_empty() {
            return;
        }
        let Some(since_ms) = debug.since_ms.take() else { return };
        debug.held_ms += cx.now_ms - since_ms;
        if std::mem::take(&mut debug.late)
            && let Some(due_ms) = self.due_ms(cx.machine)
        {
            self.set_timer(cx, 0, TimerKind::Execution, due_ms);
        }
    }

    /// When the machine's time is over; time in which something was held does not count.
    fn due_ms(&self, machine: &Machine) -> Option<i64> {
        let identity = &self.lane(0)?.identity;
        let begun_ms = identity.redriven_ms.unwrap_or(identity.started_ms);
        let timeout_ms = machine.timeout_s?.saturating_mul(1000);
        let held_ms = self.debug.as_ref().map_or(0, |debug| debug.held_ms);
        Some(begun_ms.saturating_add(timeout_ms).saturating_add(held_ms))
    }

    /// The time of an execution that goes on after its end begins anew.
    pub(super) fn forget_held(&mut self) {
        if let Some(debug) = &mut self.debug {
            debug.held.clear();
            debug.passing.clear();
            debug.mocks.clear();
            debug.given.clear();
            (debug.since_ms, debug.held_ms, debug.late) = (None, 0, false);
        }
    }

    /// The machine's time is over: unless something is held, or was.
    pub(super) fn is_over(&mut self, cx: &mut Cx<'_>) -> bool {
        let (due_ms, is_held) = (self.due_ms(cx.machine), self.is_held());
        let Some(debug) = &mut self.debug else { return true };
        if is_held {
            debug.late = true;
            return false;
        }
        match due_ms {
            Some(due_ms) if due_ms > cx.now_ms => {
                self.set_timer(cx, 0, TimerKind::Execution, due_ms);
                false
            }
            _ => true,
        }
    }
}
