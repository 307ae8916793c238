//! Transitions on the state, and how a request finds what it is about.

use std::rc::Rc;
use std::sync::Arc;

use cloudarium_env::{Timestamp, place};
use cloudarium_service::{Ctx, LogLines};

use crate::billing::{event_bytes, ingested};
use crate::error::Error;
use crate::model::{Event, Group, GroupKey, Position, State, Stream};
use crate::{retention, subscription};

/// The key of a group where the request was sent.
pub fn key(cx: &Ctx<'_>, name: &str) -> GroupKey {
    GroupKey {
        account: cx.caller.account.clone(),
        region: cx.region.to_owned(),
        name: name.to_owned(),
    }
}

/// `arn:aws:logs:us-east-1:123456789012:log-group:NAME`
pub fn group_arn(key: &GroupKey) -> String {
    place::arn("logs", &key.region, &key.account, &format!("log-group:{}", key.name))
}

/// The name of a group that a request gives by its name, or by a name or an ARN.
pub fn group_name(name: Option<String>, identifier: Option<String>) -> Result<String, Error> {
    match (name, identifier) {
        (Some(name), None) => Ok(name),
        (None, Some(identifier)) => Ok(of_identifier(&identifier)),
        // guess: the documentation says "You must include either", and no more words.
        (None, None) => Err(Error::parameter(
            "Either logGroupName or logGroupIdentifier must be specified, but not both.",
        )),
        (Some(_), Some(_)) => Err(Error::parameter(
            "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
        )),
    }
}

/// The name in an ARN, with or without `:*` at its end; else what it is.
pub fn of_identifier(identifier: &str) -> String {
    let resource = place::Arn::parse(identifier).map(|arn| arn.resource);
    let name = resource.and_then(|resource| resource.strip_prefix("log-group:"));
    let name = name.unwrap_or(identifier);
    name.strip_suffix(":*").unwrap_or(name).to_owned()
}

impl State {
    /// The group called `name` where the request was sent.
    pub fn group(&self, cx: &Ctx<'_>, name: &str) -> Result<&Group, Error> {
        self.groups.get(&key(cx, name)).map(Rc::as_ref).ok_or(Error::NoSuchGroup)
    }

    /// The same, to change it.
    pub fn group_mut(&mut self, cx: &Ctx<'_>, name: &str) -> Result<&mut Group, Error> {
        self.group_at(&key(cx, name)).ok_or(Error::NoSuchGroup)
    }

    /// The group with this key, to change it.
    pub fn group_at(&mut self, key: &GroupKey) -> Option<&mut Group> {
        self.groups.get_mut(key).map(Rc::make_mut)
    }

    /// The groups where the request was sent, by name, from `from` on.
    pub fn groups_here<'a>(
        &'a self,
        cx: &Ctx<'_>,
        from: &str,
    ) -> impl Iterator<Item = (&'a GroupKey, &'a Group)> {
        let first = key(cx, from);
        let (account, region) = (first.account.clone(), first.region.clone());
        let here = move |key: &GroupKey| key.account == account && key.region == region;
        let groups = self.groups.range(first..).map(|(key, group)| (key, group.as_ref()));
        groups.take_while(move |(key, _)| here(key))
    }
}

impl Group {
    /// The stream called `name`.
    pub fn stream(&self, name: &str) -> Result<&Stream, Error> {
        self.streams.get(name).map(Rc::as_ref).ok_or(Error::NoSuchStream)
    }

    /// Appends events to a stream; tells which.
    pub fn append<'a>(
        &mut self,
        stream: &str,
        now: Timestamp,
        events: impl Iterator<Item = (i64, &'a str)>,
    ) -> Appended {
        let mut appended = Appended::default();
        let Some(stream) = self.streams.get_mut(stream).map(Rc::make_mut) else { return appended };
        for (timestamp_ms, message) in events {
            appended.bytes += event_bytes(message);
            let position = Position { timestamp_ms, sequence: stream.next_sequence };
            stream.next_sequence += 1;
            let message: Arc<str> = Arc::from(message);
            appended.events.push((position, Arc::clone(&message)));
            stream.events.insert(position, Event { ingested: now, message });
        }
        stream.last_ingestion = Some(now);
        self.stored_bytes += appended.bytes;
        appended
    }

    /// Takes away what a stream's events counted as, before it goes.
    pub fn forget_stream(&mut self, name: &str) -> bool {
        let Some(gone) = self.streams.remove(name) else { return false };
        let bytes: u64 = gone.events.values().map(|event| event_bytes(&event.message)).sum();
        self.stored_bytes = self.stored_bytes.saturating_sub(bytes);
        true
    }
}

/// Events that came.
#[derive(Debug, Default)]
pub struct Appended {
    /// What they count as.
    pub bytes: u64,
    /// Where they stand, and what they say.
    pub events: Vec<(Position, Arc<str>)>,
}

/// An event's id: unique in the group, of the moment, a number of the stream's and the place in it.
pub fn event_id(stream: &str, position: Position) -> String {
    let Position { timestamp_ms, sequence } = position;
    let number = stream.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{timestamp_ms:020}{number:020}{sequence:016}")
}

/// Writes what another service sends; makes group and stream if they are not there.
pub fn write_lines(logs: &mut State, cx: &mut Ctx<'_>, lines: LogLines) {
    let key = key(cx, &lines.group);
    let now = cx.now;
    let new = || Rc::new(Group::new(now, [].into()));
    let group = Rc::make_mut(logs.groups.entry(key.clone()).or_insert_with(new));
    if !group.streams.contains_key(&lines.stream) {
        group.streams.insert(lines.stream.clone(), Rc::new(Stream::new(now)));
    }
    let events = lines.lines.iter().filter(|(_, text)| !text.is_empty());
    let events = events.map(|(at, text)| (at.as_ms(), text.as_str()));
    let appended = group.append(&lines.stream, now, events);
    cx.host.charge(ingested(appended.bytes));
    subscription::deliver(group, cx, (&key, &lines.stream), &appended);
    retention::watch(logs, cx, &key);
}
