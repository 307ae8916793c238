//! When what a rule says is due: always at a midnight, by Coordinated Universal Time.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days>

use cloudarium_env::Timestamp;

use super::check::CLASSES;
use super::{ALL_128K, Conditions, Lifecycle, Rule};
use crate::config::tagging::Tag;
use crate::limits::TRANSITION_BYTES_MIN;
use crate::model::StorageClass;

/// One day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is known of an object, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its bytes.
    pub size: u64,
    /// Its tags.
    pub tags: &'a [Tag],
    /// From when days are counted: it was written, or replaced.
    pub since: Timestamp,
    /// Its class.
    pub class: StorageClass,
}

/// So many days after `since`, rounded up to midnight. guess: what is a midnight already stays one.
pub fn midnight_after(since: Timestamp, days: i64) -> Timestamp {
    let then = since.as_ms().saturating_add(days.saturating_mul(DAY_MS));
    let up = then.rem_euclid(DAY_MS);
    Timestamp::from_ms(if up == 0 { then } else { then.saturating_add(DAY_MS - up) })
}

/// The midnight that comes next.
pub fn next_midnight(now: Timestamp) -> Timestamp {
    Timestamp::from_ms((now.as_ms().div_euclid(DAY_MS) + 1).saturating_mul(DAY_MS))
}

/// At a date, or after days.
fn at(date: Option<Timestamp>, days: Option<i64>, since: Timestamp) -> Option<Timestamp> {
    date.or_else(|| days.map(|days| midnight_after(since, days)))
}

impl Lifecycle {
    /// The rules that are applied.
    pub fn enabled(&self) -> impl Iterator<Item = (&Rule, Conditions<'_>)> {
        self.rules.iter().filter(|rule| rule.is_enabled()).map(|rule| (rule, rule.conditions()))
    }

    /// When a current object ends, and by which rule: the first of those that are due first.
    pub fn expiration(&self, of: &Subject<'_>) -> Option<(Timestamp, &Rule)> {
        let fitting =
            self.enabled().filter(|(_, conditions)| conditions.fit(of.key, of.size, of.tags));
        let due = fitting.filter_map(|(rule, _)| {
            let expiration = rule.expiration.as_ref()?;
            Some((at(expiration.date, expiration.days, of.since)?, rule))
        });
        due.min_by_key(|(at, _)| *at)
    }

    /// When an upload of `key` that began then ends, and by which rule.
    pub fn abort(&self, key: &str, began: Timestamp) -> Option<(Timestamp, &Rule)> {
        let fitting = self.enabled().filter(|(_, conditions)| key.starts_with(conditions.prefix));
        let due = fitting.filter_map(|(rule, _)| {
            let abort = rule.abort_incomplete_multipart_upload.as_ref()?;
            Some((midnight_after(began, abort.days_after_initiation?), rule))
        });
        due.min_by_key(|(at, _)| *at)
    }

    /// When a current object changes its class, and to which: every step that is ahead of it.
    pub fn transitions(&self, of: &Subject<'_>) -> Vec<(Timestamp, StorageClass)> {
        let mut steps = Vec::new();
        for (rule, conditions) in self.enabled() {
            if conditions.fit(of.key, of.size, of.tags) {
                for step in rule.transitions.iter().flatten() {
                    let class = step.storage_class.as_deref();
                    let class = self.reachable(of, &conditions, class);
                    steps.extend(at(step.date, step.days, of.since).zip(class));
                }
            }
        }
        steps
    }

    /// The same for a version that is not current, with so many newer ones that are not either.
    pub fn noncurrent_transitions(
        &self,
        of: &Subject<'_>,
        newer: usize,
    ) -> Vec<(Timestamp, StorageClass)> {
        let mut steps = Vec::new();
        for (rule, conditions) in self.enabled() {
            if conditions.fit(of.key, of.size, of.tags) {
                for step in rule.noncurrent_version_transitions.iter().flatten() {
                    let class = step.storage_class.as_deref();
                    let class = self.reachable(of, &conditions, class);
                    let at = step.noncurrent_days.map(|days| midnight_after(of.since, days));
                    if are_kept(step.newer_noncurrent_versions, newer) {
                        steps.extend(at.zip(class));
                    }
                }
            }
        }
        steps
    }

    /// When a version ends that is not current.
    pub fn noncurrent_expiration(&self, of: &Subject<'_>, newer: usize) -> Option<Timestamp> {
        let fitting =
            self.enabled().filter(|(_, conditions)| conditions.fit(of.key, of.size, of.tags));
        let due = fitting.filter_map(|(rule, _)| {
            let expiration = rule.noncurrent_version_expiration.as_ref()?;
            let at = midnight_after(of.since, expiration.noncurrent_days?);
            are_kept(expiration.newer_noncurrent_versions, newer).then_some(at)
        });
        due.min()
    }

    /// When a delete marker ends that nothing is below.
    pub fn marker_expiration(&self, of: &Subject<'_>) -> Option<Timestamp> {
        let fitting =
            self.enabled().filter(|(_, conditions)| conditions.fit(of.key, of.size, of.tags));
        let due = fitting.filter_map(|(rule, _)| {
            let expiration = rule.expiration.as_ref()?;
            match expiration.expired_object_delete_marker {
                Some(true) => Some(of.since),
                Some(false) => None,
                None => at(expiration.date, expiration.days, of.since),
            }
        });
        due.min()
    }

    /// The class, if an object of this one may fall to it.
    fn reachable(
        &self,
        of: &Subject<'_>,
        conditions: &Conditions<'_>,
        class: Option<&str>,
    ) -> Option<StorageClass> {
        let class = class?;
        let falls = rank(class) > rank(of.class.name())
            // From One Zone-IA on, only the archives.
            && !(of.class == StorageClass::OnezoneIa && class == "GLACIER_IR");
        let archive = matches!(class, "GLACIER" | "DEEP_ARCHIVE");
        let any_size = conditions.name_a_size() || self.minimum_size != ALL_128K && archive;
        let fits = falls && (any_size || of.size >= TRANSITION_BYTES_MIN);
        StorageClass::parse(class).filter(|_| fits)
    }
}

/// Whether there are as many newer versions as a rule keeps.
fn are_kept(keep: Option<i64>, newer: usize) -> bool {
    keep.is_none_or(|keep| i64::try_from(newer).unwrap_or(i64::MAX) >= keep)
}

/// How far down a class is.
pub fn rank(class: &str) -> usize {
    CLASSES.iter().position(|it| *it == class).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Timestamp {
        Timestamp::parse_iso(text).unwrap()
    }

    #[test]
    fn days_are_rounded_up_to_midnight() {
        // The example of AWS's documentation.
        let created = day("2014-01-15T10:30:00Z");
        assert_eq!(midnight_after(created, 3), day("2014-01-19T00:00:00Z"));
        assert_eq!(midnight_after(day("2014-01-15T00:00:00Z"), 3), day("2014-01-18T00:00:00Z"));
        assert_eq!(midnight_after(created, 0), day("2014-01-16T00:00:00Z"));
        assert_eq!(next_midnight(created), day("2014-01-16T00:00:00Z"));
        assert_eq!(next_midnight(day("2014-01-16T00:00:00Z")), day("2014-01-17T00:00:00Z"));
        assert_eq!(midnight_after(created, i64::MAX).as_ms(), i64::MAX);
    }

    #[test]
    fn objects_only_fall() {
        assert!(rank("STANDARD") < rank("STANDARD_IA"));
        assert!(rank("GLACIER_IR") < rank("GLACIER"));
        assert!(rank("GLACIER") < rank("DEEP_ARCHIVE"));
    }
}
