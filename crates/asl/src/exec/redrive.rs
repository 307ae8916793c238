//! Going on with an execution that did not succeed: only what failed or was aborted is done anew.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html>

use serde::{Deserialize, Serialize};

use super::children::Children;
use super::frame::{Frame, Parent, Phase};
use super::map::Stage;
use super::{Cx, Execution, Out, Outcome};
use crate::event::{Detail, EventKind, int, text};
use crate::machine::Kind;

/// What the branches or iterations of a state had come to when it failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    children: Children,
    /// Those that had begun and not succeeded.
    frames: Vec<Frame>,
}

impl Kept {
    /// Nothing is kept of a distributed Map whose items are not known yet.
    fn new(children: Children, frames: Vec<Frame>) -> Option<Box<Self>> {
        let run = children.run.as_ref();
        let reads = run.is_some_and(|run| matches!(run.stage, Stage::Reading(..)));
        (!reads).then(|| Box::new(Self { children, frames }))
    }
}

impl Execution {
    /// Goes on from where the top level had failed, was aborted, or timed out; `false`: there is
    /// no such place.
    pub fn redrive(&mut self, cx: &mut Cx<'_>) -> bool {
        let failed = std::mem::take(&mut self.failed);
        let Some(frame) = failed.into_iter().next_back() else { return false };
        self.outcome = None;
        self.forget_held();
        let now_ms = cx.now_ms;
        let Some(lane) = self.lanes.get_mut(&0) else { return false };
        lane.ended = false;
        lane.identity.redrive_count += 1;
        lane.identity.redriven_ms = Some(now_ms);
        let (previous, count) = (lane.next_event - 1, i64::from(lane.identity.redrive_count));
        let details = vec![int(Detail::RedriveCount, count)];
        let previous = self.emit(cx, (0, previous), EventKind::ExecutionRedriven, details);
        self.revive(cx, frame, previous);
        self.limit(cx);
        true
    }

    /// Has a frame go on. Its state is not entered again, except a Fail state, which fails again.
    fn revive(&mut self, cx: &mut Cx<'_>, mut frame: Frame, previous: u64) {
        frame.previous = previous;
        frame.retries.fill(0);
        let Some(kept) = frame.kept.take() else {
            let state = cx.machine.state(frame.state);
            if state.is_some_and(|state| matches!(state.kind, Kind::Fail(..))) {
                frame.phase = Phase::Enter;
            } else if frame.phase != Phase::Enter {
                frame.phase = Phase::Run;
            }
            self.push(frame);
            return;
        };
        let Kept { mut children, frames } = *kept;
        children.running = frames.len();
        children.failed = 0;
        children.ended = children.results.iter().flatten().count();
        if let Some(run) = &mut children.run {
            let done = |at: &usize| children.results.get(*at).is_some_and(Option::is_some);
            children.redo = (0..children.next).rev().filter(|at| !done(at)).collect();
            run.records.retain(|record| matches!(record.outcome, Outcome::Succeeded(_)));
            run.stage = Stage::Running;
            run.redrives += 1;
            let details = vec![
                text(Detail::MapRunArn, run.arn.as_str()),
                int(Detail::RedriveCount, i64::from(run.redrives)),
            ];
            cx.out.push(Out::MapRunRedriven(run.arn.clone()));
            let at = (frame.lane, previous);
            frame.previous = self.emit(cx, at, EventKind::MapRunRedriven, details);
        }
        frame.phase = Phase::Children(Box::new(children));
        let id = self.push(frame);
        for mut child in frames {
            child.parent = child.parent.map(|parent| Parent { frame: id, ..parent });
            self.revive(cx, child, previous);
        }
    }

    /// A frame and all below it, as they stand.
    pub(super) fn capture(&self, id: u32) -> Option<Frame> {
        let mut frame = self.frames.get(&id)?.clone();
        if let Phase::Children(children) = &frame.phase {
            let below = self.below(id, children.run.is_some());
            frame.kept = Kept::new((**children).clone(), below);
            frame.phase = Phase::Run;
        }
        Some(frame)
    }

    /// What runs for a Parallel or inline Map state. Children of a distributed Map are executions
    /// of their own, and begin anew.
    fn below(&self, id: u32, distributed: bool) -> Vec<Frame> {
        if distributed {
            return Vec::new();
        }
        self.frames_below(id).into_iter().filter_map(|below| self.capture(below)).collect()
    }

    fn frames_below(&self, id: u32) -> Vec<u32> {
        let below = |frame: &Frame| frame.parent.is_some_and(|parent| parent.frame == id);
        self.frames.iter().filter(|(_, frame)| below(frame)).map(|(id, _)| *id).collect()
    }

    /// Aborts the children that still run, and keeps what they and `failed` had come to.
    pub(super) fn drop_children(&mut self, cx: &mut Cx<'_>, id: u32, failed: Option<Frame>) {
        let distributed = self.children(id).is_some_and(|children| children.run.is_some());
        let mut frames = self.below(id, distributed);
        frames.extend(failed);
        for below in self.frames_below(id) {
            self.abandon(cx, below, true);
        }
        if let Some(frame) = self.frames.get_mut(&id)
            && let Phase::Children(children) = std::mem::replace(&mut frame.phase, Phase::Run)
        {
            frame.kept = Kept::new(*children, frames);
        }
    }
}
