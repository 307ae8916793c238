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
    /// that passed meanwhile counts; paused or sped up, it goes on from `last` (or from the change
    /// of speed, if nothing happened since).
    #[must_use]
    pub fn reopened(self, real: Timestamp, last: Timestamp) -> Self {
        let at = if self.speed == 1 { self.now(real) } else { self.anchor_virtual }.max(last);
        Self { anchor_real: real, anchor_virtual: at, speed: self.speed }
    }

    /// Shows `at`, which may be earlier, when the real clock shows `real`; at the same speed. Only
    /// for a cloud that goes back (or forward) in time with its clock.
    #[must_use]
    pub fn moved(self, real: Timestamp, at: Timestamp) -> Self {
        Self { anchor_real: real, anchor_virtual: at, speed: self.speed }
    }

    /// What the clock `before` would show where this one leaps ahead of it; `None` if this one only
    /// goes on, at whatever speed.
    pub fn leap_from(&self, before: &Self) -> Option<Timestamp> {
        let there = before.now(self.anchor_real);
        (self.anchor_virtual > there).then_some(there)
    }

    fn anchor(&mut self, real: Timestamp) {
        self.anchor_virtual = self.now(real);
        self.anchor_real = self.anchor_real.max(real);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: Timestamp = Timestamp::from_ms(5_000);
    const AT: Timestamp = Timestamp::from_ms(1_000_000);

    fn real(ms: i64) -> Timestamp {
        Timestamp::from_ms(5_000 + ms)
    }

    #[test]
    fn at_normal_speed_both_clocks_go_alike() {
        let clock = ClockControl::new(REAL, AT);
        assert_eq!(clock.now(REAL), AT);
        assert_eq!(clock.now(real(1_500)), Timestamp::from_ms(1_001_500));
        assert_eq!(clock.speed(), 1);
    }

    #[test]
    fn a_change_of_speed_counts_from_its_moment() {
        let mut clock = ClockControl::new(REAL, AT);
        clock.set_speed(real(100), 60);
        assert_eq!(clock.now(real(100)), Timestamp::from_ms(1_000_100));
        assert_eq!(clock.now(real(200)), Timestamp::from_ms(1_006_100));
        clock.set_speed(real(200), 0);
        assert_eq!(clock.now(real(9_999_999)), Timestamp::from_ms(1_006_100));
        clock.set_speed(real(9_999_999), 1);
        assert_eq!(clock.now(real(10_000_000)), Timestamp::from_ms(1_006_101));
    }

    #[test]
    fn jumps_go_ahead_only() {
        let mut clock = ClockControl::new(REAL, AT);
        clock.jump(real(10), Duration::from_hours(24 * 90));
        let there = Timestamp::from_ms(1_000_010 + 90 * 86_400_000);
        assert_eq!(clock.now(real(10)), there);
        clock.jump_to(real(10), AT);
        assert_eq!(clock.now(real(10)), there);
        clock.jump_to(real(11), Timestamp::from_ms(i64::MAX));
        assert_eq!(clock.now(real(11)), Timestamp::from_ms(i64::MAX));
        assert_eq!(clock.now(real(12)), Timestamp::from_ms(i64::MAX));
    }

    #[test]
    fn a_leap_is_told_from_a_change_of_speed() {
        let before = ClockControl::new(REAL, AT);
        let mut slower = before;
        slower.set_speed(real(500), 0);
        assert_eq!(slower.leap_from(&before), None);
        let mut later = before;
        later.jump(real(500), Duration::from_hours(1));
        assert_eq!(later.leap_from(&before), Some(Timestamp::from_ms(1_000_500)));
        assert_eq!(before.moved(real(500), AT).leap_from(&later), None, "back is no leap");
    }

    #[test]
    fn a_real_clock_that_goes_back_does_not_take_virtual_time_along() {
        let mut clock = ClockControl::new(REAL, AT);
        clock.set_speed(real(1_000), 2);
        let before = clock.now(real(1_000));
        assert_eq!(clock.now(real(-9_000)), before);
        clock.jump(real(-9_000), Duration::ZERO);
        assert_eq!(clock.now(real(1_000)), before);
    }

    #[test]
    fn the_host_knows_how_long_it_may_sleep() {
        let mut clock = ClockControl::new(REAL, AT);
        let due = Timestamp::from_ms(1_000_601);
        assert_eq!(clock.real_until(REAL, due), Some(Duration::from_millis(601)));
        clock.set_speed(REAL, 60);
        let sleep = clock.real_until(REAL, due).expect("it moves");
        assert_eq!(sleep, Duration::from_millis(11), "rounded up: 601 ms / 60");
        assert!(clock.now(REAL.plus(sleep)) >= due);
        clock.set_speed(REAL, 0);
        assert_eq!(clock.real_until(REAL, due), None);
        assert_eq!(clock.real_until(REAL, AT), Some(Duration::ZERO));
    }

    #[test]
    fn reopened_it_counts_the_time_between_at_normal_speed_only() {
        let clock = ClockControl::new(REAL, AT);
        let last = Timestamp::from_ms(1_000_020);
        assert_eq!(clock.reopened(real(50), last).now(real(50)), Timestamp::from_ms(1_000_050));
        assert_eq!(clock.reopened(real(5), last).now(real(5)), last, "never before what it saw");
        let mut fast = clock;
        fast.set_speed(REAL, 60);
        assert_eq!(fast.reopened(real(5_000), last).now(real(5_001)), last.plus(60 * MS));
    }

    const MS: Duration = Duration::from_millis(1);
}
