//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `groups` | | the caller's groups in this Region |
//! | `streams` | `Group` | the streams of one, the latest first |
//! | `events` | `Group`, `Stream` | the latest events of one stream, in the order of time |
//! | `latest` | `Group`, and `Stream`, `Pattern`, `From` (milliseconds), `Limit` where wanted | the latest events that match, and how many there are |

use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_service::{Ctx, Fault};
use cloudarium_shape::{Value, from_value, to_value};
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::model::{Event, Group, Position, State, Stream};
use crate::page::{Room, Span, cut};
use crate::store;

/// So many events are told at once.
const EVENTS_MAX: i64 = 1_000;
/// So many of the latest are told, where it is not said.
const LATEST: usize = 500;
/// And so many where it is.
const LATEST_MAX: usize = 10_000;

/// A group, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// When it was made.
    pub creation_date: Timestamp,
    /// For how many days events are kept.
    pub retention_days: Option<u32>,
    /// How many streams it has.
    pub streams: usize,
    /// What its events count as.
    pub bytes: u64,
}

/// A stream, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamView {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub creation_date: Timestamp,
    /// When its last event was.
    pub last_event: Option<Timestamp>,
    /// How many events it has.
    pub events: usize,
}

/// An event, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventView {
    /// When it was.
    pub time: Timestamp,
    /// What it says.
    pub message: String,
}

/// What the view `latest` is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Asked {
    group: String,
    stream: Option<String>,
    #[serde(default)]
    pattern: String,
    from: Option<i64>,
    limit: Option<usize>,
}

/// The latest events that match a pattern.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LatestView {
    /// In the order of time.
    pub events: Vec<FoundView>,
    /// How many match.
    pub matched: usize,
    /// How many there are.
    pub all: usize,
    /// Why the pattern is none.
    pub wrong: Option<String>,
}

/// An event of one of several streams.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FoundView {
    /// When it was.
    pub time: Timestamp,
    /// Its stream.
    pub stream: String,
    /// Its place in its stream.
    pub sequence: u64,
    /// What it says.
    pub message: String,
}

/// The view called `name`.
pub fn view(logs: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let shown = match name {
        "groups" => {
            let groups = logs.groups_here(cx, "").map(|(key, group)| GroupView {
                name: key.name.clone(),
                arn: store::group_arn(key),
                creation_date: group.created,
                retention_days: group.retention_days,
                streams: group.streams.len(),
                bytes: group.stored_bytes,
            });
            to_value(&groups.collect::<Vec<_>>())
        }
        "streams" => to_value(&streams(logs.group(cx, text("Group")?).ok()?)),
        "events" => {
            let group = logs.group(cx, text("Group")?).ok()?;
            let stream = group.stream(text("Stream")?).ok()?;
            to_value(&events(stream, group.kept_since(cx.now)))
        }
        "latest" => {
            let asked: Asked = from_value(params.clone()).ok()?;
            let group = logs.group(cx, &asked.group).ok()?;
            to_value(&latest(group, &asked, group.kept_since(cx.now)))
        }
        _ => return None,
    };
    shown.ok()
}

fn streams(group: &Group) -> Vec<StreamView> {
    let shown = |(name, stream): (&String, &Rc<Stream>)| StreamView {
        name: name.clone(),
        creation_date: stream.created,
        last_event: stream
            .events
            .get_max()
            .map(|(position, _)| Timestamp::from_ms(position.timestamp_ms)),
        events: stream.events.len(),
    };
    let mut all: Vec<StreamView> = group.streams.iter().map(shown).collect();
    all.sort_by_key(|stream| std::cmp::Reverse(stream.last_event));
    all
}

fn events(stream: &Stream, from_ms: i64) -> Vec<EventView> {
    let span = Span { from_ms, until_ms: i64::MAX };
    let page = cut(&stream.events, span, None, (false, Room::new(Some(EVENTS_MAX))));
    let shown = page.events.iter().map(|(position, event)| EventView {
        time: Timestamp::from_ms(position.timestamp_ms),
        message: event.message.to_string(),
    });
    shown.collect()
}

/// As `FilterLogEvents` finds them, but from the end.
fn latest(group: &Group, asked: &Asked, kept_since: i64) -> LatestView {
    let (filter, wrong) = match Filter::parse(&asked.pattern) {
        Ok(filter) => (Some(filter), None),
        Err(error) => (None, Some(Fault::from(error).message)),
    };
    let timestamp_ms = asked.from.unwrap_or(0).max(kept_since);
    let from = Position { timestamp_ms, sequence: 0 };
    let wanted = asked.stream.as_ref();
    let streams = group.streams.iter().filter(|(name, _)| wanted.is_none_or(|one| one == *name));
    let mut all = 0;
    let mut found: Vec<(&Position, &str, &Event)> = Vec::new();
    for (name, stream) in streams {
        for (position, event) in stream.events.range(from..) {
            all += 1;
            if filter.as_ref().is_some_and(|filter| filter.matches(&event.message)) {
                found.push((position, name, event));
            }
        }
    }
    found.sort_by_key(|(at, stream, _)| (at.timestamp_ms, *stream, at.sequence));
    let matched = found.len();
    let limit = asked.limit.unwrap_or(LATEST).min(LATEST_MAX);
    let shown = found.iter().skip(matched.saturating_sub(limit));
    let events = shown.map(|(position, stream, event)| FoundView {
        time: Timestamp::from_ms(position.timestamp_ms),
        stream: (*stream).to_owned(),
        sequence: position.sequence,
        message: event.message.to_string(),
    });
    LatestView { events: events.collect(), matched, all, wrong }
}
