//! `DeleteSubscriptionFilter`: sends no more of a group's events to a subscriber.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteSubscriptionFilterInput {
    log_group_name: String,
    filter_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteSubscriptionFilterOutput {}

/// Runs the operation.
pub fn delete_subscription_filter(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteSubscriptionFilterInput,
) -> Result<DeleteSubscriptionFilterOutput, Error> {
    let group = logs.group_mut(cx, &input.log_group_name)?;
    let gone = group.subscriptions.remove(&input.filter_name);
    gone.map(|_| DeleteSubscriptionFilterOutput {}).ok_or(Error::NoSuchFilter("subscription"))
}
