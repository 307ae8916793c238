//! `PutTargets`: adds targets to a rule, or others in the place of those with the same ids.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html>

use std::collections::BTreeSet;
use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::TARGETS_MAX;
use crate::model::State;
use crate::store;
use crate::target::TargetShape;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutTargetsInput {
    rule: String,
    event_bus_name: Option<String>,
    targets: Vec<TargetShape>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutTargetsOutput {
    failed_entry_count: i64,
    failed_entries: Vec<FailedEntry>,
}

/// A target that something is wrong with. guess: AWS refuses all where it refuses one; entries fail by themselves when
/// several requests change a rule at the same time, which does not happen here.
#[derive(Debug, Serialize)]
pub struct FailedEntry {}

impl PutTargetsOutput {
    /// No entry failed.
    pub fn all_well() -> Self {
        Self { failed_entry_count: 0, failed_entries: Vec::new() }
    }
}

/// Runs the operation.
pub fn put_targets(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: PutTargetsInput,
) -> Result<PutTargetsOutput, Error> {
    let named = (input.event_bus_name.as_deref(), input.rule.as_str());
    let key = store::rule_key(events, cx, named, "PutTargets")?;
    let mut targets = events.rule(&key)?.targets.clone();
    let mut seen = BTreeSet::new();
    // Recorded: <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-target-id-duplicate>.
    if let Some(twice) = input.targets.iter().find(|shape| !seen.insert(shape.id())) {
        return Err(Error::Validation(format!(
            "Parameter targets is not valid. Reason: More than one target with Id '{}' is provided.",
            twice.id()
        )));
    }
    for shape in input.targets {
        let target = shape.read(&key.bus.region)?;
        targets.insert(target.id.clone(), Rc::new(target));
    }
    if targets.len() > TARGETS_MAX {
        return Err(Error::LimitExceeded);
    }
    events.rule_mut(&key)?.targets = targets;
    store::arm(events, cx, &key);
    Ok(PutTargetsOutput::all_well())
}
