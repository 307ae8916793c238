//! Which rules S3 takes. The words are AWS's own; what is a guess says so.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html>

use std::collections::BTreeSet;

use super::{And, Conditions, Expiration, Filter, Rule, Transition};
use crate::config::tagging::Tag;
use crate::error::Error;
use crate::limits::{
    CONFIGURATION_ID_CHARS_MAX, INFREQUENT_DAYS_MIN, LIFECYCLE_RULES_MAX, LIFECYCLE_SIZE_BYTES_MAX,
    NEWER_NONCURRENT_VERSIONS_MAX,
};

/// One day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The classes that a transition may lead to, in the order in which objects fall.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
pub const CLASSES: [&str; 6] =
    ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

/// Whether S3 takes these rules.
pub fn check(rules: &[Rule]) -> Result<(), Error> {
    if rules.is_empty() {
        return Err(Error::MalformedXML {});
    }
    if rules.len() > LIFECYCLE_RULES_MAX {
        return Err(Error::request(format!(
            "The number of lifecycle rules must not exceed the allowed limit of \
             {LIFECYCLE_RULES_MAX} rules."
        )));
    }
    rules.iter().try_for_each(check_form)?;
    let mut seen = BTreeSet::new();
    for rule in rules {
        check_generation(rules, rule)?;
        check_rule(rule)?;
        if let Some(id) = rule.id.as_ref().filter(|id| !seen.insert((*id).clone())) {
            let words = "Rule ID must be unique. Found same ID for more than one rule";
            return Err(Error::argument(words, "ID", id.clone()));
        }
    }
    check_overlap(rules)
}

/// What the schema says, before anything is looked at.
fn check_form(rule: &Rule) -> Result<(), Error> {
    let malformed = Err(Error::MalformedXML {});
    if !matches!(rule.status.as_str(), "Enabled" | "Disabled") {
        return malformed;
    }
    // One of the two must be there; guess: both are refused alike.
    if rule.filter.is_some() == rule.prefix.is_some() {
        return malformed;
    }
    if rule.filter.as_ref().is_some_and(|filter| !is_formed(filter)) {
        return malformed;
    }
    if rule.expiration.as_ref().is_some_and(|it| count(it) != 1) {
        return malformed;
    }
    for Transition { date, days, storage_class } in rule.transitions.iter().flatten() {
        if date.is_some() == days.is_some() || !is_class(storage_class.as_deref()) {
            return malformed;
        }
    }
    for transition in rule.noncurrent_version_transitions.iter().flatten() {
        if transition.noncurrent_days.is_none() || !is_class(transition.storage_class.as_deref()) {
            return malformed;
        }
    }
    if rule.noncurrent_version_expiration.as_ref().is_some_and(|it| it.noncurrent_days.is_none()) {
        return malformed;
    }
    let abort = rule.abort_incomplete_multipart_upload.as_ref();
    if abort.is_some_and(|it| it.days_after_initiation.is_none()) {
        return malformed;
    }
    Ok(())
}

fn count(expiration: &Expiration) -> usize {
    let Expiration { date, days, expired_object_delete_marker: marker } = expiration;
    usize::from(date.is_some()) + usize::from(days.is_some()) + usize::from(marker.is_some())
}

fn is_class(class: Option<&str>) -> bool {
    class.is_some_and(|class| CLASSES.contains(&class))
}

/// A filter holds at most one condition, and `And` at least two.
fn is_formed(filter: &Filter) -> bool {
    let direct = [
        filter.prefix.is_some(),
        filter.tag.is_some(),
        filter.object_size_greater_than.is_some(),
        filter.object_size_less_than.is_some(),
        filter.and.is_some(),
    ];
    let within = filter.and.as_ref().is_none_or(|and: &And| {
        let sizes = usize::from(and.object_size_greater_than.is_some())
            + usize::from(and.object_size_less_than.is_some());
        let tags = and.tags.as_ref().map_or(0, Vec::len);
        usize::from(and.prefix.is_some()) + sizes + tags >= 2
    });
    direct.into_iter().filter(|there| *there).count() <= 1 && within
}

/// A configuration has rules of the older form, with a prefix, or of the newer, with a filter.
fn check_generation(rules: &[Rule], rule: &Rule) -> Result<(), Error> {
    let old = rules.first().is_some_and(|first| first.filter.is_none());
    let newer = |what: &str| {
        Err(Error::request(format!("{what} element can only be used in Lifecycle V2.")))
    };
    if old && rule.filter.is_some() {
        return newer("Filter");
    }
    if !old && rule.prefix.is_some() {
        return Err(Error::request(
            "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the \
             Filter.",
        ));
    }
    let expiration = rule.noncurrent_version_expiration.as_ref();
    let keeps = expiration.is_some_and(|it| it.newer_noncurrent_versions.is_some())
        || rule
            .noncurrent_version_transitions
            .iter()
            .flatten()
            .any(|it| it.newer_noncurrent_versions.is_some());
    if old && keeps { newer("NewerNoncurrentVersions") } else { Ok(()) }
}

fn check_rule(rule: &Rule) -> Result<(), Error> {
    if let Some(id) = rule.id.as_ref().filter(|id| id.chars().count() > CONFIGURATION_ID_CHARS_MAX)
    {
        let words = "ID length should not exceed allowed limit of 255";
        return Err(Error::argument(words, "ID", id.clone()));
    }
    let conditions = rule.conditions();
    check_conditions(&conditions)?;
    let acts = rule.expiration.is_some()
        || rule.transitions.as_ref().is_some_and(|it| !it.is_empty())
        || rule.noncurrent_version_expiration.is_some()
        || rule.noncurrent_version_transitions.as_ref().is_some_and(|it| !it.is_empty())
        || rule.abort_incomplete_multipart_upload.is_some();
    if !acts {
        return Err(Error::request("At least one action needs to be specified in a rule"));
    }
    check_expiration(rule, &conditions)?;
    check_transitions(rule, &conditions)?;
    check_noncurrent(rule, &conditions)?;
    if let Some(abort) = &rule.abort_incomplete_multipart_upload {
        let name = "AbortIncompleteMultipartUpload";
        check_plain(name, &conditions)?;
        check_positive("DaysAfterInitiation", name, abort.days_after_initiation)?;
    }
    Ok(())
}

fn check_conditions(conditions: &Conditions<'_>) -> Result<(), Error> {
    let mut keys = BTreeSet::new();
    for Tag { key, .. } in conditions.tags {
        if !keys.insert(key.as_str()) {
            return Err(Error::request("Duplicate Tag Keys are not allowed."));
        }
    }
    let between = |name: &str, value: Option<i64>, least: i64| match value {
        Some(bytes) if !(least..=LIFECYCLE_SIZE_BYTES_MAX).contains(&bytes) => Err(Error::request(
            format!("'{name}' should be between {least} and {LIFECYCLE_SIZE_BYTES_MAX}."),
        )),
        _ => Ok(()),
    };
    between("ObjectSizeGreaterThan", conditions.above_bytes, 0)?;
    between("ObjectSizeLessThan", conditions.below_bytes, 1)?;
    match (conditions.above_bytes, conditions.below_bytes) {
        (Some(above), Some(below)) if above >= below => Err(Error::request(
            "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
        )),
        _ => Ok(()),
    }
}

/// Some actions look at no object, and so go with a prefix alone.
fn check_plain(action: &str, conditions: &Conditions<'_>) -> Result<(), Error> {
    if !conditions.tags.is_empty() {
        return Err(Error::request(format!("{action} cannot be specified with Tags.")));
    }
    if conditions.name_a_size() {
        return Err(Error::request(format!("{action} cannot be specified with Object Size.")));
    }
    Ok(())
}

fn check_positive(member: &str, action: &str, value: Option<i64>) -> Result<(), Error> {
    match value {
        Some(value) if value <= 0 => Err(Error::argument(
            &format!("'{member}' for {action} action must be a positive integer"),
            member,
            value.to_string(),
        )),
        _ => Ok(()),
    }
}

fn check_midnight(date: Option<cloudarium_env::Timestamp>) -> Result<(), Error> {
    match date {
        Some(date) if date.as_ms().rem_euclid(DAY_MS) != 0 => {
            Err(Error::argument("'Date' must be at midnight GMT", "Date", date.iso_ms()))
        }
        _ => Ok(()),
    }
}

fn check_expiration(rule: &Rule, conditions: &Conditions<'_>) -> Result<(), Error> {
    let Some(expiration) = &rule.expiration else { return Ok(()) };
    if expiration.expired_object_delete_marker.is_some() {
        check_plain("ExpiredObjectDeleteMarker", conditions)?;
    }
    check_positive("Days", "Expiration", expiration.days)?;
    check_midnight(expiration.date)
}

fn check_transitions(rule: &Rule, conditions: &Conditions<'_>) -> Result<(), Error> {
    let transitions = rule.transitions.as_deref().unwrap_or_default();
    let at = format!("for filter '(prefix={})'", conditions.prefix);
    let mut classes = BTreeSet::new();
    for transition in transitions {
        check_midnight(transition.date)?;
        let class = transition.storage_class.as_deref().unwrap_or_default();
        check_days("Days", "Transition", transition.days, class)?;
        if !classes.insert(class) {
            return Err(Error::request(format!(
                "'StorageClass' must be different for 'Transition' actions in same 'Rule' with \
                 filter '(prefix={})'",
                conditions.prefix
            )));
        }
    }
    let steps: Vec<_> = transitions
        .iter()
        .map(|it| {
            let day = it.date.map(|date| date.as_ms().div_euclid(DAY_MS));
            (it.storage_class.as_deref().unwrap_or_default(), it.days.or(day))
        })
        .collect();
    check_order(("Days", "Transition"), &steps, conditions.prefix)?;
    let expiration = rule.expiration.as_ref();
    let dated = transitions.iter().map(|it| it.date.is_some());
    let dated = dated.chain(
        expiration
            .filter(|it| it.expired_object_delete_marker.is_none())
            .map(|it| it.date.is_some()),
    );
    let kinds: BTreeSet<bool> = dated.collect();
    if kinds.len() > 1 {
        return Err(Error::request(format!(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle \
             rule {at}"
        )));
    }
    // guess: the words are those of the older form, whose rules name a prefix.
    let days = expiration.and_then(|it| it.days);
    match transitions.iter().filter_map(|it| it.days).max().zip(days) {
        Some((last, end)) if end <= last => Err(Error::argument(
            &format!(
                "'Days' in the Expiration action {at} must be greater than 'Days' in the \
                 Transition action"
            ),
            "Days",
            end.to_string(),
        )),
        _ => Ok(()),
    }
}

/// Infrequent access begins no sooner than after thirty days.
fn check_days(member: &str, action: &str, days: Option<i64>, class: &str) -> Result<(), Error> {
    let Some(days) = days else { return Ok(()) };
    let words = if days < 0 {
        // guess: the words are those for other counts of days.
        format!("'{member}' for {action} action must be nonnegative")
    } else if days < INFREQUENT_DAYS_MIN && matches!(class, "STANDARD_IA" | "ONEZONE_IA") {
        format!(
            "'{member}' in {action} action must be greater than or equal to \
             {INFREQUENT_DAYS_MIN} for storageClass '{class}'"
        )
    } else {
        return Ok(());
    };
    Err(Error::argument(&words, member, days.to_string()))
}

fn check_noncurrent(rule: &Rule, conditions: &Conditions<'_>) -> Result<(), Error> {
    if let Some(expiration) = &rule.noncurrent_version_expiration {
        let action = "NoncurrentVersionExpiration";
        check_positive("NoncurrentDays", action, expiration.noncurrent_days)?;
        check_kept(action, expiration.newer_noncurrent_versions)?;
    }
    let mut classes = BTreeSet::new();
    let transitions = || rule.noncurrent_version_transitions.iter().flatten();
    for transition in transitions() {
        let action = "NoncurrentVersionTransition";
        let class = transition.storage_class.as_deref().unwrap_or_default();
        check_days("NoncurrentDays", action, transition.noncurrent_days, class)?;
        check_kept(action, transition.newer_noncurrent_versions)?;
        if !classes.insert(class) {
            return Err(Error::request(format!(
                "'StorageClass' must be different for '{action}' actions in same 'Rule' with \
                 filter '(prefix={})'",
                conditions.prefix
            )));
        }
    }
    let steps: Vec<_> = transitions()
        .map(|it| (it.storage_class.as_deref().unwrap_or_default(), it.noncurrent_days))
        .collect();
    check_order(("NoncurrentDays", "NoncurrentVersionTransition"), &steps, conditions.prefix)
}

/// How many noncurrent versions an action leaves.
fn check_kept(action: &str, versions: Option<i64>) -> Result<(), Error> {
    const MEMBER: &str = "NewerNoncurrentVersions";
    // guess: the words are those for days.
    check_positive(MEMBER, action, versions)?;
    match versions {
        // guess: the limit is documented, its words are not.
        Some(count) if count > NEWER_NONCURRENT_VERSIONS_MAX => Err(Error::argument(
            &format!(
                "'{MEMBER}' for {action} action must not exceed {NEWER_NONCURRENT_VERSIONS_MAX}"
            ),
            MEMBER,
            count.to_string(),
        )),
        _ => Ok(()),
    }
}

/// Objects fall from class to class in one direction, and stay in infrequent access for thirty days
/// before they are archived.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
fn check_order(
    (member, action): (&str, &str),
    steps: &[(&str, Option<i64>)],
    prefix: &str,
) -> Result<(), Error> {
    let at = |class: &str| CLASSES.iter().position(|it| *it == class);
    for (upper, first) in steps {
        for (lower, then) in steps.iter().filter(|(lower, _)| at(lower) > at(upper)) {
            let (Some(first), Some(then)) = (first, then) else { continue };
            let waits =
                matches!(*upper, "STANDARD_IA" | "ONEZONE_IA") && at(lower) >= at("GLACIER_IR");
            let (gap, words) = if waits {
                (INFREQUENT_DAYS_MIN, format!("{INFREQUENT_DAYS_MIN} days more than"))
            } else {
                // guess: the words are those for infrequent access.
                (0, "greater than".to_owned())
            };
            if *then < first.saturating_add(gap) {
                return Err(Error::argument(
                    &format!(
                        "'{member}' in the {action} action for StorageClass '{lower}' for filter \
                         '(prefix={prefix})' must be {words} 'filter '(prefix={prefix})'' in the \
                         {action} action for StorageClass '{upper}'"
                    ),
                    member,
                    then.to_string(),
                ));
            }
        }
    }
    Ok(())
}

/// Rules of the older form may not overlap in the same action.
fn check_overlap(rules: &[Rule]) -> Result<(), Error> {
    let old = rules.first().is_some_and(|first| first.filter.is_none());
    if !old {
        return Ok(());
    }
    for (at, rule) in rules.iter().enumerate() {
        for later in rules.iter().skip(at + 1) {
            let (one, other) = (prefix_of(rule), prefix_of(later));
            let overlaps = one.starts_with(other) || other.starts_with(one);
            let same = actions(rule).into_iter().find(|it| actions(later).contains(it));
            if let Some(action) = same.filter(|_| overlaps) {
                return Err(Error::request(format!(
                    "Found overlapping prefixes '{one}' and '{other}' for same action type \
                     '{action}'"
                )));
            }
        }
    }
    Ok(())
}

fn prefix_of(rule: &Rule) -> &str {
    rule.prefix.as_deref().unwrap_or_default()
}

fn actions(rule: &Rule) -> Vec<&'static str> {
    let there = [
        ("Expiration", rule.expiration.is_some()),
        ("Transition", rule.transitions.is_some()),
        ("NoncurrentVersionExpiration", rule.noncurrent_version_expiration.is_some()),
        ("NoncurrentVersionTransition", rule.noncurrent_version_transitions.is_some()),
        ("AbortIncompleteMultipartUpload", rule.abort_incomplete_multipart_upload.is_some()),
    ];
    there.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}
