//! `ListRuleNamesByTarget`: the rules of a bus that have a target.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{page, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListRuleNamesByTargetInput {
    target_arn: String,
    event_bus_name: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRuleNamesByTargetOutput {
    rule_names: Vec<String>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_rule_names_by_target(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListRuleNamesByTargetInput,
) -> Result<ListRuleNamesByTargetOutput, Error> {
    let named = input.event_bus_name.as_deref();
    let bus = store::bus(events, cx, named, "ListRuleNamesByTarget")?;
    let rows = events
        .rules_of(&bus)
        .filter(|(_, rule)| rule.targets.values().any(|it| it.arn == input.target_arn))
        .map(|(key, _)| (key.name.clone(), key.name.clone()));
    let (rule_names, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListRuleNamesByTargetOutput { rule_names, next_token })
}
