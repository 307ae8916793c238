//! `EnableRule`: lets a rule act again.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct EnableRuleInput {
    name: String,
    event_bus_name: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct EnableRuleOutput {}

/// Runs the operation.
pub fn enable_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: EnableRuleInput,
) -> Result<EnableRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.name.as_str());
    let key = store::rule_key(events, cx, named, "EnableRule")?;
    let rule = events.rule_mut(&key)?;
    if !rule.enabled {
        rule.enabled = true;
        rule.since = cx.now;
    }
    store::arm(events, cx, &key);
    Ok(EnableRuleOutput {})
}
