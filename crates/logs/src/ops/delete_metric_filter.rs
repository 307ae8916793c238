//! `DeleteMetricFilter`: takes a metric filter away.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteMetricFilterInput {
    log_group_name: String,
    filter_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteMetricFilterOutput {}

/// Runs the operation.
pub fn delete_metric_filter(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteMetricFilterInput,
) -> Result<DeleteMetricFilterOutput, Error> {
    let group = logs.group_mut(cx, &input.log_group_name)?;
    let gone = group.metric_filters.remove(&input.filter_name);
    gone.map(|_| DeleteMetricFilterOutput {}).ok_or(Error::NoSuchFilter("metric"))
}
