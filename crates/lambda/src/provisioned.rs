//! Provisioned concurrency: environments that wait for a version or an alias, before anybody asks.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>
//!
//! Differences from AWS: at most so many environments are really started as [`crate::limits::STARTED_MAX`] says; the others are
//! counted, and start with their first invocation. What the waiting itself costs is on no bill, only the starts are.

use std::time::Duration;

use cloudarium_env::Timestamp;
use serde::Serialize;

use crate::error::Error;
use crate::invoke::unreserved_concurrency;
use crate::limits::UNRESERVED_MIN;
use crate::model::{Allotted, Key, LATEST, Provisioned, State};
use crate::name::{Target, qualified};

/// Until they are ready (guess: AWS says "up to a few minutes").
const READY_AFTER: Duration = Duration::from_mins(1);

/// As AWS shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProvisionedConfig {
    requested_provisioned_concurrent_executions: u32,
    available_provisioned_concurrent_executions: u32,
    allocated_provisioned_concurrent_executions: u32,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<String>,
    last_modified: String,
}

/// As AWS shows it in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProvisionedRow {
    function_arn: String,
    requested_provisioned_concurrent_executions: u32,
    available_provisioned_concurrent_executions: u32,
    allocated_provisioned_concurrent_executions: u32,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<String>,
    last_modified: String,
}

/// Whether so many can be had for this.
pub fn check(lambda: &State, target: &Target, asked: u32) -> Result<(), Error> {
    let (function, _) = lambda.named(target)?;
    let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
    let points = function.aliases.get(qualifier).map_or(qualifier, |alias| &alias.version);
    if points == LATEST {
        return Err(Error::parameter(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        ));
    }
    let others = function.provisioned.iter().filter(|(name, _)| *name != qualifier);
    let others: u32 = others.map(|(_, it)| it.requested).sum();
    let most = match function.reserved {
        Some(reserved) => reserved.saturating_sub(others),
        None => unreserved_concurrency(lambda, &target.key)
            .saturating_sub(UNRESERVED_MIN)
            .saturating_sub(others),
    };
    if asked > most {
        return Err(Error::parameter(format!(
            "Requested Provisioned Concurrency should not be greater than the \
             reservedConcurrentExecution for function: {most} are left."
        )));
    }
    Ok(())
}

/// A new one.
pub const fn new(now: Timestamp, requested: u32) -> Provisioned {
    Provisioned { requested, since: now }
}

/// As AWS shows it.
pub fn shown(
    lambda: &State,
    (key, qualifier): (&Key, &str),
    config: &Provisioned,
    now: Timestamp,
) -> ProvisionedConfig {
    let refused = lambda.refused.get(&(key.clone(), qualifier.to_owned()));
    let mine = |it: &&Allotted| it.function == *key && it.qualifier == qualifier;
    let starting = lambda.allotted.values().filter(mine).filter(|it| !it.ready).count();
    let starting = u32::try_from(starting).unwrap_or(u32::MAX);
    let is_early = now.since(config.since) < READY_AFTER;
    // Those that are not really started are counted as if they were.
    let ready = config.requested.saturating_sub(starting);
    let allocated = if is_early || refused.is_some() { 0 } else { ready };
    let status = match refused {
        Some(_) => "FAILED",
        None if allocated < config.requested => "IN_PROGRESS",
        None => "READY",
    };
    ProvisionedConfig {
        requested_provisioned_concurrent_executions: config.requested,
        available_provisioned_concurrent_executions: allocated,
        allocated_provisioned_concurrent_executions: allocated,
        status,
        status_reason: refused.cloned(),
        // Whole seconds, unlike a function's.
        last_modified: config.since.iso_s().replace('Z', "+0000"),
    }
}

/// The same, with whose it is.
pub fn row(
    lambda: &State,
    (key, qualifier): (&Key, &str),
    config: &Provisioned,
    now: Timestamp,
) -> ProvisionedRow {
    let shown = shown(lambda, (key, qualifier), config, now);
    ProvisionedRow {
        function_arn: qualified(key, Some(qualifier)),
        requested_provisioned_concurrent_executions: config.requested,
        available_provisioned_concurrent_executions: shown
            .available_provisioned_concurrent_executions,
        allocated_provisioned_concurrent_executions: shown
            .allocated_provisioned_concurrent_executions,
        status: shown.status,
        status_reason: shown.status_reason,
        last_modified: shown.last_modified,
    }
}

/// None is set.
pub fn missing() -> Error {
    Error::NoProvisioned("No Provisioned Concurrency Config found for this function".to_owned())
}
