//! The moments of the past that are held: after every call, and around every jump in time.
//!
//! A moment is a copy of the state that shares memory with its neighbours (persistent maps), so that
//! holding thousands costs what changed between them. How many are held, and how many bytes of
//! bodies that only they name, is bounded: the oldest go first.

use std::ops::Bound;
use std::rc::Rc;

use cloudarium_env::Timestamp;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::log::CALLS_MAX;
use crate::state::State;

/// How many moments are held.
pub const MOMENTS_MAX: usize = CALLS_MAX;

/// How many bytes of bodies are held that only the past names.
pub const PAST_BODY_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// A place in the past.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Moment {
    /// After this call.
    pub call: u64,
    /// And after so many jumps in time that followed it.
    pub jump: u32,
}

impl Moment {
    /// Right after a call.
    pub const fn after(call: u64) -> Self {
        Self { call, jump: 0 }
    }
}

/// What was at one moment.
pub struct Point {
    /// Counts moments over all branches: younger is greater.
    pub tick: u64,
    /// What was right before, where that is not what the moment before left: timers had fired, or
    /// time had passed before a jump.
    pub before: Option<Before>,
    /// The state.
    pub after: State,
}

/// What was right before a moment.
pub struct Before {
    /// The state.
    pub state: State,
    /// Virtual time, which may be later than the state's.
    pub at: Timestamp,
}

/// The moments of one branch. A copy shares memory.
#[derive(Clone, Default)]
pub struct History {
    points: OrdMap<Moment, Rc<Point>>,
    /// Moments up to this call that are found later (on disk) belong to this branch.
    reach: u64,
}

impl History {
    /// Only `state`, which stands after `call`; what was before may be found later, up to `reach`.
    pub fn begin((call, reach): (u64, u64), tick: u64, state: State) -> Self {
        let point = Rc::new(Point { tick, before: None, after: state });
        Self { points: OrdMap::unit(Moment::after(call), point), reach }
    }

    /// Moments up to this call that are found later belong to this branch.
    pub fn reach(&self) -> u64 {
        self.reach
    }

    /// Adds a moment that is later than all others; beyond the bound, the oldest goes.
    pub fn push(&mut self, moment: Moment, point: Point) {
        self.points.insert(moment, Rc::new(point));
        if self.points.len() > MOMENTS_MAX
            && let Some(oldest) = self.first()
        {
            self.points.remove(&oldest);
            self.reach = 0;
        }
    }

    /// The earliest moment.
    pub fn first(&self) -> Option<Moment> {
        self.points.get_min().map(|(moment, _)| *moment)
    }

    /// The latest moment.
    pub fn last(&self) -> Option<Moment> {
        self.points.get_max().map(|(moment, _)| *moment)
    }

    /// What was at `moment`, or at the last before it.
    pub fn at(&self, moment: Moment) -> Option<(Moment, &Rc<Point>)> {
        self.points.range(..=moment).next_back().map(|(moment, point)| (*moment, point))
    }

    /// What was at the last moment before `moment`.
    pub fn before(&self, moment: Moment) -> Option<(Moment, &Rc<Point>)> {
        self.points.range(..moment).next_back().map(|(moment, point)| (*moment, point))
    }

    /// The moments after `moment`, earliest first.
    pub fn after(&self, moment: Moment) -> impl Iterator<Item = (Moment, &Rc<Point>)> {
        let later = (Bound::Excluded(moment), Bound::Unbounded);
        self.points.range(later).map(|(moment, point)| (*moment, point))
    }

    /// All moments, latest first.
    pub fn backwards(&self) -> impl Iterator<Item = (Moment, &Rc<Point>)> {
        self.points.iter().rev().map(|(moment, point)| (*moment, point))
    }

    /// Forgets what came after `moment`.
    pub fn back_to(&mut self, moment: Moment) {
        let (mut kept, at, _) = self.points.split_lookup(&moment);
        if let Some(point) = at {
            kept.insert(moment, point);
        }
        self.points = kept;
        self.reach = self.reach.min(moment.call);
    }

    /// Forgets moments that are older than `tick`.
    pub fn forget_before(&mut self, tick: u64) {
        while let Some((moment, point)) = self.points.get_min()
            && point.tick < tick
        {
            let moment = *moment;
            self.points.remove(&moment);
            self.reach = 0;
        }
    }

    /// Takes over older moments of the same branch.
    pub fn adopt(&mut self, older: &Self) {
        let first = self.first().map_or(u64::MAX, |moment| moment.call);
        if self.reach.saturating_add(1) < first {
            // What lies between would be missing, and the past is never guessed.
            return;
        }
        for (moment, point) in older.points.iter().rev() {
            let ours = moment.call <= self.reach && moment.call < first;
            if ours && self.points.len() < MOMENTS_MAX {
                let point = Point {
                    tick: 0,
                    before: point.before.as_ref().map(Before::copy),
                    after: point.after.fork(),
                };
                self.points.insert(*moment, Rc::new(point));
            }
        }
        self.reach = 0;
    }
}

impl Before {
    /// A copy that shares memory.
    pub fn copy(&self) -> Self {
        Self { state: self.state.fork(), at: self.at }
    }
}
