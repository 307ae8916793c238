//! `RemoveTargets`: takes targets away from a rule.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html>
//!
//! Differences from AWS: see `DeleteRule` for `Force`.

use cloudarium_service::Ctx;
use serde::Deserialize;

use super::put_targets::PutTargetsOutput;
use crate::error::Error;
use crate::model::State;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RemoveTargetsInput {
    rule: String,
    event_bus_name: Option<String>,
    ids: Vec<String>,
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

/// Runs the operation.
pub fn remove_targets(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: RemoveTargetsInput,
) -> Result<PutTargetsOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.rule.as_str());
    let key = store::rule_key(events, cx, named, "RemoveTargets")?;
    let rule = events.rule_mut(&key)?;
    for id in &input.ids {
        // guess: one that is not there is as good as removed.
        rule.targets.remove(id);
    }
    store::arm(events, cx, &key);
    Ok(PutTargetsOutput::all_well())
}
