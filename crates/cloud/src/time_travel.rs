//! How a kept cloud goes through time: it forks, undoes, does again, returns. Each is an input like
//! any other, and in the journal before it is answered.
//!
//! The record of a fork or an undo holds the whole state that it leads to, so that a replay needs no
//! past. The bodies that this state names are put into the file of bodies first.

use std::collections::BTreeSet;

use bytes::Bytes;
use cloudarium_env::{ClockControl, Timestamp};
use cloudarium_service::Fault;
use cloudarium_shape::Value;
use serde::{Deserialize, Serialize};

use crate::changes::WhatChanged;
use crate::history::Moment;
use crate::lives::{Lives, ResourcePath};
use crate::meter::Bill;
use crate::record::EntryRef;
use crate::saved::LoadError;
use crate::timeline::Target;
use crate::{Arrival, Call, Cloud, Durable, Storage, recovery};

/// One way through time, as the journal keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Go {
    /// A second cloud goes on from a call; the present is put aside.
    Fork,
    /// The last change never was.
    Undo {
        /// What is undone.
        undid: Moment,
    },
    /// What was undone last is done again.
    Redo,
    /// The cloud that a fork has put aside is taken up again.
    Return(u32),
}

/// [`Go`] with the clock's part: when the present was left, and the clock from there on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel {
    /// Which way.
    pub go: Go,
    /// Virtual time that is left.
    pub from: Timestamp,
    /// The clock on arrival.
    pub clock: ClockControl,
}

/// Why there is no way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TravelError {
    /// The call is not in the list, or before what can be gone back to.
    NoSuchCall {
        /// The call that was asked for.
        call: u64,
        /// The earliest that can be gone back to.
        first: u64,
        /// The latest call.
        last: u64,
    },
    /// Nothing was changed that could be undone, as far back as is known.
    NothingToUndo,
    /// Nothing was undone, or something was changed since.
    NothingToRedo,
    /// No fork has put a cloud aside under this number.
    NoSuchFork(usize),
}

impl std::fmt::Display for TravelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchCall { call, first, last } => {
                write!(f, "Call {call} cannot be gone back to: calls {first} to {last} can.")
            }
            Self::NothingToUndo => f.write_str("There is no change that could be undone."),
            Self::NothingToRedo => f.write_str("There is nothing to do again."),
            Self::NoSuchFork(number) => write!(f, "No cloud was put aside as number {number}."),
        }
    }
}

impl std::error::Error for TravelError {}

impl<S: Storage> Durable<S> {
    /// Goes on from how it was after `call`, as a second cloud; the present is put aside, to be
    /// returned to. `real` is the host's real clock.
    pub fn fork(&mut self, call: u64, real: Timestamp) -> Result<Arrival, TravelError> {
        self.reach(call);
        let outlook = self.cloud.outlook();
        let target = self.cloud.fork_target(call).ok_or(TravelError::NoSuchCall {
            call,
            first: outlook.first_call.max(outlook.floor_call),
            last: outlook.last_call,
        })?;
        Ok(self.depart(Go::Fork, target, real))
    }

    /// Goes back to before the last change of the learner's, a jump in time included.
    pub fn undo(&mut self, real: Timestamp) -> Result<Arrival, TravelError> {
        if self.cloud.undo_target().is_none() {
            self.reach(0);
        }
        let (undid, target) = self.cloud.undo_target().ok_or(TravelError::NothingToUndo)?;
        Ok(self.depart(Go::Undo { undid }, target, real))
    }

    /// Goes forward to where the last [`Durable::undo`] came from.
    pub fn redo(&mut self, real: Timestamp) -> Result<Arrival, TravelError> {
        let at = self.cloud.timeline.undone.last().map(|kept| kept.at);
        let at = at.ok_or(TravelError::NothingToRedo)?;
        let travel = self.travel(Go::Redo, real, at);
        self.arrive(&travel, None).ok_or(TravelError::NothingToRedo)
    }

    /// Takes up the cloud that a fork has put aside; the present takes its place.
    pub fn return_to(&mut self, fork: usize, real: Timestamp) -> Result<Arrival, TravelError> {
        let at = self.cloud.timeline.forks.get(fork).map(|kept| kept.at);
        let at = at.ok_or(TravelError::NoSuchFork(fork))?;
        let number = u32::try_from(fork).map_err(|_| TravelError::NoSuchFork(fork))?;
        let travel = self.travel(Go::Return(number), real, at);
        self.arrive(&travel, None).ok_or(TravelError::NoSuchFork(fork))
    }

    fn travel(&self, go: Go, real: Timestamp, at: Timestamp) -> Travel {
        Travel { go, from: self.clock.now(real), clock: self.clock.moved(real, at) }
    }

    fn depart(&mut self, go: Go, target: Target, real: Timestamp) -> Arrival {
        let travel = self.travel(go, real, target.at);
        let arrival = Arrival { shared_call: target.moment.call, at: target.at };
        let mut named = BTreeSet::new();
        target.state.bodies(&mut |blob| {
            named.insert(*blob);
        });
        self.keep_named(&named);
        let saved = Cloud::save_target(&target);
        self.arrive(&travel, Some((target, &saved)));
        arrival
    }

    /// Writes the way down, and goes it.
    fn arrive(&mut self, travel: &Travel, target: Option<(Target, &[u8])>) -> Option<Arrival> {
        let (target, saved) = match target {
            Some((target, saved)) => (Some(target), saved),
            None => (None, [].as_slice()),
        };
        self.write(&EntryRef::Travel(*travel), saved);
        let arrival = self.follow(travel, target);
        self.place.unflushed = true;
        self.commit();
        arrival
    }

    /// Goes a way that is in the journal.
    pub(crate) fn follow(&mut self, travel: &Travel, target: Option<Target>) -> Option<Arrival> {
        self.clock = travel.clock;
        match (travel.go, target) {
            (Go::Fork, Some(target)) => {
                self.cloud.fork_to(target, travel.from);
                None
            }
            (Go::Undo { undid }, Some(target)) => {
                self.cloud.undo_to(target, travel.from, undid);
                None
            }
            (Go::Redo, _) => self.cloud.redo(),
            (Go::Return(fork), _) => self.cloud.return_to(fork as usize, travel.from),
            (Go::Fork | Go::Undo { .. }, None) => None,
        }
    }

    /// [`Durable::follow`] for a replay: `saved` is what the record held.
    pub(crate) fn replay_travel(
        &mut self,
        travel: &Travel,
        saved: &Bytes,
    ) -> Result<(), LoadError> {
        let target = match travel.go {
            Go::Fork | Go::Undo { .. } => Some(self.cloud.load_target(saved)?),
            Go::Redo | Go::Return(_) => None,
        };
        self.follow(travel, target);
        Ok(())
    }

    /// Looks for the state after `call` on disk, where memory does not go that far back: what was
    /// before the snapshot that this cloud was opened from. Once; it replays a whole journal.
    pub fn reach(&mut self, call: u64) {
        let known = self.cloud.outlook().first_call <= call;
        if known || !std::mem::take(&mut self.older) {
            return;
        }
        if let Some(older) = recovery::older(&mut self.storage, self.place.generation) {
            self.cloud.adopt_past(older);
        }
    }

    /// Whether [`Durable::reach`] may find more of the past on disk.
    pub fn may_reach_further(&self) -> bool {
        self.older
    }

    /// [`Cloud::peek`] as it was after `call_number`; `None` if that is not known.
    pub fn peek_at(&mut self, call_number: u64, call: Call) -> Option<Result<Value, Fault>> {
        self.reach(call_number);
        let at = self.cloud.time_at(call_number)?;
        self.cloud.in_the_past(call_number, |cloud| cloud.peek(Call { at, ..call }))
    }

    /// [`Cloud::view`] as it was after `call_number`; `None` if that is not known.
    pub fn view_at(
        &mut self,
        call_number: u64,
        (service, name, region): (&str, &str, &str),
        params: &Value,
    ) -> Option<Option<Value>> {
        self.reach(call_number);
        let view = |cloud: &mut Cloud| cloud.view(service, name, region, params);
        self.cloud.in_the_past(call_number, view)
    }

    /// [`Cloud::bill`] as it was after `call_number`; `None` if that is not known.
    pub fn bill_at(&mut self, call_number: u64) -> Option<Bill> {
        self.reach(call_number);
        self.cloud.in_the_past(call_number, |cloud| cloud.bill())
    }

    /// [`Cloud::lives`], as far back as memory goes.
    pub fn lives(&mut self, service: &str, paths: &BTreeSet<ResourcePath>) -> Lives {
        self.cloud.lives(service, paths)
    }

    /// [`Cloud::what_changed`], looked for on disk too.
    pub fn what_changed(&mut self, call: u64) -> Option<WhatChanged> {
        self.reach(call.saturating_sub(1));
        self.cloud.what_changed(call)
    }
}
