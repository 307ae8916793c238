//! `ListReplays`: the account's replays in a Region.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListReplays.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::describe_replay::ReplayShape;
use crate::error::Error;
use crate::model::{Named, State};
use crate::{name, page};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListReplaysInput {
    name_prefix: Option<String>,
    state: Option<String>,
    event_source_arn: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListReplaysOutput {
    replays: Vec<ReplayShape>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_replays(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListReplaysInput,
) -> Result<ListReplaysOutput, Error> {
    let ListReplaysInput { name_prefix, state, event_source_arn, next_token, limit } = input;
    if [&name_prefix, &state, &event_source_arn].into_iter().flatten().count() > 1 {
        // guess: AWS documents no words.
        let words = "At most one filter is allowed for ListReplays.".to_owned();
        return Err(Error::Validation(words));
    }
    let prefix = name_prefix.unwrap_or_default();
    let is_here = |key: &Named| key.account == cx.caller.account && key.region == cx.region;
    let rows = events
        .replays
        .iter()
        .filter(|(key, _)| is_here(key) && key.name.starts_with(&prefix))
        .filter(|(_, it)| state.as_deref().is_none_or(|state| state == it.status.name()))
        .filter(|(_, it)| {
            event_source_arn.as_deref().is_none_or(|arn| arn == name::archive_arn(&it.archive))
        })
        .map(|(key, replay)| (key.name.clone(), ReplayShape::of(key, replay)));
    let (replays, next_token) = page::cut(rows, next_token.as_deref(), limit)?;
    Ok(ListReplaysOutput { replays, next_token })
}
