//! Archives: what comes to a bus, kept.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html>
//!
//! Differences from AWS: an event is in its archive at once, and is gone from it as soon as its days are over.

use std::rc::Rc;
use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_event_pattern::Pattern;
use serde_json::Value as Json;

use crate::error::Error;
use crate::event;
use crate::model::{Archive, BusKey, Event, Named, State};

const DAY_S: u64 = 86_400;

impl State {
    /// An archive, with what is still kept.
    pub fn archive(&mut self, key: &Named, now: Timestamp) -> Result<&mut Archive, Error> {
        let archive = self.archives.get_mut(key).ok_or_else(|| no_archive(key))?;
        archive.forget(now);
        Ok(archive)
    }
}

/// An archive that is not there.
pub fn no_archive(key: &Named) -> Error {
    Error::ResourceNotFound(format!("Archive {} does not exist.", key.name))
}

impl Archive {
    /// Drops events whose days are over.
    pub fn forget(&mut self, now: Timestamp) {
        if self.retention_days == 0 {
            return;
        }
        let kept = Duration::from_secs(u64::from(self.retention_days) * DAY_S);
        while let Some((event, bytes)) = self.events.front() {
            if now.since(event.ingested) < kept {
                return;
            }
            self.bytes = self.bytes.saturating_sub(*bytes);
            self.events.pop_front();
        }
    }

    /// Whether an event is to be kept.
    fn wants(&self, json: &Json) -> bool {
        let fits = |text: &str| Pattern::parse(text).is_ok_and(|it| it.matches(json));
        self.pattern.as_deref().is_none_or(fits)
    }
}

/// Keeps an event in the archives of its bus. One that is replayed is there already.
pub fn keep(state: &mut State, bus: &BusKey, event: &Rc<Event>, json: &Json) {
    if event.replay.is_some() {
        return;
    }
    let wanting = state.archives.iter().filter(|(_, it)| it.source == *bus && it.wants(json));
    let wanting: Vec<Named> = wanting.map(|(key, _)| key.clone()).collect();
    for key in wanting {
        let Some(archive) = state.archives.get_mut(&key) else { continue };
        archive.forget(event.ingested);
        let bytes = u64::try_from(event::bytes(event)).unwrap_or(u64::MAX);
        archive.bytes = archive.bytes.saturating_add(bytes);
        archive.events.push_back((Rc::clone(event), bytes));
    }
}
