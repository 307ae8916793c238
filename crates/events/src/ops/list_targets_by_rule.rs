//! `ListTargetsByRule`: the targets of a rule.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::target::TargetShape;
use crate::{page, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListTargetsByRuleInput {
    rule: String,
    event_bus_name: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTargetsByRuleOutput {
    targets: Vec<TargetShape>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_targets_by_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListTargetsByRuleInput,
) -> Result<ListTargetsByRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.rule.as_str());
    let key = store::rule_key(events, cx, named, "ListTargetsByRule")?;
    let targets = &events.rule(&key)?.targets;
    let rows = targets.iter().map(|(id, target)| (id.clone(), TargetShape::from(&**target)));
    let (targets, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListTargetsByRuleOutput { targets, next_token })
}
