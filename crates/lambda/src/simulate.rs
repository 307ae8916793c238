//! The load simulator: what a load would do to a function, as a discrete-event simulation. Nothing
//! runs, nothing is logged: only time, environments and limits.
//!
//! A request takes an environment that waits (the one used last), or a new one, which starts cold; if
//! the concurrency is used up, or as many environments were made in ten seconds as may be, it is
//! throttled. <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use cloudarium_env::Rng;
use serde::{Deserialize, Serialize};

use crate::limits::{CONCURRENCY, IDLE_MS, SCALING_STEP, SCALING_WINDOW_MS};

/// More requests are not simulated at once.
const REQUESTS_MAX: u64 = 1_000_000;
/// The pictures have so many columns.
const COLUMNS_MAX: u64 = 600;

/// How a load comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Shape {
    /// As much at any time.
    #[default]
    Steady,
    /// It rises to the middle, and falls again.
    Ramp,
    /// Most of it at once: in the first tenth of the time.
    Burst,
}

/// A load, and the function that it meets.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct Load {
    /// How many requests.
    pub requests: u64,
    /// Over how many seconds.
    pub seconds: u64,
    /// How they come.
    pub shape: Shape,
    /// Milliseconds that the handler takes, on average.
    pub duration_ms: u64,
    /// Milliseconds more that a cold start takes, on average.
    pub init_ms: u64,
    /// How far single ones lie from the average, in percent.
    pub spread_percent: u64,
    /// In how many of a thousand the handler fails.
    pub failures_per_mille: u64,
    /// Invocations at a time.
    pub concurrency: u32,
    /// Environments that are there from the beginning.
    pub provisioned: u32,
    /// In MB.
    pub memory_mb: u64,
    /// Where its chance comes from.
    pub seed: u64,
}

impl Default for Load {
    fn default() -> Self {
        Self {
            requests: 1_000,
            seconds: 10,
            shape: Shape::Steady,
            duration_ms: 100,
            init_ms: 250,
            spread_percent: 20,
            failures_per_mille: 0,
            concurrency: CONCURRENCY,
            provisioned: 0,
            memory_mb: 128,
            seed: 1,
        }
    }
}

/// What the load does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Outcome {
    /// Sent.
    pub sent: u64,
    /// Answered by the handler.
    pub answered: u64,
    /// Refused for want of room.
    pub throttled: u64,
    /// The handler failed.
    pub failed: u64,
    /// How many started cold.
    pub cold_starts: u64,
    /// The most that ran at once.
    pub concurrency_max: u64,
    /// Milliseconds that are paid for.
    pub billed_ms: u64,
    /// What is paid for, by the price list's usage types: MB times milliseconds, and requests.
    pub usage: Vec<(&'static str, u64)>,
    /// Half of the requests took no longer, in milliseconds.
    pub median_ms: u64,
    /// 99 of 100 took no longer, in milliseconds.
    pub p99_ms: u64,
    /// Over time.
    pub columns: Vec<Column>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Column {
    /// When it begins, in milliseconds.
    pub at_ms: u64,
    /// Requests that came.
    pub sent: u64,
    /// Of them, how many were throttled.
    pub throttled: u64,
    /// Of them, how many started cold.
    pub cold_starts: u64,
    /// The most that ran at once.
    pub concurrency: u64,
    /// Milliseconds that those that came are paid for.
    pub billed_ms: u64,
}

/// Microseconds in a millisecond.
const MS: u64 = 1_000;

struct World {
    rng: Rng,
    /// Ends of running invocations, in microseconds.
    ends: BinaryHeap<Reverse<u64>>,
    /// Since when each waiting environment waits, the latest last.
    idle: Vec<u64>,
    /// When the window of new environments began, and how many began in it.
    window: (u64, u32),
}

/// Runs it.
pub fn simulate(load: &Load) -> Outcome {
    let requests = load.requests.min(REQUESTS_MAX);
    let span = load.seconds.max(1).saturating_mul(1_000 * MS);
    let columns = load.seconds.clamp(1, COLUMNS_MAX);
    let mut world = World {
        rng: Rng::new(load.seed, "load"),
        ends: BinaryHeap::new(),
        idle: vec![0; usize::try_from(load.provisioned).unwrap_or(0)],
        window: (0, 0),
    };
    let mut arrivals: Vec<u64> = (0..requests).map(|_| world.arrival(load.shape, span)).collect();
    arrivals.sort_unstable();
    let mut outcome = Outcome {
        sent: requests,
        answered: 0,
        throttled: 0,
        failed: 0,
        cold_starts: 0,
        concurrency_max: 0,
        billed_ms: 0,
        usage: Vec::new(),
        median_ms: 0,
        p99_ms: 0,
        columns: (0..columns)
            .map(|at| Column { at_ms: at * (span / columns) / MS, ..Column::default() })
            .collect(),
    };
    let mut taken = Vec::new();
    for now in arrivals {
        let at = usize::try_from(now / (span / columns).max(1)).unwrap_or(0);
        let at = at.min(outcome.columns.len().saturating_sub(1));
        let mut column = outcome.columns.get(at).copied().unwrap_or_default();
        column.sent += 1;
        world.free(now);
        match world.place(load, now) {
            None => {
                outcome.throttled += 1;
                column.throttled += 1;
            }
            Some(cold) => {
                let took = world.run(load, now, cold);
                let fails = world.rng.below(1_000) < load.failures_per_mille;
                *(if fails { &mut outcome.failed } else { &mut outcome.answered }) += 1;
                outcome.cold_starts += u64::from(cold);
                column.cold_starts += u64::from(cold);
                let billed = took.div_ceil(MS);
                outcome.billed_ms += billed;
                column.billed_ms += billed;
                taken.push(billed);
                column.concurrency = column.concurrency.max(world.ends.len() as u64);
            }
        }
        outcome.concurrency_max = outcome.concurrency_max.max(column.concurrency);
        if let Some(place) = outcome.columns.get_mut(at) {
            *place = column;
        }
    }
    outcome.usage = vec![
        ("Lambda-GB-Second", outcome.billed_ms.saturating_mul(load.memory_mb)),
        ("Request", outcome.answered + outcome.failed),
    ];
    taken.sort_unstable();
    outcome.median_ms = percentile(&taken, 50);
    outcome.p99_ms = percentile(&taken, 99);
    outcome
}

fn percentile(sorted: &[u64], percent: usize) -> u64 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}

impl World {
    /// When a request comes, in microseconds.
    fn arrival(&mut self, shape: Shape, span: u64) -> u64 {
        match shape {
            // The mean of two is most often in the middle.
            Shape::Ramp => u64::midpoint(self.rng.below(span), self.rng.below(span)),
            Shape::Burst if self.rng.below(10) > 0 => self.rng.below((span / 10).max(1)),
            Shape::Steady | Shape::Burst => self.rng.below(span),
        }
    }

    /// Lets go of what has ended by `now`.
    fn free(&mut self, now: u64) {
        while let Some(Reverse(end)) = self.ends.peek().copied().filter(|Reverse(end)| *end <= now)
        {
            self.ends.pop();
            self.idle.push(end);
        }
    }

    /// Finds an environment: a waiting one, or a new one, which is cold. `None`: throttled.
    fn place(&mut self, load: &Load, now: u64) -> Option<bool> {
        if self.ends.len() >= usize::try_from(load.concurrency).unwrap_or(usize::MAX) {
            return None;
        }
        let forever = u64::from(load.provisioned) > 0;
        if let Some(since) = self.idle.pop()
            && (forever || now.saturating_sub(since) < IDLE_MS * MS)
        {
            return Some(false);
        }
        if now.saturating_sub(self.window.0) >= SCALING_WINDOW_MS * MS {
            self.window = (now, 0);
        }
        if self.window.1 >= SCALING_STEP {
            return None;
        }
        self.window.1 += 1;
        Some(true)
    }

    /// How long one takes, in microseconds.
    fn run(&mut self, load: &Load, now: u64, cold: bool) -> u64 {
        let mut took = self.about(load.duration_ms, load.spread_percent);
        if cold {
            took += self.about(load.init_ms, load.spread_percent);
        }
        self.ends.push(Reverse(now + took));
        took
    }

    fn about(&mut self, mean_ms: u64, spread_percent: u64) -> u64 {
        let mean = mean_ms.min(900_000) * MS;
        let spread = mean * spread_percent.min(100) / 100;
        (mean - spread + self.rng.below(2 * spread + 1)).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_request_is_lost_and_the_same_seed_gives_the_same() {
        for seed in 0..20 {
            let load = Load {
                requests: 5_000,
                seconds: 5,
                duration_ms: 300,
                failures_per_mille: 20,
                concurrency: 100 + u32::try_from(seed).unwrap() * 50,
                seed,
                ..Load::default()
            };
            let one = simulate(&load);
            assert_eq!(one.answered + one.throttled + one.failed, one.sent);
            assert_eq!(one.columns.iter().map(|column| column.sent).sum::<u64>(), one.sent);
            assert!(one.concurrency_max <= u64::from(load.concurrency));
            assert!(one.cold_starts >= one.concurrency_max);
            assert_eq!(simulate(&load), one);
            assert_ne!(simulate(&Load { seed: seed + 1_000, ..load }), one);
        }
    }

    #[test]
    fn a_load_comes_in_its_shape() {
        let sent = |shape| {
            let columns = simulate(&Load { requests: 20_000, shape, ..Load::default() }).columns;
            columns.iter().map(|column| column.sent).collect::<Vec<_>>()
        };
        let steady = sent(Shape::Steady);
        assert!(steady.iter().all(|sent| (1_800..2_200).contains(sent)), "{steady:?}");
        let ramp = sent(Shape::Ramp);
        assert!(ramp[4] > 3 * ramp[0] && ramp[5] > 3 * ramp[9], "{ramp:?}");
        let burst = sent(Shape::Burst);
        assert!(burst[0] > 17_500 && burst[1..].iter().all(|sent| *sent > 0), "{burst:?}");
    }

    #[test]
    fn what_is_paid_for_is_what_ran() {
        let load = Load { requests: 500, concurrency: 3, memory_mb: 512, ..Load::default() };
        let outcome = simulate(&load);
        assert!(outcome.throttled > 0);
        let ran = outcome.answered + outcome.failed;
        let billed = outcome.columns.iter().map(|column| column.billed_ms).sum::<u64>();
        assert_eq!(outcome.billed_ms, billed);
        assert_eq!(outcome.usage, [("Lambda-GB-Second", billed * 512), ("Request", ran)]);
    }

    #[test]
    fn a_hundred_thousand_requests_are_counted() {
        let load = Load { requests: 100_000, seconds: 100, ..Load::default() };
        let outcome = simulate(&load);
        assert_eq!(outcome.sent, 100_000);
        // 1,000 a second of 0.1 s each run about 100 at a time, and the first ones, which start
        // cold, take 0.35 s.
        assert!((100..=450).contains(&outcome.concurrency_max), "{}", outcome.concurrency_max);
        assert_eq!(outcome.throttled, 0);
    }

    #[test]
    fn no_more_than_a_thousand_environments_begin_in_ten_seconds() {
        let load = Load {
            requests: 20_000,
            seconds: 1,
            duration_ms: 60_000,
            concurrency: 5_000,
            ..Load::default()
        };
        let outcome = simulate(&load);
        assert_eq!((outcome.cold_starts, outcome.throttled), (1_000, 19_000));
    }

    #[test]
    fn provisioned_environments_do_not_start_cold() {
        let load = Load { requests: 100, seconds: 10, provisioned: 100, ..Load::default() };
        assert_eq!(simulate(&load).cold_starts, 0);
    }

    /// Whatever comes, in whatever shape: nothing is lost, no limit is passed, nobody pays twice.
    #[test]
    fn loads_of_all_kinds_keep_the_rules() {
        let mut rng = Rng::new(7, "loads");
        for seed in 0..200 {
            let load = Load {
                requests: rng.below(3_000),
                seconds: 1 + rng.below(60),
                shape: [Shape::Steady, Shape::Ramp, Shape::Burst][(seed % 3) as usize],
                duration_ms: rng.below(2_000),
                init_ms: rng.below(1_000),
                spread_percent: rng.below(120),
                failures_per_mille: rng.below(300),
                concurrency: u32::try_from(rng.below(200)).unwrap(),
                provisioned: u32::try_from(rng.below(20)).unwrap(),
                memory_mb: 128 + rng.below(1_000),
                seed,
            };
            let outcome = simulate(&load);
            let sum = |of: fn(&Column) -> u64| outcome.columns.iter().map(of).sum::<u64>();
            assert_eq!(outcome.answered + outcome.throttled + outcome.failed, load.requests);
            assert_eq!(sum(|column| column.sent), outcome.sent, "{load:?}");
            assert_eq!(sum(|column| column.throttled), outcome.throttled, "{load:?}");
            assert_eq!(sum(|column| column.cold_starts), outcome.cold_starts, "{load:?}");
            assert!(outcome.concurrency_max <= load.concurrency.into(), "{load:?}");
            assert!(outcome.median_ms <= outcome.p99_ms, "{load:?}");
        }
    }

    #[test]
    fn nothing_breaks_at_the_ends() {
        for load in [
            Load { requests: 0, ..Load::default() },
            Load { seconds: 0, duration_ms: 0, init_ms: 0, ..Load::default() },
            Load { concurrency: 0, ..Load::default() },
            Load { seconds: u64::MAX, duration_ms: u64::MAX, ..Load::default() },
        ] {
            let outcome = simulate(&load);
            assert_eq!(outcome.answered + outcome.throttled + outcome.failed, outcome.sent);
        }
    }
}
