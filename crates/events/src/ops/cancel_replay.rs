//! `CancelReplay`: stops a replay.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::describe_replay::no_replay;
use crate::error::Error;
use crate::model::{ReplayStatus, State};
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CancelReplayInput {
    replay_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CancelReplayOutput {
    replay_arn: String,
    state: &'static str,
}

/// Runs the operation.
pub fn cancel_replay(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: CancelReplayInput,
) -> Result<CancelReplayOutput, Error> {
    let key = name::named(cx, &input.replay_name);
    let replay = events.replays.get_mut(&key).ok_or_else(|| no_replay(&key))?;
    if !matches!(replay.status, ReplayStatus::Starting | ReplayStatus::Running) {
        return Err(Error::IllegalStatus(format!(
            "Replay {} is not in a valid state for this operation.",
            key.name
        )));
    }
    replay.status = ReplayStatus::Cancelling;
    let state = replay.status.name();
    Ok(CancelReplayOutput { replay_arn: name::replay_arn(&key), state })
}
