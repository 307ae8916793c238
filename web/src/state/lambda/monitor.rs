//! What a function did, out of the lines that Lambda wrote of it: counts over time.

use crate::state::lambda::log::{Report, is_failure};

/// A line of a log, with its moment and its stream.
#[derive(Clone, PartialEq, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Line {
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub time: f64,
    pub stream: String,
    pub sequence: u64,
    pub message: String,
}

/// The lines that [`runs`] reads, as a filter pattern.
pub const PATTERN: &str = "?REPORT ?\"platform.report\" ?\"[ERROR]\" ?\"Invoke Error\" ?\"timed out after\" ?errorType ?\"Runtime exited\"";

/// An invocation that ended.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ran {
    pub stream: String,
    /// When it came, its start counted.
    pub from: f64,
    /// When its handler was called.
    pub called: f64,
    pub to: f64,
    pub failed: bool,
    pub report: Report,
}

/// The invocations that lines tell of, in the order in which they ended.
pub fn runs(lines: &[Line]) -> Vec<Ran> {
    let mut failing: Vec<&str> = Vec::new();
    let mut runs = Vec::new();
    for line in lines {
        let Some(report) = Report::parse(&line.message) else {
            // An environment runs one at a time, so what fails is what ends next in its stream.
            if is_failure(&line.message) && !failing.contains(&line.stream.as_str()) {
                failing.push(&line.stream);
            }
            continue;
        };
        let told = failing.iter().position(|stream| *stream == line.stream);
        let failed = told.map(|at| failing.swap_remove(at)).is_some() || !report.status.is_empty();
        let called = line.time - report.duration_ms;
        runs.push(Ran {
            stream: line.stream.clone(),
            from: called - report.init_ms.unwrap_or_default(),
            called,
            to: line.time,
            failed,
            report,
        });
    }
    runs
}

/// A stretch of time.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Stretch {
    pub from: f64,
    pub invocations: u32,
    pub errors: u32,
    pub cold_starts: u32,
    pub throttles: u32,
    /// Milliseconds: those of all together, and of the longest.
    pub duration_sum: f64,
    pub duration_max: f64,
    /// The most that ran at a time.
    pub concurrency: u32,
}

impl Stretch {
    /// Milliseconds.
    pub fn average(&self) -> f64 {
        if self.invocations == 0 { 0.0 } else { self.duration_sum / f64::from(self.invocations) }
    }
}

/// Counts over time: `count` stretches from `from` to `to`. `throttled` are the moments of requests that were refused.
pub fn over_time(
    runs: &[Ran],
    throttled: &[f64],
    (from, to): (f64, f64),
    count: usize,
) -> Vec<Stretch> {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let length = ((to - from) / count.max(1) as f64).max(1.0);
    let mut all: Vec<Stretch> = Vec::with_capacity(count);
    let mut at = from;
    for _ in 0..count {
        all.push(Stretch { from: at, ..Stretch::default() });
        at += length;
    }
    let index = |moment: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below 0")]
        let index = ((moment - from) / length).max(0.0) as usize;
        (moment >= from && moment <= to).then(|| index.min(count.saturating_sub(1)))
    };
    for run in runs {
        let Some(stretch) = index(run.to).and_then(|at| all.get_mut(at)) else { continue };
        stretch.invocations += 1;
        stretch.errors += u32::from(run.failed);
        stretch.cold_starts += u32::from(run.report.init_ms.is_some());
        stretch.duration_sum += run.report.duration_ms;
        stretch.duration_max = stretch.duration_max.max(run.report.duration_ms);
    }
    for moment in throttled {
        if let Some(stretch) = index(*moment).and_then(|at| all.get_mut(at)) {
            stretch.throttles += 1;
        }
    }
    for (moment, running) in running_at(runs) {
        if let Some(stretch) = index(moment).and_then(|at| all.get_mut(at)) {
            stretch.concurrency = stretch.concurrency.max(running);
        }
    }
    all
}

/// How many run from each moment on at which that changes.
fn running_at(runs: &[Ran]) -> Vec<(f64, u32)> {
    let mut changes: Vec<(f64, i32)> =
        runs.iter().flat_map(|run| [(run.from, 1), (run.to, -1)]).collect();
    // What ends makes room for what begins at the same moment.
    changes.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut running = 0_i32;
    let count = |(moment, change)| {
        running += change;
        (moment, u32::try_from(running).unwrap_or_default())
    };
    changes.into_iter().map(count).collect()
}

/// What a load is likely to meet: the median of what was measured, cold and warm, in milliseconds.
pub fn measured(runs: &[Ran]) -> (Option<f64>, Option<f64>) {
    let median = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    let well = || runs.iter().filter(|run| !run.failed);
    (
        median(well().map(|run| run.report.duration_ms).collect()),
        median(well().filter_map(|run| run.report.init_ms).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(time: f64, stream: &str, message: &str) -> Line {
        Line { time, stream: stream.into(), sequence: 0, message: message.into() }
    }

    fn report(time: f64, stream: &str, ms: f64, init: Option<f64>) -> Line {
        let init = init.map(|ms| format!("\tInit Duration: {ms:.2} ms")).unwrap_or_default();
        let text =
            format!("REPORT RequestId: r\tDuration: {ms:.2} ms\tBilled Duration: 1 ms{init}");
        line(time, stream, &text)
    }

    #[test]
    fn runs_are_counted_with_their_errors_and_what_ran_beside_them() {
        let runs = runs(&[
            report(1_000.0, "a", 500.0, Some(200.0)),
            line(1_200.0, "b", "[ERROR] ValueError: no"),
            report(1_250.0, "b", 400.0, None),
            report(1_300.0, "a", 100.0, None),
            report(9_900.0, "a", 10.0, None),
        ]);
        let failed: Vec<bool> = runs.iter().map(|run| run.failed).collect();
        assert_eq!(failed, [false, true, false, false]);
        let all = over_time(&runs, &[9_950.0, 20_000.0], (0.0, 10_000.0), 10);
        assert_eq!(all.iter().map(|one| one.invocations).collect::<Vec<_>>()[1], 3);
        assert_eq!((all[1].errors, all[1].cold_starts), (1, 1));
        // The first of them began in the stretch before.
        assert_eq!((all[0].concurrency, all[1].concurrency, all[9].concurrency), (2, 2, 1));
        assert_eq!((all[9].throttles, all[9].average()), (1, 10.0));
        assert_eq!(measured(&runs), (Some(100.0), Some(200.0)));
    }

    #[test]
    fn nothing_is_counted_where_nothing_ran() {
        assert_eq!(measured(&[]), (None, None));
        let none = over_time(&[], &[], (5.0, 5.0), 3);
        assert!(none.iter().all(|one| one.invocations == 0 && one.concurrency == 0));
    }
}
