//! What is counted: uses, and what lies stored for how long.

use std::rc::Rc;

use cloudarium_env::Timestamp;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

/// Something that was used and is paid by its quantity: requests, bytes sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Use {
    /// The model's name: `s3`.
    pub service: String,
    /// Where.
    pub region: String,
    /// As AWS's usage reports name it, without the Region: `Requests-Tier1`.
    pub usage_type: String,
    /// What of that it was: `PUT`, `LIST`.
    pub verb: String,
}

/// Something that is paid by how much of it there is for how long.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stored {
    /// The model's name: `s3`.
    pub service: String,
    /// Where.
    pub region: String,
    /// As AWS's usage reports name it, without the Region: `TimedStorage-ByteHrs`.
    pub usage_type: String,
}

/// How much lies there, and what that came to until [`Usage::at`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Level {
    bytes: u64,
    byte_ms: u128,
}

/// All that was used so far. A copy shares memory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    used: OrdMap<Rc<Use>, u64>,
    stored: OrdMap<Rc<Stored>, Level>,
    /// Up to when storage is counted.
    at: Timestamp,
}

impl Usage {
    /// Counts one use.
    pub fn add(&mut self, what: Use, quantity: u64) {
        if quantity > 0 {
            let count = self.used.entry(Rc::new(what)).or_insert(0);
            *count = count.saturating_add(quantity);
        }
    }

    /// From `now` on this much is stored, each told once; what is not named is nothing.
    pub fn set_stored(&mut self, now: Timestamp, levels: &[(Stored, u64)]) {
        if self.is_stored(levels) {
            return;
        }
        self.accrue(now);
        let gone: Vec<Rc<Stored>> = self.stored.keys().cloned().collect();
        for stored in gone {
            if let Some(level) = self.stored.get_mut(&stored) {
                level.bytes = 0;
            }
        }
        for (stored, bytes) in levels {
            let level = self.stored.entry(Rc::new(stored.clone())).or_default();
            level.bytes = *bytes;
        }
    }

    fn is_stored(&self, levels: &[(Stored, u64)]) -> bool {
        let same = |(stored, bytes): &(Stored, u64)| {
            self.stored.get(stored).is_some_and(|level| level.bytes == *bytes)
        };
        self.lying().count() == levels.len() && levels.iter().all(same)
    }

    /// Counts storage up to `now`.
    fn accrue(&mut self, now: Timestamp) {
        let passed = now.since(self.at).as_millis();
        self.at = self.at.max(now);
        let lying = self.stored.iter().filter(|(_, level)| level.bytes > 0);
        let lying: Vec<Rc<Stored>> = lying.map(|(stored, _)| stored.clone()).collect();
        for stored in lying {
            if let Some(level) = self.stored.get_mut(&stored) {
                level.byte_ms =
                    level.byte_ms.saturating_add(u128::from(level.bytes).saturating_mul(passed));
            }
        }
    }

    /// What lies stored, and how many bytes of it.
    pub fn lying(&self) -> impl Iterator<Item = (&Stored, u64)> {
        let lying = self.stored.iter().filter(|(_, level)| level.bytes > 0);
        lying.map(|(stored, level)| (stored.as_ref(), level.bytes))
    }

    /// What was used, and how much.
    pub fn used(&self) -> impl Iterator<Item = (&Use, u64)> {
        self.used.iter().map(|(what, quantity)| (what.as_ref(), *quantity))
    }

    /// What was stored until `now`: bytes times milliseconds.
    pub fn stored(&self, now: Timestamp) -> impl Iterator<Item = (&Stored, u64, u128)> {
        let passed = now.since(self.at).as_millis();
        self.stored.iter().map(move |(stored, level)| {
            let since = u128::from(level.bytes).saturating_mul(passed);
            (stored.as_ref(), level.bytes, level.byte_ms.saturating_add(since))
        })
    }

    /// What was used here and not yet in `before`, an earlier moment of the same.
    pub fn since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = (&'a Use, u64, u64)> {
        let now = self.used.iter().map(|(what, count)| (what.as_ref(), before.count(what), *count));
        now.filter(|(_, before, now)| before != now)
    }

    /// How much of one thing.
    fn count(&self, what: &Use) -> u64 {
        self.used.get(what).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> Stored {
        Stored {
            service: "s3".into(),
            region: "us-east-1".into(),
            usage_type: "TimedStorage-ByteHrs".into(),
        }
    }

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn storage_counts_by_the_time_it_lies() {
        let mut usage = Usage::default();
        usage.set_stored(at(1_000), &[(stored(), 10)]);
        assert_eq!(usage.stored(at(1_500)).map(|(_, _, sum)| sum).sum::<u128>(), 5_000);
        usage.set_stored(at(2_000), &[(stored(), 4)]);
        assert_eq!(usage.stored(at(3_000)).map(|(_, _, sum)| sum).sum::<u128>(), 10_000 + 4_000);
        usage.set_stored(at(4_000), &[]);
        assert_eq!(usage.stored(at(9_000)).map(|(_, _, sum)| sum).sum::<u128>(), 10_000 + 8_000);
        assert_eq!(usage.lying().count(), 0);
    }

    #[test]
    fn the_same_level_told_again_changes_nothing() {
        let mut usage = Usage::default();
        usage.set_stored(at(0), &[(stored(), 7)]);
        let before = usage.clone();
        usage.set_stored(at(5_000), &[(stored(), 7)]);
        assert_eq!(usage, before);
        let other = Stored { region: "eu-west-1".into(), ..stored() };
        usage.set_stored(at(5_000), &[(other, 7)]);
        assert_ne!(usage, before, "as much elsewhere is not the same");
    }
}
