//! Branches and iterations: beginning them, and what their ends do.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::frame::{Frame, Item, Parent, Phase};
use super::map::Run;
use super::state::Next;
use super::{Cx, Execution, Outcome, iteration_details};
use crate::doc::Doc;
use crate::event::EventKind;
use crate::fail::Failure;
use crate::machine::{Kind, MapState};

/// The children of a Parallel or Map state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Children {
    /// What a Map runs over; a Parallel state has none.
    pub items: Vec<Doc>,
    /// The items' keys, where they are an object's members.
    pub keys: Vec<String>,
    /// Where the items come from.
    pub source: String,
    /// How many there are.
    pub total: usize,
    /// The next to begin.
    pub next: usize,
    /// Those that are begun anew before that, the last first.
    pub redo: Vec<usize>,
    /// How many run.
    pub running: usize,
    /// How many may run at once.
    pub limit: usize,
    /// What they gave.
    pub results: Vec<Option<Doc>>,
    /// How many have ended.
    pub ended: usize,
    /// How many have failed.
    pub failed: usize,
    /// The state's effective input.
    pub input: Doc,
    /// The event after which all begin.
    pub started: u64,
    /// A distributed Map's run.
    pub run: Option<Box<Run>>,
}

impl Children {
    /// Children that are about to begin.
    pub fn new(items: Vec<Doc>, total: usize, limit: usize, input: Doc) -> Self {
        Self {
            results: vec![None; total],
            items,
            keys: Vec::new(),
            source: "STATE_DATA".to_owned(),
            total,
            next: 0,
            redo: Vec::new(),
            running: 0,
            limit,
            ended: 0,
            failed: 0,
            input,
            started: 0,
            run: None,
        }
    }

    /// Whether another may begin now.
    pub fn has_more(&self) -> bool {
        self.running < self.limit && (!self.redo.is_empty() || self.next < self.total)
    }

    /// The read or write that a distributed Map waits for.
    pub fn io_task(&self) -> Option<u64> {
        self.run.as_ref().and_then(|run| run.io_task())
    }

    /// The run, while it runs.
    pub fn map_run_arn(&self) -> Option<&str> {
        self.run.as_ref().map(|run| run.arn.as_str())
    }
}

impl Execution {
    pub(super) fn children(&mut self, id: u32) -> Option<&mut Children> {
        match &mut self.frames.get_mut(&id)?.phase {
            Phase::Children(children) => Some(children),
            _ => None,
        }
    }

    pub(super) fn begin_parallel(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        branches: &[usize],
    ) -> Result<(), Failure> {
        let input = self.effective_input(cx, id)?;
        let given = self.arguments(cx, id, &input)?;
        if let Some(mock) = self.mock() {
            return self.end_by_mock(cx, id, (&input, mock));
        }
        let Some(frame) = self.frames.get(&id) else { return Ok(()) };
        let (lane, previous) = (frame.lane, frame.previous);
        let started = self.emit(cx, (lane, previous), EventKind::ParallelStateStarted, Vec::new());
        let mut children = Children::new(Vec::new(), branches.len(), branches.len(), input);
        children.started = started;
        children.next = branches.len();
        children.running = branches.len();
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = started;
            frame.phase = Phase::Children(Box::new(children));
        }
        for (index, branch) in branches.iter().enumerate() {
            let start = cx.machine.scope(*branch).map_or(usize::MAX, |scope| scope.start);
            let mut child = Frame::new(lane, started, start, given.clone());
            child.parent = Some(Parent { frame: id, index });
            self.push(child);
        }
        Ok(())
    }

    /// Begins the next child of a Map state, or ends the state if all have ended.
    pub(super) fn next_children(&mut self, cx: &mut Cx<'_>, id: u32) {
        let Some(children) = self.children(id) else { return };
        if children.ended == children.total {
            return self.children_ended(cx, id);
        }
        if !children.has_more() {
            return;
        }
        let begun = self.begin_child(cx, id);
        if let Err(failure) = begun {
            self.drop_children(cx, id, None);
            return self.fail(cx, id, failure);
        }
        let more = self.children(id).is_some_and(|children| children.has_more());
        if more && self.outcome.is_none() {
            self.ready.push_front(id);
        }
    }

    fn begin_child(&mut self, cx: &mut Cx<'_>, id: u32) -> Result<(), Failure> {
        let Some(frame) = self.frames.get(&id) else { return Ok(()) };
        let Some(state) = cx.machine.state(frame.state) else { return Ok(()) };
        let Kind::Map(map) = &state.kind else { return Ok(()) };
        let (name, lane, previous) = (Rc::clone(&state.name), frame.lane, frame.previous);
        let Phase::Children(children) = &frame.phase else { return Ok(()) };
        let index = children.redo.last().copied().unwrap_or(children.next);
        let distributed = children.run.is_some();
        let input = children.input.clone();
        let value = children.items.get(index).map_or_else(Doc::empty, Doc::apart);
        let item = Item {
            index,
            value: value.clone(),
            key: children.keys.get(index).cloned(),
            source: children.source.clone(),
        };
        // Batches were selected from when they were made.
        let given = if map.batcher.is_some() && distributed {
            value
        } else {
            self.select(cx, id, (map, &input), item.clone())?
        };
        let start = cx.machine.scope(map.scope).map_or(usize::MAX, |scope| scope.start);
        let mut child = if distributed {
            let lane = self.begin_lane(cx, id, &given);
            Frame::new(lane, 0, start, given)
        } else {
            let details = iteration_details(&name, index);
            let started = self.emit(cx, (lane, previous), EventKind::MapIterationStarted, details);
            Frame::new(lane, started, start, given)
        };
        child.parent = Some(Parent { frame: id, index });
        child.item = Some(item);
        if let Some(children) = self.children(id) {
            if children.redo.pop().is_none() {
                children.next += 1;
            }
            children.running += 1;
        }
        if self.outcome.is_none() {
            self.push(child);
        }
        Ok(())
    }

    /// `ItemSelector`: what an iteration is given.
    pub(super) fn select(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
        item: Item,
    ) -> Result<Doc, Failure> {
        let Some(template) = &map.selector else { return Ok(item.value) };
        // The selector sees the item that is about to be begun.
        let kept = self.frames.get_mut(&id).and_then(|frame| frame.item.replace(item));
        let selected = self.view(cx, id, &super::flow::States::default(), |view, _, _| {
            super::flow::evaluate(view, template, input, "ItemSelector")
        });
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.item = kept;
        }
        selected
    }

    /// A child has come to its end.
    pub(super) fn child_succeeded(
        &mut self,
        cx: &mut Cx<'_>,
        (parent, child): (Parent, Frame),
        output: Doc,
    ) {
        let Some(children) = self.children(parent.frame) else { return };
        let distributed = children.run.is_some();
        let output = if distributed { output.packed() } else { output };
        children.running = children.running.saturating_sub(1);
        children.ended += 1;
        if let Some(place) = children.results.get_mut(parent.index) {
            *place = Some(output.clone());
        }
        let last = children.ended == children.total;
        let mut previous = child.previous;
        if distributed {
            let details = vec![crate::event::text(crate::event::Detail::Output, output.text())];
            self.emit(cx, (child.lane, previous), EventKind::ExecutionSucceeded, details);
            let ended = (cx.now_ms, Outcome::Succeeded(output.clone()));
            self.note_child(parent.frame, child.lane, ended);
            self.close(cx, child.lane, Outcome::Succeeded(output));
            self.lanes.remove(&child.lane);
        } else {
            let told = self.tell_iteration(
                cx,
                parent,
                (child.lane, previous),
                EventKind::MapIterationSucceeded,
            );
            previous = if last { told } else { previous };
            if let Some(frame) = self.frames.get_mut(&parent.frame) {
                frame.previous = previous;
            }
        }
        if self.outcome.is_none() {
            self.ready.push_back(parent.frame);
        }
    }

    /// A child has failed.
    pub(super) fn child_failed(
        &mut self,
        cx: &mut Cx<'_>,
        (parent, id): (Parent, u32),
        failure: Failure,
    ) {
        let Some(child) = self.frames.get(&id).cloned() else { return };
        let outer_state =
            self.frames.get(&parent.frame).and_then(|outer| cx.machine.state(outer.state));
        let is_parallel = outer_state.is_some_and(|state| matches!(state.kind, Kind::Parallel(_)));
        let Some(children) = self.children(parent.frame) else { return };
        if children.run.is_some() {
            return self.distributed_child_failed(cx, (parent, id), failure);
        }
        children.failed += 1;
        if is_parallel {
            if let Some(kind) =
                cx.machine.state(child.state).and_then(|state| super::end::aborted(&state.kind))
            {
                self.emit(cx, (child.lane, child.previous), kind, Vec::new());
            }
        } else {
            let at = (child.lane, child.previous);
            self.tell_iteration(cx, parent, at, EventKind::MapIterationFailed);
        }
        self.frames.remove(&id);
        if self.outcome.is_some() {
            return;
        }
        if let Some(outer) = self.frames.get_mut(&parent.frame) {
            outer.previous = child.previous;
        }
        self.drop_children(cx, parent.frame, Some(child));
        self.fail(cx, parent.frame, failure);
    }

    fn children_ended(&mut self, cx: &mut Cx<'_>, id: u32) {
        let Some(children) = self.children(id) else { return };
        if children.run.is_some() {
            return self.run_ended(cx, id);
        }
        let results = std::mem::take(&mut children.results);
        let input = children.input.clone();
        let is_map = !children.items.is_empty() || children.total == 0;
        let result: Vec<Value> =
            results.into_iter().map(|result| result.map_or(Value::Null, Doc::into_value)).collect();
        let kind = self
            .frames
            .get(&id)
            .and_then(|frame| cx.machine.state(frame.state))
            .map_or(is_map, |state| matches!(state.kind, Kind::Map(_)));
        let kind =
            if kind { EventKind::MapStateSucceeded } else { EventKind::ParallelStateSucceeded };
        let previous = self.frames.get(&id).map_or(0, |frame| frame.previous);
        self.end_children(cx, id, (kind, previous), (Value::Array(result), input));
    }

    /// A Parallel or Map state has all its results.
    pub(super) fn end_children(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (kind, previous): (EventKind, u64),
        (result, input): (Value, Doc),
    ) {
        let Some(frame) = self.frames.get_mut(&id) else { return };
        let lane = frame.lane;
        frame.phase = Phase::Run;
        // The event that follows names the same event before it as this one does.
        self.emit(cx, (lane, previous), kind, Vec::new());
        if self.outcome.is_some() {
            return;
        }
        let result = Doc::new(result);
        let left = self
            .output(cx, id, &input, Some(result))
            .and_then(|out| self.leave(cx, id, Next::State, out));
        if let Err(failure) = left {
            self.fail(cx, id, failure);
        }
    }
}
