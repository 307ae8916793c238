//! `DescribeSubscriptionFilters`: the subscription filters of a group, by name.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::DESCRIBE_MAX;
use crate::model::State;
use crate::token;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeSubscriptionFiltersInput {
    log_group_name: String,
    filter_name_prefix: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeSubscriptionFiltersOutput {
    subscription_filters: Vec<SubscriptionFilter>,
    next_token: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SubscriptionFilter {
    filter_name: String,
    log_group_name: String,
    filter_pattern: String,
    destination_arn: String,
    distribution: String,
    apply_on_transformed_logs: bool,
    creation_time: i64,
}

/// Runs the operation.
pub fn describe_subscription_filters(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeSubscriptionFiltersInput,
) -> Result<DescribeSubscriptionFiltersOutput, Error> {
    let group = logs.group(cx, &input.log_group_name)?;
    let prefix = input.filter_name_prefix.unwrap_or_default();
    let page = token::page_size(input.limit, DESCRIBE_MAX);
    let after = input.next_token.as_deref().map(token::read).transpose()?.unwrap_or_default();
    let mut found =
        group.subscriptions.iter().filter(|(name, _)| name.starts_with(&prefix) && **name > after);
    let shown = found.by_ref().take(page).map(|(name, subscription)| SubscriptionFilter {
        filter_name: name.clone(),
        log_group_name: input.log_group_name.clone(),
        filter_pattern: subscription.pattern.clone(),
        destination_arn: subscription.destination_arn.clone(),
        distribution: subscription.distribution.clone(),
        apply_on_transformed_logs: false,
        creation_time: Timestamp::as_ms(subscription.created),
    });
    let subscription_filters: Vec<SubscriptionFilter> = shown.collect();
    let last = subscription_filters.last().filter(|_| found.next().is_some());
    let next_token = last.map(|last| token::write(&last.filter_name));
    Ok(DescribeSubscriptionFiltersOutput { subscription_filters, next_token })
}
