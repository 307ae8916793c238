//! What the list of calls says: pure questions about records.

use cloudarium_cloud::{CallLog, CallRecord, CallerKind};
use serde_json::{Value as Json, json};

use crate::call_toml::to_json;
use crate::check::{By, Ended, LogRule, MetricRule, Op, Pattern, Signed};
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
    let end = rule.before.as_ref().and_then(|before| {
        log.after(from).find(|record| is_like(record, before)).map(|record| record.seq)
    });
    let mut count = 0_u64;
    let mut latest = None;
    let counts =
        |record: &&CallRecord| end.is_none_or(|end| record.seq < end) && is_like(record, rule);
    for record in log.after(from).filter(counts) {
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

/// What was measured of the learner's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Used {
    pub(crate) calls: u64,
    pub(crate) bytes: u64,
    pub(crate) seconds: u64,
    /// The whole bill, whoever made it.
    pub(crate) cost_pico_usd: u128,
}

/// Measures the learner's calls after call number `since` that `rule` counts.
pub(crate) fn used(log: &CallLog, rule: &MetricRule, since: u64) -> Used {
    let from = match &rule.after {
        None => Some(since),
        Some(after) => log.after(since).find(|record| is_like(record, after)).map(|r| r.seq),
    };
    let Some(from) = from else { return Used::default() };
    let counts = |record: &&CallRecord| {
        is_learners(record.who)
            && (rule.ops.is_empty() || rule.ops.iter().any(|op| is_op(record, op)))
    };
    let mut used = Used::default();
    let mut first = None;
    for record in log.after(from).filter(counts) {
        used.calls += 1;
        used.bytes += record.request.body_bytes + record.response.body_bytes;
        let first = *first.get_or_insert(record.time);
        used.seconds = record.time.since(first).as_secs();
    }
    used
}

impl Used {
    /// Whether that is within `rule`; nothing done is not.
    pub(crate) fn fits(self, rule: &MetricRule) -> bool {
        self.calls > 0
            && rule.calls_max.is_none_or(|max| self.calls <= max)
            && rule.bytes_max.is_none_or(|max| self.bytes <= max)
            && rule.seconds_max.is_none_or(|max| self.seconds <= max)
            && rule.cost_max_pico_usd.is_none_or(|max| self.cost_pico_usd <= max)
    }

    /// For messages: `{{used: calls}}`.
    pub(crate) fn json(self) -> Json {
        let micro_usd = self.cost_pico_usd / 1_000_000;
        let cost = format!("{}.{:06}", micro_usd / 1_000_000, micro_usd % 1_000_000);
        json!({
            "calls": self.calls,
            "bytes": self.bytes,
            "seconds": self.seconds,
            "cost": cost,
        })
    }
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
        By::Kind(kind) => by_whom(record) == kind,
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
        && rule.signed.is_none_or(|signed| signed == signed_by(record))
        && request_fits(record, &rule.request)
}

/// The source of what the page asks without keys: a link that is opened in it.
const OPENED_IN_PAGE: &str = "link";

/// On whose behalf a call was made. A link that is opened in the page comes as anybody's request would, and is a click
/// all the same.
fn by_whom(record: &CallRecord) -> CallerKind {
    match record.source.as_deref() {
        Some(OPENED_IN_PAGE) if record.who == CallerKind::Learner => CallerKind::Console,
        _ => record.who,
    }
}

/// How a request was signed. Links of Signature Version 2 call it `Signature`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
fn signed_by(record: &CallRecord) -> Signed {
    let query = record.request.target.split_once('?').map_or("", |(_, query)| query);
    let names = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    if names("X-Amz-Signature") || names("Signature") {
        Signed::Link
    } else if record.request.headers.get("authorization").is_some() || is_vouched_for(record) {
        Signed::Header
    } else {
        Signed::Nobody
    }
}

/// Whether the host said who asks, as it does for clicks, so that nothing had to be signed. It can say: nobody.
fn is_vouched_for(record: &CallRecord) -> bool {
    record.who != CallerKind::Learner && !record.account.is_empty()
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
