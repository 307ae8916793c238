//! `DescribeRule`: what is known of a rule.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Rule, RuleKey, State};
use crate::{name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeRuleInput {
    name: String,
    event_bus_name: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeRuleOutput {
    #[serde(flatten)]
    rule: RuleShape,
    created_by: String,
}

/// A rule, as answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleShape {
    name: String,
    arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_expression: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    event_bus_name: String,
}

impl RuleShape {
    /// A rule.
    pub fn of(key: &RuleKey, rule: &Rule) -> Self {
        Self {
            name: key.name.clone(),
            arn: name::rule_arn(key),
            event_pattern: rule.pattern.clone(),
            schedule_expression: rule.schedule.clone(),
            state: if rule.enabled { "ENABLED" } else { "DISABLED" },
            description: rule.description.clone(),
            role_arn: rule.role_arn.clone(),
            event_bus_name: key.bus.name.clone(),
        }
    }
}

/// Runs the operation.
pub fn describe_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeRuleInput,
) -> Result<DescribeRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.name.as_str());
    let key = store::rule_key(events, cx, named, "DescribeRule")?;
    let rule = events.rule(&key)?;
    Ok(DescribeRuleOutput { rule: RuleShape::of(&key, rule), created_by: rule.created_by.clone() })
}
