//! `DescribeActivity`: tells of an activity.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html>

use crate::arn;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeActivityInput {
    pub(super) activity_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeActivityOutput {
    activity_arn: String,
    name: String,
    creation_date: Timestamp,
}

/// Runs the operation.
pub fn describe_activity(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeActivityInput,
) -> Result<DescribeActivityOutput, Error> {
    let _ = cx;
    arn::of_kind(&input.activity_arn, &["activity"])?;
    let activity = super::shared::activity(states, &input.activity_arn)?;
    Ok(DescribeActivityOutput {
        name: activity.name.clone(),
        creation_date: activity.created,
        activity_arn: input.activity_arn,
    })
}
