//! How states, scopes and executions end: retries, Catchers, and what follows an error.

use std::rc::Rc;

use super::flow::{Assigned, States, assign, jsonata, put};
use super::frame::{Parent, Phase, TimerKind};
use super::state::Next;
use super::{Cx, Execution, Out, Outcome, error_details, iteration_details};
use crate::doc::Doc;
use crate::event::{Detail, EventKind, Field, text};
use crate::fail::{Failure, RUNTIME};
use crate::machine::{Catcher, Kind, State};
use crate::template::Language;

impl Execution {
    /// The state at hand has failed: it is tried again, something catches it, or its scope fails.
    pub(super) fn fail(&mut self, cx: &mut Cx<'_>, id: u32, failure: Failure) {
        let Some(frame) = self.frames.get(&id) else { return };
        let Some(state) = cx.machine.state(frame.state) else {
            return self.fail_scope(cx, id, failure);
        };
        let mut failure = self.told(cx, id, state, failure);
        failure.location = None;
        if self.retry(cx, id, state, &failure) {
            return;
        }
        // A state that fails before its work begins tells nothing more.
        let own = failure.error.as_deref() == Some(RUNTIME);
        let kind = match state.kind {
            Kind::Map(_) => Some(EventKind::MapStateFailed),
            Kind::Parallel(_) => Some(EventKind::ParallelStateFailed),
            _ => None,
        };
        if let Some(kind) = kind.filter(|_| !own) {
            self.follow(cx, id, kind, Vec::new());
        }
        self.show(|stages| stages.failed = Some((failure.error.clone(), failure.cause.clone())));
        let caught = state
            .catch
            .iter()
            .enumerate()
            .find(|(_, catcher)| catcher.errors.iter().any(|name| failure.matches(name)));
        let Some((at, catcher)) = caught else {
            return self.fail_scope(cx, id, failure);
        };
        self.show(|stages| stages.catch_index = Some(at));
        let left = self
            .caught(cx, id, (at, catcher), &failure)
            .and_then(|out| self.leave(cx, id, Next::Named(catcher.next), out));
        if let Err(failure) = left
            && let Some(state) =
                self.frames.get(&id).and_then(|frame| cx.machine.state(frame.state))
        {
            let failure = self.told(cx, id, state, failure);
            self.fail_scope(cx, id, failure);
        }
    }

    /// Completes the cause, and writes down where an expression failed.
    fn told(&mut self, cx: &mut Cx<'_>, id: u32, state: &State, mut failure: Failure) -> Failure {
        let Some(frame) = self.frames.get(&id) else { return failure };
        let (lane, entered) = (frame.lane, frame.entered);
        let before = if failure.late { entered } else { frame.before_entered };
        if failure.placed && self.stages.is_none() {
            let cause = failure.cause.unwrap_or_default();
            failure.cause = Some(format!(
                "An error occurred while executing the state '{}' (entered at the event id \
                 #{entered}). {cause}",
                state.name
            ));
        }
        failure.placed = false;
        if let Some(location) = &failure.location {
            let mut details = error_details(failure.error.as_deref(), failure.cause.as_deref());
            if !location.is_empty() {
                details.push(text(Detail::Location, location.as_str()));
            }
            details.push(text(Detail::State, Rc::clone(&state.name)));
            let last = self.emit(cx, (lane, before), EventKind::EvaluationFailed, details);
            if let Some(frame) = self.frames.get_mut(&id) {
                frame.previous = last;
            }
        }
        failure
    }

    /// Writes an event that follows the frame's last.
    fn follow(&mut self, cx: &mut Cx<'_>, id: u32, kind: EventKind, details: Vec<(Detail, Field)>) {
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        let last = self.emit(cx, (lane, previous), kind, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
        }
    }

    /// Whether the state will be tried again.
    fn retry(&mut self, cx: &mut Cx<'_>, id: u32, state: &State, failure: &Failure) -> bool {
        let found = state
            .retry
            .iter()
            .enumerate()
            .find(|(_, retrier)| retrier.errors.iter().any(|name| failure.matches(name)));
        let Some((at, retrier)) = found else { return false };
        self.show(|stages| stages.retry_index = Some(at));
        let Some(count) = self.frames.get_mut(&id).and_then(|frame| frame.retries.get_mut(at))
        else {
            return false;
        };
        if *count >= retrier.max_attempts {
            return false;
        }
        *count += 1;
        let delay_s = retrier.delay_s(*count);
        if let Some(stages) = &mut self.stages {
            stages.backoff_s = Some(delay_s);
            stages.failed = Some((failure.error.clone(), failure.cause.clone()));
            let outcome = Outcome::Failed(failure.error.clone(), failure.cause.clone());
            self.close(cx, 0, outcome);
            return true;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a delay is bounded")]
        let mut wait_ms = (delay_s * 1000.0) as i64;
        if retrier.jitter {
            let bits = (cx.random)();
            let span = u64::try_from(wait_ms).unwrap_or(0).saturating_add(1);
            let drawn = (u128::from(bits) * u128::from(span)) >> 64;
            wait_ms = i64::try_from(drawn).unwrap_or(wait_ms);
        }
        let key = self.set_timer(cx, id, TimerKind::Backoff, cx.now_ms.saturating_add(wait_ms));
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.phase = Phase::Backoff(key);
        }
        true
    }

    /// The output and the variables of a state whose error was caught.
    fn caught(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (at, catcher): (usize, &Catcher),
        failure: &Failure,
    ) -> Result<(Doc, Assigned), Failure> {
        let output = failure.output();
        let states = States { result: None, error_output: Some(output.clone()) };
        let output = Doc::new(output);
        self.view(cx, id, &states, |view, frame, state| {
            let before = format!("Catch[{at}]/");
            if state.language == Language::Jsonata {
                return jsonata(view, catcher.output.as_ref(), &catcher.assign, output, &before);
            }
            let assigned = assign(view, &catcher.assign, &output, &format!("{before}Assign"))?;
            Ok((put(catcher.result_path.as_ref(), &frame.input, output)?, assigned))
        })
    }

    /// The frame's scope has come to its end.
    pub(super) fn finish(&mut self, cx: &mut Cx<'_>, id: u32, output: Doc) {
        let Some(frame) = self.frames.remove(&id) else { return };
        match frame.parent {
            None => {
                let details = vec![text(Detail::Output, output.text())];
                let lane = frame.lane;
                self.emit(cx, (lane, frame.previous), EventKind::ExecutionSucceeded, details);
                self.close(cx, lane, Outcome::Succeeded(output));
            }
            Some(parent) => self.child_succeeded(cx, (parent, frame), output),
        }
    }

    /// The frame's scope has failed.
    fn fail_scope(&mut self, cx: &mut Cx<'_>, id: u32, failure: Failure) {
        let Some(frame) = self.frames.get(&id) else { return };
        match frame.parent {
            None => {
                let (lane, previous) = (frame.lane, frame.previous);
                let frame = self.frames.remove(&id);
                self.failed.extend(frame);
                self.fail_lane(cx, lane, previous, failure);
            }
            Some(parent) => self.child_failed(cx, (parent, id), failure),
        }
    }

    /// An execution, or a distributed Map's child, fails.
    pub(super) fn fail_lane(
        &mut self,
        cx: &mut Cx<'_>,
        lane: u32,
        previous: u64,
        failure: Failure,
    ) {
        let details = error_details(failure.error.as_deref(), failure.cause.as_deref());
        self.emit(cx, (lane, previous), EventKind::ExecutionFailed, details);
        self.close(cx, lane, Outcome::Failed(failure.error, failure.cause));
    }

    /// An execution is ended from outside.
    pub(super) fn end(
        &mut self,
        cx: &mut Cx<'_>,
        lane: u32,
        outcome: Outcome,
        details: Vec<(Detail, Field)>,
    ) {
        let kind = match outcome {
            Outcome::TimedOut(..) => EventKind::ExecutionTimedOut,
            _ => EventKind::ExecutionAborted,
        };
        // Nothing led to the end of its time.
        let previous = match outcome {
            Outcome::TimedOut(..) => 0,
            _ => self.lane(lane).map_or(0, |lane| lane.next_event.saturating_sub(1)),
        };
        self.emit(cx, (lane, previous), kind, details);
        self.close(cx, lane, outcome);
    }

    /// A history is complete.
    pub(super) fn close(&mut self, cx: &mut Cx<'_>, lane: u32, outcome: Outcome) {
        if let Some(place) = self.lanes.get_mut(&lane) {
            place.ended = true;
        }
        if lane == 0 {
            let left: Vec<u32> = self.frames.keys().copied().collect();
            for id in left {
                self.abandon(cx, id, false);
            }
            for key in std::mem::take(&mut self.timers).into_keys() {
                cx.out.push(Out::CancelTimer(key));
            }
            self.ready.clear();
            self.outcome = Some(outcome.clone());
            cx.out.push(Out::Ended(outcome));
        } else {
            cx.out.push(Out::ChildEnded(lane, outcome));
        }
    }

    /// Ends a frame and all below it without a result. With `told` the history tells of the states
    /// that were aborted.
    pub(super) fn abandon(&mut self, cx: &mut Cx<'_>, id: u32, told: bool) {
        let below: Vec<u32> = self
            .frames
            .iter()
            .filter(|(_, frame)| frame.parent.is_some_and(|parent| parent.frame == id))
            .map(|(below, _)| *below)
            .collect();
        for below in below {
            self.abandon(cx, below, told);
        }
        let Some(frame) = self.frames.remove(&id) else { return };
        self.drop_phase(cx, &frame.phase);
        let own_lane = frame.parent.is_some_and(|parent| {
            self.frames.get(&parent.frame).is_some_and(|outer| outer.lane != frame.lane)
        });
        if told
            && frame.phase != Phase::Enter
            && let Some(state) = cx.machine.state(frame.state)
            && let Some(kind) = aborted(&state.kind)
        {
            self.emit(cx, (frame.lane, frame.previous), kind, Vec::new());
        }
        if own_lane {
            let details = Vec::new();
            self.emit(cx, (frame.lane, frame.previous), EventKind::ExecutionAborted, details);
            self.close(cx, frame.lane, Outcome::Aborted(None, None));
        } else if let Some(parent) = frame.parent.filter(|_| told) {
            self.tell_iteration(
                cx,
                parent,
                (frame.lane, frame.previous),
                EventKind::MapIterationAborted,
            );
        }
    }

    fn drop_phase(&mut self, cx: &mut Cx<'_>, phase: &Phase) {
        match phase {
            Phase::Waiting(key, _) | Phase::Backoff(key) => self.cancel_timer(cx, Some(*key)),
            Phase::Task(pending) => {
                let task = pending.number();
                self.tasks.remove(&task);
                self.cancel_timer(cx, pending.timers().0);
                self.cancel_timer(cx, pending.timers().1);
                cx.out.push(Out::CancelTask(task));
            }
            Phase::Children(children) => {
                if let Some(task) = children.io_task() {
                    self.tasks.remove(&task);
                    cx.out.push(Out::CancelTask(task));
                }
                if let Some(arn) = children.map_run_arn() {
                    cx.out.push(Out::MapRunEnded(arn.to_owned(), Outcome::Aborted(None, None)));
                }
            }
            Phase::Enter | Phase::Run => {}
        }
    }

    /// Ends everything, before an execution is aborted or times out.
    pub(super) fn abandon_all(&mut self, cx: &mut Cx<'_>) {
        let top: Vec<u32> = self
            .frames
            .iter()
            .filter(|(_, frame)| frame.parent.is_none())
            .map(|(id, _)| *id)
            .collect();
        for id in top {
            let kept = self.capture(id);
            self.failed.extend(kept);
            self.abandon(cx, id, false);
        }
    }

    /// Tells how an iteration of an inline Map ended.
    pub(super) fn tell_iteration(
        &mut self,
        cx: &mut Cx<'_>,
        parent: Parent,
        (lane, previous): (u32, u64),
        kind: EventKind,
    ) -> u64 {
        let outer = self.frames.get(&parent.frame).and_then(|outer| cx.machine.state(outer.state));
        match outer {
            Some(State { kind: Kind::Map(_), name, .. }) => {
                let details = iteration_details(name, parent.index);
                self.emit(cx, (lane, previous), kind, details)
            }
            _ => previous,
        }
    }
}

/// The event that tells that a state was aborted, where there is one.
pub(super) fn aborted(kind: &Kind) -> Option<EventKind> {
    match kind {
        Kind::Task(_) => Some(EventKind::TaskStateAborted),
        Kind::Wait(_) => Some(EventKind::WaitStateAborted),
        Kind::Parallel(_) => Some(EventKind::ParallelStateAborted),
        Kind::Map(_) => Some(EventKind::MapStateAborted),
        _ => None,
    }
}
