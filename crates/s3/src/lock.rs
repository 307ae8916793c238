//! Object lock: what keeps a version from being deleted, and who may change it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>

use std::time::Duration;

use cloudarium_env::Timestamp;

use crate::error::Error;
use crate::model::{Bucket, Extra, LockMode, Object, Period, Retention};

const DAY: Duration = Duration::from_hours(24);

/// What an upload says about the lock of its object.
#[derive(Debug, Clone, Copy, Default)]
pub struct SentLock<'a> {
    /// `x-amz-object-lock-mode`
    pub mode: Option<&'a str>,
    /// `x-amz-object-lock-retain-until-date`
    pub until: Option<Timestamp>,
    /// `x-amz-object-lock-legal-hold`
    pub legal_hold: Option<&'a str>,
}

impl LockMode {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Governance => "GOVERNANCE",
            Self::Compliance => "COMPLIANCE",
        }
    }

    /// By AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Governance, Self::Compliance].into_iter().find(|mode| mode.name() == name)
    }
}

impl Period {
    /// The end of the period that begins now.
    pub fn after(self, now: Timestamp) -> Timestamp {
        let days = match self {
            Self::Days(days) => days,
            // guess: AWS does not say how long a year is; leap days would make it depend on the day.
            Self::Years(years) => years.saturating_mul(365),
        };
        now.plus(DAY.saturating_mul(days))
    }
}

impl SentLock<'_> {
    /// The lock of a new version: what the upload says, else what the bucket has by default.
    pub fn apply(self, bucket: &Bucket, now: Timestamp, extra: &mut Extra) -> Result<(), Error> {
        let Some(lock) = bucket.object_lock else {
            let said = self.mode.is_some() || self.until.is_some() || self.legal_hold.is_some();
            return if said { Err(missing_lock()) } else { Ok(()) };
        };
        extra.legal_hold = self.legal_hold.map(legal_hold_header).transpose()?;
        extra.retention = match self.retention(now)? {
            Some(retention) => Some(retention),
            None => lock
                .default
                .map(|default| Retention { mode: default.mode, until: default.period.after(now) }),
        };
        Ok(())
    }

    fn retention(self, now: Timestamp) -> Result<Option<Retention>, Error> {
        const UNTIL: &str = "x-amz-object-lock-retain-until-date";
        const MODE: &str = "x-amz-object-lock-mode";
        let both = format!("{UNTIL} and {MODE} must both be supplied");
        let mode = match self.mode {
            None => None,
            Some(name) => Some(
                LockMode::parse(name)
                    .ok_or_else(|| Error::argument("Unknown wormMode directive.", MODE, name))?,
            ),
        };
        match (mode, self.until) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(Error::argument(&both, UNTIL, "")),
            (None, Some(_)) => Err(Error::argument(&both, MODE, "")),
            (Some(_), Some(until)) if until <= now => {
                let message = "The retain until date must be in the future!";
                Err(Error::argument(message, UNTIL, until.iso_s()))
            }
            (Some(mode), Some(until)) => Ok(Some(Retention { mode, until })),
        }
    }
}

fn legal_hold_header(sent: &str) -> Result<bool, Error> {
    legal_hold(sent).ok_or_else(|| {
        let message = "Legal Hold must be either of 'ON' or 'OFF'";
        Error::argument(message, "x-amz-object-lock-legal-hold", sent)
    })
}

/// `ON` or `OFF`.
pub fn legal_hold(sent: &str) -> Option<bool> {
    match sent {
        "ON" => Some(true),
        "OFF" => Some(false),
        _ => None,
    }
}

/// `ON` or `OFF`.
pub fn shown_hold(on: bool) -> &'static str {
    if on { "ON" } else { "OFF" }
}

/// The bucket has object lock.
pub fn check_enabled(bucket: &Bucket) -> Result<(), Error> {
    bucket.object_lock.map(|_| ()).ok_or_else(missing_lock)
}

fn missing_lock() -> Error {
    Error::request("Bucket is missing Object Lock Configuration")
}

/// `x-amz-bypass-governance-retention` says something where there is object lock only.
pub fn check_bypass(bucket: &Bucket, sent: Option<bool>) -> Result<bool, Error> {
    match sent {
        Some(_) if bucket.object_lock.is_none() => Err(Error::argument(
            "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
            "x-amz-bypass-governance-retention",
            "",
        )),
        sent => Ok(sent.unwrap_or(false)),
    }
}

/// Whether an object may be deleted for good.
pub fn check_deletable(object: &Object, now: Timestamp, bypass: bool) -> Result<(), Error> {
    let extra = object.extra();
    let held = extra.legal_hold == Some(true);
    let retained = extra.retention.is_some_and(|retention| {
        retention.until > now && !(bypass && retention.mode == LockMode::Governance)
    });
    if held || retained { Err(protected()) } else { Ok(()) }
}

/// Whether the retention that is in force may be replaced by `new`.
pub fn check_change(
    old: Option<Retention>,
    new: Retention,
    now: Timestamp,
    bypass: bool,
) -> Result<(), Error> {
    let Some(old) = old.filter(|old| old.until > now) else { return Ok(()) };
    let extends = new.mode == old.mode && new.until >= old.until;
    let may = extends || bypass && old.mode == LockMode::Governance;
    if may { Ok(()) } else { Err(protected()) }
}

fn protected() -> Error {
    Error::denied("Access Denied because object protected by object lock.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_ms(1_000_000);
    const LATER: Timestamp = Timestamp::from_ms(2_000_000);
    const LAST: Timestamp = Timestamp::from_ms(3_000_000);

    #[test]
    fn who_may_change_a_retention() {
        let of = |mode, until| Retention { mode, until };
        let (weak, strong) = (LockMode::Governance, LockMode::Compliance);
        for (old, new, bypass, fine) in [
            (of(weak, LATER), of(weak, LAST), false, true),
            (of(weak, LAST), of(weak, LATER), false, false),
            (of(weak, LAST), of(weak, LATER), true, true),
            (of(weak, LATER), of(strong, LATER), false, false),
            (of(weak, LATER), of(strong, LATER), true, true),
            (of(strong, LATER), of(strong, LAST), false, true),
            (of(strong, LAST), of(strong, LATER), true, false),
            (of(strong, LATER), of(weak, LAST), true, false),
            (of(strong, NOW), of(weak, LATER), false, true),
        ] {
            let may = check_change(Some(old), new, NOW, bypass).is_ok();
            assert_eq!(may, fine, "{old:?} {new:?} {bypass}");
        }
        assert!(check_change(None, of(weak, LATER), NOW, false).is_ok());
    }
}
