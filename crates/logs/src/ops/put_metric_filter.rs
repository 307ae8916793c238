//! `PutMetricFilter`: says which events of a group count, and as what.
//!
//! Differences from AWS: it is kept and shown, and nothing is counted, as metrics are not simulated.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::filter::Filter;
use crate::limits::METRIC_FILTERS_MAX;
use crate::model::{MetricFilter, MetricTransformation, State};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutMetricFilterInput {
    log_group_name: String,
    filter_name: String,
    filter_pattern: String,
    metric_transformations: Vec<MetricTransformation>,
    apply_on_transformed_logs: Option<bool>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutMetricFilterOutput {}

/// Runs the operation.
pub fn put_metric_filter(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: PutMetricFilterInput,
) -> Result<PutMetricFilterOutput, Error> {
    let now = cx.now;
    let group = logs.group_mut(cx, &input.log_group_name)?;
    let filter = Filter::parse(&input.filter_pattern)?;
    if input.apply_on_transformed_logs == Some(true) {
        return Err(Error::NotSimulated("applyOnTransformedLogs".to_owned()));
    }
    input.metric_transformations.iter().try_for_each(|one| check(&filter, one))?;
    let there = group.metric_filters.get(&input.filter_name);
    if there.is_none() && group.metric_filters.len() >= METRIC_FILTERS_MAX {
        return Err(Error::LimitExceeded);
    }
    let put = MetricFilter {
        pattern: input.filter_pattern,
        transformations: input.metric_transformations,
        // guess: what is put again keeps its date.
        created: there.map_or(now, |there| there.created),
    };
    group.metric_filters.insert(input.filter_name, put);
    Ok(PutMetricFilterOutput {})
}

/// The words are recorded: <https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/logs>,
/// `pf-logs-metric-namespace-reserved` and `pf-logs-metric-dimension-selector`; and as users were answered.
fn check(filter: &Filter, transformation: &MetricTransformation) -> Result<(), Error> {
    if transformation.metric_namespace.starts_with("AWS/") {
        return Err(Error::parameter("Metric namespaces starting with AWS/ are reserved for AWS."));
    }
    let wrong = |why: &str| Err(Error::parameter(format!("Invalid metric transformation: {why}")));
    let dimensions = transformation.dimensions.iter().flatten();
    let mut dimensions = dimensions.peekable();
    if dimensions.peek().is_none() {
        return Ok(());
    }
    if transformation.default_value.is_some() {
        return wrong("dimensions and default value are mutually exclusive properties");
    }
    if matches!(filter, Filter::Terms(_)) {
        let words = "The specified filter pattern does not support dimensions";
        return Err(Error::parameter(words));
    }
    if dimensions.any(|(_, selector)| !selector.starts_with('$')) {
        return wrong("dimension value must be valid selector");
    }
    Ok(())
}
