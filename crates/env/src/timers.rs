//! Timers of the virtual clock: they fire in (time, sequence) order, never by chance.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Names one set timer, so that it can be cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TimerId {
    /// When it fires.
    pub due: Timestamp,
    /// Breaks ties: the timer set first fires first.
    pub sequence: u64,
}

/// All timers that are set, each with what to tell its owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timers<T: Clone> {
    pending: OrdMap<TimerId, T>,
    next_sequence: u64,
}

impl<T: Clone> Default for Timers<T> {
    fn default() -> Self {
        Self { pending: OrdMap::new(), next_sequence: 0 }
    }
}

impl<T: Clone> Timers<T> {
    /// Sets a timer for `due`.
    pub fn set(&mut self, due: Timestamp, what: T) -> TimerId {
        let id = TimerId { due, sequence: self.next_sequence };
        self.next_sequence += 1;
        self.pending.insert(id, what);
        id
    }

    /// Unsets a timer; tells whether it was still set.
    pub fn cancel(&mut self, id: TimerId) -> bool {
        self.pending.remove(&id).is_some()
    }

    /// When the next timer fires.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.pending.get_min().map(|(id, _)| id.due)
    }

    /// Takes the first timer due at or before `now`.
    pub fn pop_due(&mut self, now: Timestamp) -> Option<(TimerId, T)> {
        let (id, _) = self.pending.get_min().filter(|(id, _)| id.due <= now)?;
        let id = *id;
        self.pending.remove(&id).map(|what| (id, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn timers_fire_by_time_then_by_the_order_they_were_set_in() {
        let mut timers = Timers::default();
        timers.set(at(20), "late");
        timers.set(at(10), "first");
        timers.set(at(10), "second");
        assert_eq!(timers.next_due(), Some(at(10)));
        assert_eq!(timers.pop_due(at(9)), None);
        let fired: Vec<_> =
            std::iter::from_fn(|| timers.pop_due(at(20))).map(|(_, what)| what).collect();
        assert_eq!(fired, ["first", "second", "late"]);
        assert_eq!(timers.next_due(), None);
    }

    #[test]
    fn a_cancelled_timer_does_not_fire() {
        let mut timers = Timers::default();
        let id = timers.set(at(10), ());
        assert!(timers.cancel(id));
        assert!(!timers.cancel(id));
        assert_eq!(timers.pop_due(at(10)), None);
    }
}
