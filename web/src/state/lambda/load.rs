//! A load, and what it does: as the simulator in the Lambda room is asked, and answers.

use serde::{Deserialize, Serialize};

/// A load, and the function that it meets.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Load {
    pub requests: u64,
    pub seconds: u64,
    pub shape: String,
    pub duration_ms: u64,
    pub init_ms: u64,
    pub concurrency: u32,
    pub memory_mb: u64,
}

impl Default for Load {
    fn default() -> Self {
        Self {
            requests: 1_000,
            seconds: 10,
            shape: "Ramp".into(),
            duration_ms: 100,
            init_ms: 250,
            concurrency: 1_000,
            memory_mb: 128,
        }
    }
}

/// What the load does.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Outcome {
    pub sent: u64,
    pub answered: u64,
    pub throttled: u64,
    pub failed: u64,
    pub cold_starts: u64,
    pub concurrency_max: u64,
    pub billed_ms: u64,
    pub usage: Vec<(String, u64)>,
    pub median_ms: u64,
    pub p99_ms: u64,
    pub columns: Vec<Column>,
}

/// A stretch of time.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Column {
    pub at_ms: u64,
    pub sent: u64,
    pub throttled: u64,
    pub cold_starts: u64,
    pub concurrency: u64,
    pub billed_ms: u64,
}

/// What each kind of use costs, in US dollars: time first, then requests.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cost {
    pub usd: Vec<f64>,
}

impl Cost {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.usd.iter().sum()
    }

    /// What it comes to at the end of each stretch.
    pub fn over_time(&self, outcome: &Outcome) -> Vec<f64> {
        let part = |at: usize, some: u64, all: u64| {
            let usd = self.usd.get(at).copied().unwrap_or_default();
            if all == 0 { 0.0 } else { usd * float(some) / float(all) }
        };
        let ran = outcome.sent - outcome.throttled.min(outcome.sent);
        let mut sum = 0.0;
        let columns = outcome.columns.iter().map(|column| {
            sum += part(0, column.billed_ms, outcome.billed_ms);
            sum += part(1, column.sent.saturating_sub(column.throttled), ran);
            sum
        });
        columns.collect()
    }
}

impl Outcome {
    /// What is paid for, as the price list counts it.
    pub fn gb_seconds(&self) -> f64 {
        let mb_ms = self.usage.first().map_or(0, |(_, quantity)| *quantity);
        float(mb_ms) / 1_024.0 / 1_000.0
    }
}

/// As a number to draw with.
#[expect(clippy::cast_precision_loss, reason = "drawn, not counted")]
pub fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_add_up_to_the_whole() {
        let column =
            |sent, throttled, billed_ms| Column { sent, throttled, billed_ms, ..Column::default() };
        let outcome = Outcome {
            sent: 30,
            throttled: 10,
            billed_ms: 2_000,
            usage: vec![("Lambda-GB-Second".into(), 2_048_000)],
            columns: vec![column(10, 0, 500), column(20, 10, 1_500)],
            ..Outcome::default()
        };
        let cost = Cost { usd: vec![4.0, 2.0] };
        assert_eq!(cost.over_time(&outcome), [2.0, 6.0]);
        assert!((cost.total() - 6.0).abs() < f64::EPSILON);
        assert!((outcome.gb_seconds() - 2.0).abs() < f64::EPSILON);
    }
}
