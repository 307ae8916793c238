//! `PutRule`: makes a rule, or another in the place of the one of that name; its targets stay.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html>

use std::collections::BTreeMap;

use cloudarium_event_pattern::Pattern;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::tag_resource::{self, Tag};
use crate::error::Error;
use crate::limits::{PATTERN_CHARS_MAX, RULES_MAX};
use crate::model::{Counts, DEFAULT_BUS, Rule, RuleKey, State};
use crate::schedule::Schedule;
use crate::{name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutRuleInput {
    name: String,
    schedule_expression: Option<String>,
    event_pattern: Option<String>,
    state: Option<String>,
    description: Option<String>,
    role_arn: Option<String>,
    tags: Option<Vec<Tag>>,
    event_bus_name: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRuleOutput {
    rule_arn: String,
}

/// Runs the operation.
pub fn put_rule(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: PutRuleInput,
) -> Result<PutRuleOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.name.as_str());
    let key = store::rule_key(events, cx, named, "PutRule")?;
    let pattern = input.event_pattern.clone().filter(|text| !text.is_empty());
    let schedule = input.schedule_expression.clone().filter(|text| !text.is_empty());
    check(&key, pattern.as_deref(), schedule.as_deref())?;
    let enabled = match input.state.as_deref() {
        None | Some("ENABLED") => true,
        Some("DISABLED") => false,
        Some(other) => return Err(Error::NotSimulated(format!("rules in the state {other}"))),
    };
    let there = events.rules.get(&key).cloned();
    if there.is_none() && events.rules_of(&key.bus).count() >= RULES_MAX {
        return Err(Error::LimitExceeded);
    }
    let rule = match there {
        // "Tags are not changed by it", and neither is when a rate counts from, unless it is another.
        Some(there) => Rule {
            since: if there.schedule == schedule && there.enabled { there.since } else { cx.now },
            pattern,
            schedule,
            enabled,
            description: input.description,
            role_arn: input.role_arn,
            ..there
        },
        None => Rule {
            pattern,
            schedule,
            enabled,
            description: input.description,
            role_arn: input.role_arn,
            created_by: cx.caller.account.clone(),
            tags: store::check_tags(tag_resource::of(input.tags.unwrap_or_default()))?,
            targets: BTreeMap::new(),
            since: cx.now,
            timer: None,
            counts: Counts::default(),
        },
    };
    events.rules.insert(key.clone(), rule);
    store::arm(events, cx, &key);
    Ok(PutRuleOutput { rule_arn: name::rule_arn(&key) })
}

fn check(key: &RuleKey, pattern: Option<&str>, schedule: Option<&str>) -> Result<(), Error> {
    if pattern.is_none() && schedule.is_none() {
        return Err(Error::Validation(
            "Parameter(s) EventPattern or ScheduleExpression must be specified.".to_owned(),
        ));
    }
    if let Some(schedule) = schedule {
        if key.bus.name != DEFAULT_BUS {
            return Err(Error::Validation(
                "ScheduleExpression is supported only on the default event bus.".to_owned(),
            ));
        }
        if Schedule::parse(schedule).is_none() {
            return Err(Error::parameter("ScheduleExpression"));
        }
    }
    if let Some(pattern) = pattern {
        // Recorded: <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-rule-pattern-size>.
        // guess: its code, and that blanks count.
        if pattern.chars().count() > PATTERN_CHARS_MAX {
            return Err(Error::Validation(format!(
                "Parameter EventPattern for rule {} exceeds limit of {PATTERN_CHARS_MAX}.",
                key.name
            )));
        }
        Pattern::parse(pattern)?;
    }
    Ok(())
}
