//! Events whose retention ends are forgotten, on the virtual clock.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};

use crate::billing::event_bytes;
use crate::limits::DAY_MS;
use crate::model::{Group, GroupKey, Position, State};

/// Sees that a timer is set for a group's oldest event, if its events are not kept for ever.
pub fn watch(logs: &mut State, cx: &mut Ctx<'_>, key: &GroupKey) {
    let Some(group) = logs.groups.get(key).filter(|group| group.purge.is_none()) else { return };
    let Some((days, oldest)) = group.retention_days.zip(oldest(group)) else { return };
    // One millisecond later than the event's last, so that the timer surely finds it too old.
    let due = oldest.saturating_add(i64::from(days) * DAY_MS).saturating_add(1);
    let due = Timestamp::from_ms(due.max(cx.now.as_ms().saturating_add(1)));
    let payload = Map::from([("group".to_owned(), Value::from(key.name.as_str()))]);
    if let Some(group) = logs.group_at(key) {
        group.purge = Some(cx.host.set_timer(due, Value::Map(payload)));
    }
}

/// Unsets a group's timer: its retention changed, or it goes.
pub fn unwatch(cx: &mut Ctx<'_>, group: &mut Group) {
    if let Some(timer) = group.purge.take() {
        cx.host.cancel_timer(timer);
    }
}

/// A group's oldest event may be forgotten now.
pub fn timer(logs: &mut State, cx: &mut Ctx<'_>, payload: &Value) {
    let Some(name) = payload.get("group").and_then(Value::as_str) else { return };
    let key = crate::store::key(cx, name);
    let Some(group) = logs.group_at(&key) else { return };
    group.purge = None;
    purge(group, cx.now);
    watch(logs, cx, &key);
}

/// Forgets what is too old.
pub fn purge(group: &mut Group, now: Timestamp) {
    let since = Position { timestamp_ms: group.kept_since(now), sequence: 0 };
    let mut bytes = 0;
    let names: Vec<String> = group.streams.keys().cloned().collect();
    for name in names {
        let old = |stream: &crate::model::Stream| {
            stream.events.get_min().is_some_and(|(position, _)| *position < since)
        };
        let Some(stream) = group.streams.get(&name).filter(|stream| old(stream)) else { continue };
        let (gone, kept) = stream.events.split(&since);
        bytes += gone.values().map(|event| event_bytes(&event.message)).sum::<u64>();
        if let Some(stream) = group.streams.get_mut(&name).map(Rc::make_mut) {
            stream.events = kept;
        }
    }
    group.stored_bytes = group.stored_bytes.saturating_sub(bytes);
}

fn oldest(group: &Group) -> Option<i64> {
    let firsts = group.streams.values().filter_map(|stream| stream.events.get_min());
    firsts.map(|(position, _)| position.timestamp_ms).min()
}
