//! `DescribeLogGroups`: the log groups of the account, by name.
//!
//! Differences from AWS: of one account, and found by prefix or pattern, not by identifiers.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::DESCRIBE_MAX;
use crate::model::{Group, GroupKey, State};
use crate::{store, token};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeLogGroupsInput {
    log_group_name_prefix: Option<String>,
    log_group_name_pattern: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
    log_group_class: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeLogGroupsOutput {
    log_groups: Vec<LogGroup>,
    next_token: Option<String>,
}

#[allow(clippy::struct_field_names, reason = "AWS's own names")]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogGroup {
    log_group_name: String,
    creation_time: i64,
    retention_in_days: Option<u32>,
    metric_filter_count: usize,
    arn: String,
    stored_bytes: u64,
    log_group_class: &'static str,
    log_group_arn: String,
}

/// Runs the operation.
pub fn describe_log_groups(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeLogGroupsInput,
) -> Result<DescribeLogGroupsOutput, Error> {
    let prefix = input.log_group_name_prefix.unwrap_or_default();
    let pattern = input.log_group_name_pattern.unwrap_or_default();
    if !prefix.is_empty() && !pattern.is_empty() {
        return Err(Error::parameter(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
        ));
    }
    let page = token::page_size(input.limit, DESCRIBE_MAX);
    let after = input.next_token.as_deref().map(token::read).transpose()?.unwrap_or_default();
    let from = if after > prefix { &after } else { &prefix };
    // All groups here are of this class.
    let class = input.log_group_class.is_none_or(|class| class == "STANDARD");
    let mut found = logs
        .groups_here(cx, from)
        .take_while(|(key, _)| key.name.starts_with(&prefix))
        .filter(|(key, _)| class && key.name != after && key.name.contains(&pattern));
    let log_groups: Vec<LogGroup> =
        found.by_ref().take(page).map(|(key, group)| shown(key, group)).collect();
    let last = log_groups.last().filter(|_| found.next().is_some());
    let next_token = last.map(|last| token::write(&last.log_group_name));
    Ok(DescribeLogGroupsOutput { log_groups, next_token })
}

fn shown(key: &GroupKey, group: &Group) -> LogGroup {
    let log_group_arn = store::group_arn(key);
    LogGroup {
        log_group_name: key.name.clone(),
        creation_time: Timestamp::as_ms(group.created),
        retention_in_days: group.retention_days,
        metric_filter_count: group.metric_filters.len(),
        arn: format!("{log_group_arn}:*"),
        stored_bytes: group.stored_bytes,
        log_group_class: "STANDARD",
        log_group_arn,
    }
}
