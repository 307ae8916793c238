//! `DeleteRule`: deletes a rule that has no targets.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html>
//!
//! Differences from AWS: no service makes rules of its own here, so that `Force`, which such rules need, changes nothing.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteRuleInput {
    name: String,
    event_bus_name: Option<String>,
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteRuleOutput {}

/// Runs the operation.
pub fn delete_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteRuleInput,
) -> Result<DeleteRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.name.as_str());
    let key = store::rule_key(events, cx, named, "DeleteRule")?;
    // One that is not there is as good as deleted.
    let Some(rule) = events.rules.get(&key) else { return Ok(DeleteRuleOutput {}) };
    if !rule.targets.is_empty() {
        return Err(Error::Validation("Rule can't be deleted since it has targets.".to_owned()));
    }
    events.rules.remove(&key);
    Ok(DeleteRuleOutput {})
}
