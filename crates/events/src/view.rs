//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `rules` | | the caller's rules in this Region, with what has come of each |

use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;

use crate::model::{Rule, RuleKey, State};
use crate::name;

/// A rule in the list. The numbers are those that CloudWatch has on AWS.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html>
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleView {
    /// Its name.
    pub name: String,
    /// Its bus.
    pub event_bus_name: String,
    /// Its ARN.
    pub arn: String,
    /// Whether it does anything.
    pub enabled: bool,
    /// Which events it wants.
    pub event_pattern: Option<String>,
    /// When it makes its own.
    pub schedule_expression: Option<String>,
    /// Where they go.
    pub targets: Vec<String>,
    /// `TriggeredRules`
    pub triggered_rules: u64,
    /// `Invocations`
    pub invocations: u64,
    /// `FailedInvocations`
    pub failed_invocations: u64,
    /// `RetryInvocationAttempts`
    pub retry_invocation_attempts: u64,
    /// `InvocationsSentToDlq`
    pub invocations_sent_to_dlq: u64,
    /// `InvocationsFailedToBeSentToDlq`
    pub invocations_failed_to_be_sent_to_dlq: u64,
    /// Why a target did not take an event in, the last time.
    pub last_error: Option<String>,
}

/// A picture; `None`: there is none of that name.
pub fn view(state: &State, cx: &mut Ctx<'_>, name: &str, _params: &Value) -> Option<Value> {
    if name != "rules" {
        return None;
    }
    let mine = |key: &RuleKey| key.bus.account == cx.caller.account && key.bus.region == cx.region;
    let rules = state.rules.iter().filter(|(key, _)| mine(key));
    let rules: Vec<RuleView> = rules.map(|(key, rule)| picture(key, rule)).collect();
    to_value(&rules).ok()
}

fn picture(key: &RuleKey, rule: &Rule) -> RuleView {
    let counts = &rule.counts;
    RuleView {
        name: key.name.clone(),
        event_bus_name: key.bus.name.clone(),
        arn: name::rule_arn(key),
        enabled: rule.enabled,
        event_pattern: rule.pattern.clone(),
        schedule_expression: rule.schedule.clone(),
        targets: rule.targets.values().map(|target| target.arn.clone()).collect(),
        triggered_rules: counts.triggered,
        invocations: counts.invocations,
        failed_invocations: counts.failed,
        retry_invocation_attempts: counts.retries,
        invocations_sent_to_dlq: counts.dead_letters,
        invocations_failed_to_be_sent_to_dlq: counts.lost_dead_letters,
        last_error: counts.last_error.clone(),
    }
}
