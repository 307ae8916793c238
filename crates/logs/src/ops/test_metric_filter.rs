//! `TestMetricFilter`: tells which messages match a filter pattern, and what it takes out of them.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::filter::Filter;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestMetricFilterInput {
    filter_pattern: String,
    log_event_messages: Vec<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestMetricFilterOutput {
    matches: Vec<Match>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    event_number: usize,
    event_message: String,
    extracted_values: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn test_metric_filter(
    _: &mut State,
    _: &mut Ctx<'_>,
    input: TestMetricFilterInput,
) -> Result<TestMetricFilterOutput, Error> {
    let filter = Filter::parse(&input.filter_pattern)?;
    let matches = input.log_event_messages.into_iter().enumerate();
    let matches = matches.filter_map(|(at, event_message)| {
        let extracted_values = filter.extract(&event_message)?;
        Some(Match { event_number: at + 1, event_message, extracted_values })
    });
    Ok(TestMetricFilterOutput { matches: matches.collect() })
}
