//! `PutRetentionPolicy`: says for how many days the events of a group are kept.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::RETENTION_DAYS;
use crate::model::State;
use crate::{retention, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutRetentionPolicyInput {
    log_group_name: String,
    retention_in_days: i64,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutRetentionPolicyOutput {}

/// Runs the operation.
pub fn put_retention_policy(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: PutRetentionPolicyInput,
) -> Result<PutRetentionPolicyOutput, Error> {
    let days = u32::try_from(input.retention_in_days).ok();
    let days = days.filter(|days| RETENTION_DAYS.contains(days));
    let now = cx.now;
    let key = store::key(cx, &input.log_group_name);
    let group = logs.group_at(&key).ok_or(Error::NoSuchGroup)?;
    let days = days.ok_or_else(|| refused(input.retention_in_days))?;
    retention::unwatch(cx, group);
    group.retention_days = Some(days);
    retention::purge(group, now);
    retention::watch(logs, cx, &key);
    Ok(PutRetentionPolicyOutput {})
}

/// guess: the service framework's words for a value that is none of a set.
fn refused(days: i64) -> Error {
    let set: Vec<String> = RETENTION_DAYS.iter().map(u32::to_string).collect();
    Error::parameter(format!(
        "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy \
         constraint: Member must satisfy enum value set: [{}]",
        set.join(", ")
    ))
}
