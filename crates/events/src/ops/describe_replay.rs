//! `DescribeReplay`: what is known of a replay.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::start_replay::Destination;
use crate::error::Error;
use crate::model::{Named, Replay, State};
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeReplayInput {
    replay_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeReplayOutput {
    replay_arn: String,
    description: Option<String>,
    destination: Destination,
    #[serde(flatten)]
    replay: ReplayShape,
}

/// A replay, as answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplayShape {
    replay_name: String,
    event_source_arn: String,
    state: &'static str,
    event_start_time: Timestamp,
    event_end_time: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_last_replayed_time: Option<Timestamp>,
    replay_start_time: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    replay_end_time: Option<Timestamp>,
}

impl ReplayShape {
    /// A replay.
    pub fn of(key: &Named, replay: &Replay) -> Self {
        Self {
            replay_name: key.name.clone(),
            event_source_arn: name::archive_arn(&replay.archive),
            state: replay.status.name(),
            event_start_time: replay.from,
            event_end_time: replay.to,
            event_last_replayed_time: replay.last_replayed,
            replay_start_time: replay.started,
            replay_end_time: replay.ended,
        }
    }
}

/// Runs the operation.
pub fn describe_replay(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeReplayInput,
) -> Result<DescribeReplayOutput, Error> {
    let key = name::named(cx, &input.replay_name);
    let replay = events.replays.get(&key).ok_or_else(|| no_replay(&key))?;
    let filter_arns = Some(replay.filter_arns.clone()).filter(|it| !it.is_empty());
    Ok(DescribeReplayOutput {
        replay_arn: name::replay_arn(&key),
        description: replay.description.clone(),
        destination: Destination { arn: name::bus_arn(&replay.destination), filter_arns },
        replay: ReplayShape::of(&key, replay),
    })
}

/// A replay that is not there.
pub fn no_replay(key: &Named) -> Error {
    Error::ResourceNotFound(format!("Replay {} does not exist.", key.name))
}
