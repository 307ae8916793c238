//! How the host's real clock becomes virtual time: as it is, paused, faster, or after a jump.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The mapping from the host's real clock to virtual time. Pure: the host passes the real time in,
/// and keeps this value (it travels in the journal). Virtual time never moves backwards, whatever
/// the real clock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockControl {
    anchor_real: Timestamp,
    anchor_virtual: Timestamp,
    speed: u32,
}

impl ClockControl {
    /// A clock at normal speed that shows `at` when the real clock shows `real`.
    pub const fn new(real: Timestamp, at: Timestamp) -> Self {
        Self { anchor_real: real, anchor_virtual: at, speed: 1 }
    }

    /// Virtual time when the real clock shows `real`.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        self.anchor_virtual.plus(real.since(self.anchor_real).saturating_mul(self.speed))
    }

    /// How many virtual seconds pass in a real one; 0 is paused.
    pub const fn speed(&self) -> u32 {
        self.speed
    }

    /// Changes the speed from here on (0 pauses).
    pub fn set_speed(&mut self, real: Timestamp, speed: u32) {
        self.anchor(real);
        self.speed = speed;
    }

    /// Moves virtual time ahead by `by`.
    pub fn jump(&mut self, real: Timestamp, by: Duration) {
        self.anchor(real);
        self.anchor_virtual = self.anchor_virtual.plus(by);
    }

    /// Moves virtual time ahead to `to`; an instant that is already past changes nothing.
    pub fn jump_to(&mut self, real: Timestamp, to: Timestamp) {
        self.anchor(real);
        self.anchor_virtual = self.anchor_virtual.max(to);
    }

    /// How long the host may sleep until virtual time reaches `due`; `None` while paused, unless
    /// it is due already.
    pub fn real_until(&self, real: Timestamp, due: Timestamp) -> Option<Duration> {
        let ahead = due.since(self.now(real));
        if ahead.is_zero() {
            return Some(Duration::ZERO);
        }
        let nanoseconds = ahead.as_nanos().checked_div(u128::from(self.speed))?;
        Some(Duration::from_millis(
            u64::try_from(nanoseconds.div_ceil(1_000_000)).unwrap_or(u64::MAX),
        ))
    }

    /// The clock of a cloud that was closed at `last` and is opened again: at normal speed the time
    /// that passed meanwhile counts; paused or sped up, it goes on from `last`.
    #[must_use]
    pub fn reopened(self, real: Timestamp, last: Timestamp) -> Self {
        let at = if self.speed == 1 { self.now(real).max(last) } else { last };
        Self { anchor_real: real, anchor_virtual: at, speed: self.speed }
    }

    fn anchor(&mut self, real: Timestamp) {
        self.anchor_virtual = self.now(real);
        self.anchor_real = self.anchor_real.max(real);
    }
}
