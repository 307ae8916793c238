//! `ListRules`: the rules of a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::describe_rule::RuleShape;
use crate::error::Error;
use crate::model::State;
use crate::{page, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListRulesInput {
    name_prefix: Option<String>,
    event_bus_name: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRulesOutput {
    rules: Vec<RuleShape>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_rules(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListRulesInput,
) -> Result<ListRulesOutput, Error> {
    let bus = store::bus(events, cx, input.event_bus_name.as_deref(), "ListRules")?;
    let prefix = input.name_prefix.unwrap_or_default();
    let rows = events
        .rules_of(&bus)
        .filter(|(key, _)| key.name.starts_with(&prefix))
        .map(|(key, rule)| (key.name.clone(), RuleShape::of(key, rule)));
    let (rules, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListRulesOutput { rules, next_token })
}
