//! Replays: events of an archive, sent again, a minute's worth at a time.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html>

use std::rc::Rc;
use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;

use crate::model::{Event, Named, Replay, ReplayStatus, State};
use crate::route::{self, Came};
use crate::store;

/// Seconds until it begins. guess: AWS does not say.
const START_S: u64 = 5;
/// Seconds from one minute's worth to the next. guess: as above.
const STEP_S: u64 = 1;
/// "EventBridge replays events based on the event time in one-minute intervals."
const INTERVAL_S: u64 = 60;

impl ReplayStatus {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Starting => "STARTING",
            Self::Running => "RUNNING",
            Self::Cancelling => "CANCELLING",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// Whether it has not ended.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Starting | Self::Running | Self::Cancelling)
    }
}

/// Has a replay begin.
pub fn start(cx: &mut Ctx<'_>, key: &Named) {
    store::arm_replay(cx, key, cx.now.plus(Duration::from_secs(START_S)));
}

/// A replay goes on: it sends the next minute's worth, or ends.
pub fn go_on(state: &mut State, cx: &mut Ctx<'_>, key: &Named) {
    let Some(replay) = state.replays.get(key).cloned() else { return };
    if replay.status == ReplayStatus::Cancelling {
        return end(state, cx, key, ReplayStatus::Cancelled);
    }
    let left = left(state, cx, &replay);
    let Some(first) = left.first().map(|event| event.ingested) else {
        return end(state, cx, key, ReplayStatus::Completed);
    };
    let until = first.plus(Duration::from_secs(INTERVAL_S));
    let worth: Vec<_> = left.into_iter().take_while(|event| event.ingested < until).collect();
    let last = worth.last().map(|event| event.ingested);
    if let Some(replay) = state.replays.get_mut(key) {
        replay.status = ReplayStatus::Running;
        replay.last_replayed = last;
    }
    for event in worth {
        let again = Rc::new(Event { replay: Some(key.name.clone()), ..Event::clone(&event) });
        let to = (&replay.destination, replay.filter_arns.as_slice());
        route::give(state, cx, to, (&again, &again.json()), Came::Sent);
    }
    store::arm_replay(cx, key, cx.now.plus(Duration::from_secs(STEP_S)));
}

/// The events that it has not sent yet.
fn left(state: &mut State, cx: &Ctx<'_>, replay: &Replay) -> Vec<Rc<Event>> {
    let Ok(archive) = state.archive(&replay.archive, cx.now) else { return Vec::new() };
    let is_left = |at: Timestamp| {
        at >= replay.from && at < replay.to && replay.last_replayed.is_none_or(|last| at > last)
    };
    let events = archive.events.iter().filter(|(event, _)| is_left(event.ingested));
    events.map(|(event, _)| Rc::clone(event)).collect()
}

fn end(state: &mut State, cx: &Ctx<'_>, key: &Named, status: ReplayStatus) {
    if let Some(replay) = state.replays.get_mut(key) {
        replay.status = status;
        replay.ended = Some(cx.now);
    }
}
