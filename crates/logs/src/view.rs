//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `groups` | | the caller's groups in this Region |
//! | `streams` | `Group` | the streams of one, the latest first |
//! | `events` | `Group`, `Stream` | the latest events of one stream, in the order of time |

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;

use crate::model::{Group, State, Stream};
use crate::page::{Room, Span, cut};
use crate::store;

/// So many events are told at once.
const EVENTS_MAX: i64 = 1_000;

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
        _ => return None,
    };
    shown.ok()
}

fn streams(group: &Group) -> Vec<StreamView> {
    let shown = |(name, stream): (&String, &Stream)| StreamView {
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
