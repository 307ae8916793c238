//! `StartReplay`: sends events of an archive again.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html>

use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{REPLAY_KEPT_DAYS, REPLAYS_AT_ONCE_MAX};
use crate::model::{BusKey, Named, Replay, ReplayStatus, State};
use crate::{access, name, replay};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct StartReplayInput {
    replay_name: String,
    description: Option<String>,
    event_source_arn: String,
    event_start_time: Timestamp,
    event_end_time: Timestamp,
    destination: Destination,
}

/// The bus that events are sent to, and the rules that get them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Destination {
    /// The bus.
    pub arn: String,
    /// Rules; none: all.
    pub filter_arns: Option<Vec<String>>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartReplayOutput {
    replay_arn: String,
    state: &'static str,
    replay_start_time: Timestamp,
}

/// Runs the operation.
pub fn start_replay(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: StartReplayInput,
) -> Result<StartReplayOutput, Error> {
    let key = name::named(cx, &input.replay_name);
    if events.replays.contains_key(&key) {
        return Err(Error::ResourceAlreadyExists(format!("Replay {} already exists.", key.name)));
    }
    let (archive, destination) = between(events, cx, &input)?;
    if input.event_start_time >= input.event_end_time {
        return Err(bad("EventEndTime", "EventStartTime must be before EventEndTime."));
    }
    let is_here = |it: &&Named| it.account == key.account && it.region == key.region;
    let here = events.replays.iter().filter(|(key, _)| is_here(key));
    if here.filter(|(_, it)| it.status.goes_on()).count() >= REPLAYS_AT_ONCE_MAX {
        return Err(Error::LimitExceeded);
    }
    let kept = Duration::from_secs(REPLAY_KEPT_DAYS * 86_400);
    let is_old = |it: &Replay| it.ended.is_some_and(|at| cx.now.since(at) >= kept);
    let old = events.replays.iter().filter(|(_, it)| is_old(it)).map(|(key, _)| key.clone());
    for key in old.collect::<Vec<_>>() {
        events.replays.remove(&key);
    }
    let replay = Replay {
        archive,
        description: input.description,
        destination,
        filter_arns: input.destination.filter_arns.unwrap_or_default(),
        from: input.event_start_time,
        to: input.event_end_time,
        status: ReplayStatus::Starting,
        started: cx.now,
        ended: None,
        last_replayed: None,
    };
    let state = replay.status.name();
    replay::start(cx, &key);
    events.replays.insert(key.clone(), replay);
    Ok(StartReplayOutput { replay_arn: name::replay_arn(&key), state, replay_start_time: cx.now })
}

/// The archive and the bus, which must be the one that the archive is of.
fn between(
    events: &State,
    cx: &Ctx<'_>,
    input: &StartReplayInput,
) -> Result<(Named, BusKey), Error> {
    let destination = name::bus_of_arn(&input.destination.arn)
        .ok_or_else(|| bad("Destination.Arn", "Must contain an event bus ARN."))?;
    access::check(events, cx, &destination, "StartReplay", &[])?;
    if !events.has_bus(&destination) {
        return Err(Error::no_bus(&destination));
    }
    let archive = name::named_of_arn(&input.event_source_arn, "archive/")
        .ok_or_else(|| bad("EventSourceArn", "Must contain an archive ARN."))?;
    let Some(found) = events.archives.get(&archive) else {
        let words = format!("Archive {} does not exist.", archive.name);
        return Err(bad("EventSourceArn", &words));
    };
    if found.source != destination {
        return Err(bad("Destination.Arn", "Cross event bus replay is not permitted."));
    }
    Ok((archive, destination))
}

fn bad(parameter: &str, why: &str) -> Error {
    Error::Validation(format!("Parameter {parameter} is not valid. Reason: {why}"))
}
