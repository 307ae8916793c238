//! `PutEvents`: sends events to buses; each may fail by itself.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html>

use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::Error;
use crate::limits::{ENTRIES_BYTES_MAX, TIME_BYTES};
use crate::model::{Event, State};
use crate::route::{self, Came};
use crate::{access, billing, event, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutEventsInput {
    entries: Vec<Entry>,
}

/// An event to be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    time: Option<Timestamp>,
    source: Option<String>,
    resources: Option<Vec<String>>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutEventsOutput {
    failed_entry_count: i64,
    entries: Vec<ResultEntry>,
}

/// How an entry ended.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResultEntry {
    event_id: Option<String>,
    error_code: Option<String>,
    error_message: Option<String>,
}

/// Runs the operation.
pub fn put_events(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: PutEventsInput,
) -> Result<PutEventsOutput, Error> {
    if input.entries.iter().map(Entry::bytes).sum::<usize>() > ENTRIES_BYTES_MAX {
        return Err(Error::Validation(
            "Total size of the entries in the request is over the limit.".to_owned(),
        ));
    }
    let mut entries = Vec::with_capacity(input.entries.len());
    for entry in input.entries {
        entries.push(match one(events, cx, entry) {
            Ok(event_id) => ResultEntry { event_id: Some(event_id), ..ResultEntry::default() },
            Err((code, words)) => ResultEntry {
                error_code: Some(code.to_owned()),
                error_message: Some(words),
                ..ResultEntry::default()
            },
        });
    }
    let failed = entries.iter().filter(|it| it.event_id.is_none()).count();
    Ok(PutEventsOutput { failed_entry_count: i64::try_from(failed).unwrap_or(i64::MAX), entries })
}

/// An entry's code and words.
type Failed = (&'static str, String);

/// Takes an event in; tells its id.
fn one(events: &mut State, cx: &mut Ctx<'_>, entry: Entry) -> Result<String, Failed> {
    let bytes = entry.bytes();
    let bus = name::bus(cx, entry.event_bus_name.as_deref());
    let event = entry.event(cx)?;
    let told = [
        ("events:source", event.source.as_str()),
        ("events:detail-type", event.detail_type.as_str()),
    ];
    access::check(events, cx, &bus, "PutEvents", &told).map_err(|error| error.parts())?;
    billing::charge(cx, bytes);
    let id = event.id.clone();
    // An event for a bus that is not there gets an id, too, and is gone.
    if events.has_bus(&bus) {
        route::put(events, cx, &bus, &Rc::new(event), Came::Sent);
    }
    Ok(id)
}

impl Entry {
    /// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html>
    fn bytes(&self) -> usize {
        let texts = [&self.source, &self.detail_type, &self.detail];
        let resources = self.resources.iter().flatten();
        self.time.map_or(0, |_| TIME_BYTES)
            + texts.into_iter().flatten().map(String::len).sum::<usize>()
            + resources.map(String::len).sum::<usize>()
    }

    /// The event, if it can be one.
    fn event(self, cx: &mut Ctx<'_>) -> Result<Event, Failed> {
        let needed = |name: &str, value: Option<String>| {
            value.filter(|it| !it.is_empty()).ok_or_else(|| {
                let why = format!("{name} is a required argument.");
                ("InvalidArgument", format!("Parameter {name} is not valid. Reason: {why}"))
            })
        };
        let source = needed("Source", self.source)?;
        let detail_type = needed("DetailType", self.detail_type)?;
        let detail = needed("Detail", self.detail)?;
        if source.starts_with(event::AWS) {
            let words = "Not authorized for the source.".to_owned();
            return Err(("NotAuthorizedForSourceException", words));
        }
        let parsed = serde_json::from_str::<Json>(&detail).ok().filter(Json::is_object);
        let Some(parsed) = parsed else {
            return Err(("MalformedDetail", "Detail is malformed.".to_owned()));
        };
        Ok(Event {
            id: cx.rng.uuid(),
            detail_type,
            source,
            account: cx.caller.account.clone(),
            region: cx.region.to_owned(),
            time: self.time.unwrap_or(cx.now),
            ingested: cx.now,
            resources: self.resources.unwrap_or_default(),
            detail: parsed.to_string(),
            replay: None,
        })
    }
}
