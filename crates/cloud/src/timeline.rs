//! The past of a cloud, the clouds that were put aside by a fork, and what was undone.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bytes::Bytes;
use cloudarium_env::{BlobRef, Blobs, Timestamp};

use crate::history::{Before, History, Moment, PAST_BODY_BYTES_MAX, Point};
use crate::lives::Book;
use crate::state::State;
use crate::{CallLog, CallerKind, Cloud};

/// How many clouds a fork may have put aside; the oldest goes.
pub const FORKS_MAX: usize = 4;

/// How many changes can be undone in a row and done again.
pub const UNDONE_MAX: usize = 20;

/// A cloud that was put aside: by a fork, or by undoing.
pub struct Kept {
    pub(crate) state: State,
    pub(crate) log: CallLog,
    pub(crate) history: History,
    /// Virtual time when it was put aside.
    pub(crate) at: Timestamp,
    /// Where the way parted.
    pub(crate) parted: Moment,
    /// Whether something happened since its latest moment.
    pub(crate) dirty: bool,
}

/// What a cloud knows of its past.
#[derive(Default)]
pub struct Timeline {
    /// Whether moments are held; a cloud that nobody scrubs through need not.
    pub(crate) on: bool,
    pub(crate) history: History,
    /// Clouds that forks have put aside, oldest first.
    pub(crate) forks: Vec<Kept>,
    /// What was undone, latest last.
    pub(crate) undone: Vec<Kept>,
    /// The lives that somebody asked for last.
    pub(crate) lives: Option<Book>,
    tick: u64,
    /// Something happened since the latest moment beside the passing of time.
    dirty: bool,
    /// What was before the jump in time that is under way.
    leap: Option<Before>,
    /// Bodies that the present does not name, and the moment since when.
    dead: BTreeMap<BlobRef, u64>,
}

/// A place to go to.
pub struct Target {
    pub(crate) state: State,
    /// The latest moment that stays.
    pub(crate) moment: Moment,
    /// Virtual time there.
    pub(crate) at: Timestamp,
    /// Whether the state is not what the moment left.
    pub(crate) dirty: bool,
}

/// What can be done in time, for a page to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// The earliest call after which the state is known; 0 is before the first call.
    pub first_call: u64,
    /// The latest call.
    pub last_call: u64,
    /// Nobody goes back before this call: a lesson's set-up.
    pub floor_call: u64,
    /// What [`crate::Durable::undo`] would undo.
    pub undo: Option<Moment>,
    /// What [`crate::Durable::redo`] would do again.
    pub redo: Option<Moment>,
    /// Clouds that forks have put aside, oldest first.
    pub forks: Vec<Fork>,
}

/// A cloud that a fork has put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fork {
    /// The call after which the ways parted.
    pub parted_call: u64,
    /// Its latest call.
    pub last_call: u64,
    /// Virtual time when it was put aside.
    pub at: Timestamp,
}

impl Timeline {
    /// A body was put (again).
    fn revive(&mut self, blob: &BlobRef) {
        if !self.dead.is_empty() {
            self.dead.remove(blob);
        }
    }

    fn kept_mut(&mut self) -> impl Iterator<Item = &mut Kept> {
        self.forks.iter_mut().chain(&mut self.undone)
    }

    pub(crate) fn kept(&self) -> impl Iterator<Item = &Kept> {
        self.forks.iter().chain(&self.undone)
    }

    /// Something happened outside of any call.
    pub(crate) fn stir(&mut self) {
        self.dirty = true;
    }
}

/// Bodies while a service runs: what is put is named again.
pub struct Reviving<'a> {
    /// Where bodies are.
    pub blobs: &'a mut dyn Blobs,
    /// Which of them are dead.
    pub timeline: &'a mut Timeline,
}

impl Blobs for Reviving<'_> {
    fn put(&mut self, bytes: Bytes) -> BlobRef {
        let blob = self.blobs.put(bytes);
        self.timeline.revive(&blob);
        blob
    }

    fn put_named(&mut self, blob: BlobRef, bytes: Bytes) {
        self.timeline.revive(&blob);
        self.blobs.put_named(blob, bytes);
    }

    fn get(&self, blob: &BlobRef, range: Range<u64>) -> Option<Bytes> {
        self.blobs.get(blob, range)
    }

    fn bytes(&self) -> u64 {
        self.blobs.bytes()
    }

    fn retain(&mut self, keep: &dyn Fn(&BlobRef) -> bool) {
        self.blobs.retain(keep);
    }
}

impl Cloud {
    /// Holds every moment from here on.
    pub fn keep_history(&mut self) {
        self.timeline.on = true;
        self.begin_history();
    }

    /// Only the present is known.
    pub(crate) fn begin_history(&mut self) {
        if !self.timeline.on {
            return;
        }
        self.timeline.tick += 1;
        let tick = self.timeline.tick;
        let last = self.log.last_seq();
        self.timeline.history = History::begin((last, last), tick, self.state.fork());
        self.timeline.dirty = false;
        self.timeline.leap = None;
        for kept in self.timeline.kept_mut() {
            if kept.history.first().is_none() {
                let last = (kept.log.last_seq(), kept.log.shared_with(&self.log));
                kept.history = History::begin(last, tick, kept.state.fork());
            }
        }
    }

    /// What is before the call that comes now, where no moment tells it.
    pub(crate) fn before_call(&self) -> Option<Before> {
        let timeline = &self.timeline;
        (timeline.on && timeline.dirty)
            .then(|| Before { state: self.state.fork(), at: self.state.now })
    }

    /// Holds the moment after a call. What was undone cannot be done again after a change.
    pub(crate) fn note_call(&mut self, before: Option<Before>, changed: bool) {
        if changed {
            self.timeline.undone.clear();
        }
        self.note(Moment::after(self.log.last_seq()), before);
    }

    fn note(&mut self, moment: Moment, before: Option<Before>) {
        if !self.timeline.on {
            return;
        }
        self.timeline.tick += 1;
        let point = Point { tick: self.timeline.tick, before, after: self.state.fork() };
        self.timeline.history.push(moment, point);
        self.timeline.dirty = false;
    }

    /// Time is about to jump; `at` is virtual time now.
    pub(crate) fn before_leap(&mut self, at: Timestamp) {
        self.timeline.undone.clear();
        if self.timeline.on {
            self.timeline.leap = Some(Before { state: self.state.fork(), at });
        }
    }

    /// Time has come to where it jumped to.
    pub(crate) fn after_leap(&mut self) {
        let Some(before) = self.timeline.leap.take() else { return };
        let call = self.log.last_seq();
        let last = self.timeline.history.last().filter(|moment| moment.call == call);
        let jump = last.map_or(0, |moment| moment.jump) + 1;
        self.note(Moment { call, jump }, Some(before));
    }

    /// What was after `call`, if it is held.
    pub(crate) fn point(&self, call: u64) -> Option<&Point> {
        let (_, point) = self.timeline.history.at(Moment::after(call))?;
        Some(point)
    }

    /// [`Cloud::state_hash`] as it was after `call`.
    pub fn state_hash_at(&self, call: u64) -> Option<String> {
        Some(self.point(call)?.after.hash())
    }

    /// Virtual time as it was after `call`.
    pub fn time_at(&self, call: u64) -> Option<Timestamp> {
        Some(self.point(call)?.after.now)
    }

    /// What can be done in time.
    pub fn outlook(&self) -> Outlook {
        let timeline = &self.timeline;
        let fork = |kept: &Kept| Fork {
            parted_call: kept.parted.call,
            last_call: kept.log.last_seq(),
            at: kept.at,
        };
        let first = timeline.history.first();
        Outlook {
            first_call: first.map_or(self.log.last_seq(), |moment| moment.call),
            last_call: self.log.last_seq(),
            floor_call: self.floor(),
            undo: self.last_change().map(|(moment, _)| moment),
            redo: timeline.undone.last().map(|kept| kept.parted),
            forks: timeline.forks.iter().map(fork).collect(),
        }
    }

    /// A lesson's set-up is not gone back behind.
    fn floor(&self) -> u64 {
        let setup = |record: &&crate::CallRecord| record.who == CallerKind::Lesson;
        self.log.iter().take_while(setup).last().map_or(0, |record| record.seq)
    }

    /// The latest moment that changed something, and what was before it.
    fn last_change(&self) -> Option<(Moment, Target)> {
        let floor = self.floor();
        let mut moments = self.timeline.history.backwards();
        let (moment, point) = moments.find(|(moment, _)| {
            let record = self.log.get(moment.call);
            let theirs = |record: &crate::CallRecord| {
                matches!(record.who, CallerKind::Lesson | CallerKind::Check)
            };
            moment.jump > 0 || record.is_some_and(|record| record.changed && !theirs(record))
        })?;
        if moment.call < floor || (moment.call == floor && moment.jump == 0) {
            return None;
        }
        let (earlier, left) = self.timeline.history.before(moment)?;
        let (state, at, dirty) = point.before.as_ref().map_or_else(
            || (left.after.fork(), left.after.now, false),
            |before| (before.state.fork(), before.at, true),
        );
        let target = Target { state, moment: earlier, at, dirty };
        Some((moment, target))
    }

    /// Where undoing leads to, and what it undoes.
    pub(crate) fn undo_target(&self) -> Option<(Moment, Target)> {
        self.last_change()
    }

    /// Where a fork at `call` begins.
    pub(crate) fn fork_target(&self, call: u64) -> Option<Target> {
        if call < self.floor() || call > self.log.last_seq() {
            return None;
        }
        let (moment, point) = self.timeline.history.at(Moment::after(call))?;
        let state = point.after.fork();
        // Reads that no moment is held of leave the state as it was.
        let moment = if moment.call == call { moment } else { Moment::after(call) };
        Some(Target { at: state.now, state, moment, dirty: false })
    }

    /// Goes to `target`; the present is put aside, to be returned to.
    pub(crate) fn fork_to(&mut self, target: Target, at: Timestamp) {
        let kept = self.part(target, at);
        self.timeline.undone.clear();
        self.timeline.forks.push(kept);
        if self.timeline.forks.len() > FORKS_MAX {
            self.timeline.forks.remove(0);
        }
    }

    /// Goes to `target`; the present can be gone back to while nothing is changed. `undid` is what
    /// is undone.
    pub(crate) fn undo_to(&mut self, target: Target, at: Timestamp, undid: Moment) {
        let kept = self.part(target, at);
        self.timeline.undone.push(Kept { parted: undid, ..kept });
        if self.timeline.undone.len() > UNDONE_MAX {
            self.timeline.undone.remove(0);
        }
    }

    /// Goes to what was undone last. `None` if nothing was; else the latest call that both share.
    pub(crate) fn redo(&mut self) -> Option<Arrival> {
        let kept = self.timeline.undone.pop()?;
        let arrival = Arrival::at(&kept, &self.log);
        self.take_up(kept);
        Some(arrival)
    }

    /// Goes to the cloud that a fork has put aside; the present takes its place.
    pub(crate) fn return_to(&mut self, fork: usize, at: Timestamp) -> Option<Arrival> {
        if fork >= self.timeline.forks.len() {
            return None;
        }
        let kept = self.timeline.forks.remove(fork);
        let arrival = Arrival::at(&kept, &self.log);
        let parted = Moment::after(arrival.shared_call);
        let present = self.put_aside(at, parted);
        self.timeline.undone.clear();
        self.timeline.forks.insert(fork, present);
        self.take_up(kept);
        Some(arrival)
    }

    /// A copy of the present, to put aside.
    fn put_aside(&self, at: Timestamp, parted: Moment) -> Kept {
        Kept {
            state: self.state.fork(),
            log: self.log.clone(),
            history: self.timeline.history.clone(),
            at,
            parted,
            dirty: self.timeline.dirty,
        }
    }

    fn part(&mut self, target: Target, at: Timestamp) -> Kept {
        let Target { state, moment, dirty, .. } = target;
        let kept = self.put_aside(at, moment);
        self.state = state;
        self.log.back_to(moment.call);
        self.timeline.history.back_to(moment);
        self.timeline.leap = None;
        self.arrive();
        if self.timeline.on && self.timeline.history.first().is_none() {
            // Gone back to before all that was held.
            self.timeline.tick += 1;
            let (tick, reach) = (self.timeline.tick, self.timeline.history.reach());
            let last = (moment.call, reach);
            self.timeline.history = History::begin(last, tick, self.state.fork());
        }
        self.timeline.dirty = dirty;
        kept
    }

    fn take_up(&mut self, kept: Kept) {
        let Kept { state, log, history, dirty, .. } = kept;
        self.state = state;
        self.log = log;
        self.timeline.history = history;
        self.timeline.leap = None;
        self.arrive();
        self.timeline.dirty = dirty;
    }

    /// What the present names lives; who waited is told.
    fn arrive(&mut self) {
        let timeline = &mut self.timeline;
        self.state.bodies(&mut |blob| timeline.revive(blob));
        self.refuse_all_parked();
    }

    /// Runs `act` on the state as it was after `call`, with nothing to leave behind.
    pub(crate) fn in_the_past<R>(
        &mut self,
        call: u64,
        act: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        let then = self.point(call)?.after.fork();
        Some(self.on_a_copy(|cloud| {
            cloud.state = then;
            act(cloud)
        }))
    }

    /// Lets go of bodies that neither the present nor the past names; when the past names too many,
    /// of its oldest moments.
    pub(crate) fn forget_past_bodies(&mut self, live: &BTreeSet<BlobRef>) {
        let timeline = &mut self.timeline;
        let tick = timeline.tick;
        let unnamed = RefCell::new(Vec::new());
        self.blobs.retain(&|blob| {
            if !live.contains(blob) {
                unnamed.borrow_mut().push(*blob);
            }
            true
        });
        let unnamed = unnamed.into_inner();
        timeline.dead.retain(|blob, _| !live.contains(blob));
        for blob in unnamed {
            timeline.dead.entry(blob).or_insert(tick);
        }
        let mut bytes: u64 = timeline.dead.keys().map(|blob| blob.length).sum();
        let mut oldest: Vec<(u64, u64)> =
            timeline.dead.iter().map(|(blob, since)| (*since, blob.length)).collect();
        oldest.sort_unstable();
        let mut until = None;
        for (since, length) in oldest {
            if bytes <= PAST_BODY_BYTES_MAX && until != Some(since) {
                break;
            }
            bytes = bytes.saturating_sub(length);
            until = Some(since);
        }
        let Some(until) = until else { return };
        timeline.history.forget_before(until);
        timeline.kept_mut().for_each(|kept| kept.history.forget_before(until));
        let gone: BTreeSet<BlobRef> =
            timeline.dead.iter().filter(|(_, since)| **since <= until).map(|(b, _)| *b).collect();
        timeline.dead.retain(|blob, _| !gone.contains(blob));
        self.blobs.retain(&|blob| !gone.contains(blob));
    }

    /// Takes over the past that `older`, the cloud of an earlier generation, has replayed.
    pub(crate) fn adopt_past(&mut self, older: Self) {
        let Self { timeline: past, blobs, .. } = older;
        let named = RefCell::new(Vec::new());
        let mut theirs = blobs;
        theirs.retain(&|blob| {
            named.borrow_mut().push(*blob);
            true
        });
        for blob in named.into_inner() {
            if !self.blobs.holds(&blob)
                && let Some(bytes) = theirs.get(&blob, 0..blob.length)
            {
                self.blobs.put_named(blob, bytes);
                // Only moments that are adopted now can name it, and those have the tick 0.
                self.timeline.dead.insert(blob, 1);
            }
        }
        self.timeline.history.adopt(&past.history);
        for kept in self.timeline.kept_mut() {
            kept.history.adopt(&past.history);
        }
    }
}

/// Where a way through time led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The list of calls is the same up to this one.
    pub shared_call: u64,
    /// Virtual time there.
    pub at: Timestamp,
}

impl Arrival {
    fn at(kept: &Kept, present: &CallLog) -> Self {
        Self { shared_call: kept.log.shared_with(present), at: kept.at }
    }
}
