//! What the list of calls says: pure questions about records.

use cloudarium_cloud::{CallLog, CallRecord, CallerKind};
use serde_json::{Value as Json, json};

use crate::call_toml::to_json;
use crate::check::{By, Ended, LogRule, MetricRule, Op, Pattern};
use crate::pattern;

/// A call that a message can speak of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CallFacts {
    /// Its number in the list of calls.
    pub(crate) seq: u64,
    /// The line of the learner's script, if it came from one.
    pub(crate) line: Option<u32>,
    /// Its input.
    pub(crate) asked: Json,
    /// `Code` and `Message`, if it was refused.
    pub(crate) error: Json,
}

/// What was found for a [`LogRule`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Found {
    /// Whether the rule holds.
    pub(crate) holds: bool,
    /// The latest call that is like the rule.
    pub(crate) latest: Option<CallFacts>,
}

/// Looks for calls like `rule` after call number `since`.
pub(crate) fn find(log: &CallLog, rule: &LogRule, since: u64) -> Found {
    let from = match &rule.after {
        None => since,
        Some(after) => match log.after(since).find(|record| is_like(record, after)) {
            Some(record) => record.seq,
            None => return Found::default(),
        },
    };
    let mut count = 0_u64;
    let mut latest = None;
    for record in log.after(from).filter(|record| is_like(record, rule)) {
        count += 1;
        latest = Some(record);
    }
    Found {
        holds: count >= rule.min && rule.max.is_none_or(|max| count <= max),
        latest: latest.map(facts),
    }
}

/// The learner's latest call of one of `ops`, however it ended.
pub(crate) fn latest_attempt(log: &CallLog, ops: &[Op]) -> Option<CallFacts> {
    log.iter()
        .rev()
        .find(|record| is_learners(record.who) && ops.iter().any(|op| is_op(record, op)))
        .map(facts)
}

/// Whether what was measured of the learner's calls is within `rule`.
pub(crate) fn within(log: &CallLog, rule: &MetricRule) -> bool {
    let learners = || log.iter().filter(|record| is_learners(record.who));
    let calls = learners().count() as u64;
    let bytes: u64 =
        learners().map(|record| record.request.body_bytes + record.response.body_bytes).sum();
    let first = learners().next().map(|record| record.time);
    let last = learners().next_back().map(|record| record.time);
    let seconds = match (first, last) {
        (Some(first), Some(last)) => last.since(first).as_secs(),
        _ => 0,
    };
    calls > 0
        && rule.calls_max.is_none_or(|max| calls <= max)
        && rule.bytes_max.is_none_or(|max| bytes <= max)
        && rule.seconds_max.is_none_or(|max| seconds <= max)
}

/// Whether the learner, by Python or by clicks, made a call.
pub(crate) fn is_learners(who: CallerKind) -> bool {
    matches!(who, CallerKind::Learner | CallerKind::Console)
}

/// Whether `record` is a call of `op`.
pub(crate) fn is_op(record: &CallRecord, op: &Op) -> bool {
    record.service == op.service && record.operation == op.operation
}

fn is_like(record: &CallRecord, rule: &LogRule) -> bool {
    let by = match rule.by {
        By::Learner => is_learners(record.who),
        By::Anybody => !matches!(record.who, CallerKind::Lesson | CallerKind::Check),
        By::Kind(kind) => record.who == kind,
    };
    let ended = match (&rule.ended, &record.error) {
        (Ended::Well, error) => error.is_none() && record.status != 0,
        (Ended::Refused(code), Some(error)) => code.as_ref().is_none_or(|c| *c == error.code),
        (Ended::Refused(_), None) => false,
        (Ended::Anyhow, _) => true,
    };
    by && ended
        && rule.ops.iter().any(|op| is_op(record, op))
        && rule.region.as_ref().is_none_or(|region| *region == record.region)
        && request_fits(record, &rule.request)
}

fn request_fits(record: &CallRecord, pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Subset(members) if members.is_empty())
        || pattern::fits(pattern, &asked(record))
}

fn asked(record: &CallRecord) -> Json {
    record.input.as_ref().map_or(Json::Null, to_json)
}

fn facts(record: &CallRecord) -> CallFacts {
    let error = record.error.as_ref();
    CallFacts {
        seq: record.seq,
        line: record.source.as_deref().and_then(line_of),
        asked: asked(record),
        error: error
            .map_or(Json::Null, |error| json!({"Code": error.code, "Message": error.message})),
    }
}

/// 6 for `main.py:6`.
fn line_of(source: &str) -> Option<u32> {
    source.rsplit_once(':')?.1.parse().ok()
}
