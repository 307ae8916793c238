//! `DisableRule`: keeps a rule from acting.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DisableRuleInput {
    name: String,
    event_bus_name: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DisableRuleOutput {}

/// Runs the operation.
pub fn disable_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DisableRuleInput,
) -> Result<DisableRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.name.as_str());
    let key = store::rule_key(events, cx, named, "DisableRule")?;
    let rule = events.rule_mut(&key)?;
    rule.enabled = false;
    store::arm(events, cx, &key);
    Ok(DisableRuleOutput {})
}
