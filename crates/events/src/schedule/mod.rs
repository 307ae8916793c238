//! When a rule makes events of its own, in UTC.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html>

mod cron;
mod date;

use std::time::Duration;

use cloudarium_env::Timestamp;
use cron::Cron;

/// A schedule.
#[derive(Debug, Clone, PartialEq)]
pub enum Schedule {
    /// Again and again after this time.
    Rate(Duration),
    /// At these times.
    Cron(Box<Cron>),
}

impl Schedule {
    /// Reads `rate(5 minutes)` or `cron(0 12 * * ? *)`; `None` if it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let within = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(rate) = within("rate") {
            return rate_of(rate).map(Self::Rate);
        }
        Some(Self::Cron(Box::new(Cron::parse(within("cron")?)?)))
    }

    /// The first moment after `now`, of a schedule that began at `since`; `None`: there is none any more.
    pub fn next(&self, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Rate(every) => {
                let gone = now.since(since).as_millis() / every.as_millis().max(1);
                let times = u32::try_from(gone + 1).ok()?;
                Some(since.plus(every.checked_mul(times)?))
            }
            Self::Cron(cron) => cron.next(now),
        }
    }
}

/// "If the value is equal to 1, then the unit must be singular. If the value is greater than 1, the unit must be plural."
fn rate_of(text: &str) -> Option<Duration> {
    let (value, unit) = text.split_once(' ')?;
    let value: u64 = value.parse().ok().filter(|value| *value > 0)?;
    let unit = if value == 1 { unit } else { unit.strip_suffix('s')? };
    let seconds: u64 = match unit {
        "minute" => 60,
        "hour" => 3_600,
        "day" => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(value.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_iso(text).expect("a time")
    }

    fn after(schedule: &str, now: &str) -> String {
        let schedule = Schedule::parse(schedule).unwrap_or_else(|| panic!("{schedule}"));
        let next = schedule.next(at("2026-01-01T00:00:30Z"), at(now));
        next.map_or_else(|| "never".to_owned(), Timestamp::iso_s)
    }

    #[test]
    fn rates() {
        for (schedule, now, next) in [
            ("rate(1 minute)", "2026-01-01T00:00:30Z", "2026-01-01T00:01:30Z"),
            ("rate(1 minute)", "2026-01-01T00:01:29Z", "2026-01-01T00:01:30Z"),
            ("rate(1 minute)", "2026-01-01T00:01:30Z", "2026-01-01T00:02:30Z"),
            ("rate(5 hours)", "2026-01-01T12:00:00Z", "2026-01-01T15:00:30Z"),
            ("rate(1 day)", "2026-01-31T00:00:00Z", "2026-01-31T00:00:30Z"),
        ] {
            assert_eq!(after(schedule, now), next, "{schedule}");
        }
        for none in [
            "rate(1 minutes)",
            "rate(5 minute)",
            "rate(0 minutes)",
            "rate(1 second)",
            "rate(-1 minute)",
            "rate( 1 minute)",
            "rate(1 minute",
            "Rate(1 minute)",
            "5 minutes",
            "",
        ] {
            assert_eq!(Schedule::parse(none), None, "{none}");
        }
    }

    #[test]
    fn crons() {
        // 2026-01-01 is a Thursday.
        for (schedule, now, next) in [
            ("cron(0 10 * * ? *)", "2026-01-01T09:59:59Z", "2026-01-01T10:00:00Z"),
            ("cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"),
            ("cron(15 12 * * ? *)", "2026-12-31T23:00:00Z", "2027-01-01T12:15:00Z"),
            ("cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00Z"),
            ("cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"),
            ("cron(0/15 * * * ? *)", "2026-01-01T00:15:00Z", "2026-01-01T00:30:00Z"),
            ("cron(5,35 14 * * ? *)", "2026-01-01T14:05:00Z", "2026-01-01T14:35:00Z"),
            ("cron(0/30 20-2 ? * MON-FRI *)", "2026-01-05T23:30:00Z", "2026-01-06T00:00:00Z"),
            ("cron(15 10 ? * 6L 2019-2027)", "2026-01-01T00:00:00Z", "2026-01-30T10:15:00Z"),
            ("cron(0 0 L * ? *)", "2026-02-01T00:00:00Z", "2026-02-28T00:00:00Z"),
            ("cron(0 0 L-2 * ? *)", "2026-02-01T00:00:00Z", "2026-02-26T00:00:00Z"),
            // The 1st of August 2026 is a Saturday; its month has no earlier weekday.
            ("cron(0 0 1W 8 ? *)", "2026-07-31T12:00:00Z", "2026-08-03T00:00:00Z"),
            ("cron(0 0 15W 8 ? *)", "2026-08-01T00:00:00Z", "2026-08-14T00:00:00Z"),
            ("cron(0 0 LW 1 ? *)", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z"),
            ("cron(0 0 ? * 3#2 *)", "2026-01-01T00:00:00Z", "2026-01-13T00:00:00Z"),
            ("cron(0 0 ? JAN,mar sun *)", "2026-01-26T00:00:00Z", "2026-03-01T00:00:00Z"),
            ("cron(0 0 29 2 ? *)", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("cron(0 0 ? * L *)", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"),
            ("cron(0 20 1 1 ? 2500)", "2026-01-01T00:00:00Z", "2500-01-01T20:00:00Z"),
            ("cron(0 0 1 1 ? 2025)", "2026-01-01T00:00:00Z", "never"),
            ("cron(0 0 31 2 ? *)", "2026-01-01T00:00:00Z", "never"),
        ] {
            assert_eq!(after(schedule, now), next, "{schedule}");
        }
        for none in [
            "cron(0 10 * * * *)",
            "cron(0 10 ? * ? *)",
            "cron(0 10 * * ?)",
            "cron(60 10 * * ? *)",
            "cron(0 24 * * ? *)",
            "cron(0 0 0 * ? *)",
            "cron(0 0 * 13 ? *)",
            "cron(0 0 ? * 8 *)",
            "cron(0 0 ? * 3#6 *)",
            "cron(0 20 3#1 * ? *)",
            "cron(0 0 ? * 3#1,6#3 *)",
            "cron(0/0 0 * * ? *)",
            "cron(? 0 * * ? *)",
            "cron(0 0 * * ? 1969)",
            "cron(a 0 * * ? *)",
            "cron()",
        ] {
            assert_eq!(Schedule::parse(none), None, "{none}");
        }
    }
}
