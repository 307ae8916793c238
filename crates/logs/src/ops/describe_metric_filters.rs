//! `DescribeMetricFilters`: metric filters, of one group or all, by name.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::DESCRIBE_MAX;
use crate::model::{MetricFilter as Kept, MetricTransformation, State};
use crate::token;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeMetricFiltersInput {
    log_group_name: Option<String>,
    filter_name_prefix: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
    metric_name: Option<String>,
    metric_namespace: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeMetricFiltersOutput {
    metric_filters: Vec<MetricFilter>,
    next_token: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct MetricFilter {
    filter_name: String,
    filter_pattern: String,
    metric_transformations: Vec<MetricTransformation>,
    creation_time: i64,
    log_group_name: String,
    apply_on_transformed_logs: bool,
}

/// Runs the operation.
pub fn describe_metric_filters(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeMetricFiltersInput,
) -> Result<DescribeMetricFiltersOutput, Error> {
    if input.metric_name.is_some() != input.metric_namespace.is_some() {
        // guess: the documentation says that one must have the other, and no words.
        return Err(Error::parameter("metricName and metricNamespace must be specified together."));
    }
    let page = token::page_size(input.limit, DESCRIBE_MAX);
    let after = input.next_token.as_deref().map(token::read).transpose()?.unwrap_or_default();
    let mut found = found(logs, cx, &input)?;
    found.sort_by_cached_key(|(name, group, _)| place(name, group));
    let mut found = found.into_iter().filter(|(name, group, _)| place(name, group) > after);
    let metric_filters: Vec<MetricFilter> = found.by_ref().take(page).map(shown).collect();
    let last = metric_filters.last().filter(|_| found.next().is_some());
    let next_token = last.map(|last| token::write(&place(&last.filter_name, &last.log_group_name)));
    Ok(DescribeMetricFiltersOutput { metric_filters, next_token })
}

/// A filter, with its name and its group's.
type Found<'a> = (&'a str, &'a str, &'a Kept);

fn found<'a>(
    logs: &'a State,
    cx: &Ctx<'_>,
    input: &DescribeMetricFiltersInput,
) -> Result<Vec<Found<'a>>, Error> {
    if let Some(group) = &input.log_group_name {
        logs.group(cx, group)?;
    }
    let wanted = input.log_group_name.as_deref();
    let prefix = input.filter_name_prefix.as_deref().unwrap_or_default();
    let metric = input.metric_name.as_deref().zip(input.metric_namespace.as_deref());
    let fits = |one: &MetricTransformation| {
        metric.is_none_or(|(name, space)| one.metric_name == name && one.metric_namespace == space)
    };
    let groups = logs.groups_here(cx, wanted.unwrap_or_default());
    let groups = groups.filter(|(key, _)| wanted.is_none_or(|wanted| key.name == wanted));
    let filters = groups.flat_map(|(key, group)| {
        group.metric_filters.iter().map(|(name, kept)| (name.as_str(), key.name.as_str(), kept))
    });
    let filters = filters.filter(|(name, _, kept)| {
        name.starts_with(prefix) && kept.transformations.iter().any(fits)
    });
    Ok(filters.collect())
}

/// By what they are sorted. Neither name has a colon.
fn place(name: &str, group: &str) -> String {
    format!("{name}:{group}")
}

fn shown((name, group, kept): Found<'_>) -> MetricFilter {
    MetricFilter {
        filter_name: name.to_owned(),
        filter_pattern: kept.pattern.clone(),
        metric_transformations: kept.transformations.clone(),
        creation_time: Timestamp::as_ms(kept.created),
        log_group_name: group.to_owned(),
        apply_on_transformed_logs: false,
    }
}
