//! `CreateActivity`: makes an activity, or finds the one that is there.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>
//!
//! Differences from AWS: keys of the customer's own are refused.

use super::shared::{Encryption, check_encryption};
use crate::arn;
use crate::limits::ACTIVITIES_MAX;
use crate::model::Activity;
use crate::store::Tag;
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateActivityInput {
    pub(super) name: String,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) encryption_configuration: Option<Encryption>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateActivityOutput {
    activity_arn: String,
    creation_date: Timestamp,
}

/// Runs the operation.
pub fn create_activity(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateActivityInput,
) -> Result<CreateActivityOutput, Error> {
    arn::check_name(&input.name)?;
    check_encryption(input.encryption_configuration.as_ref())?;
    let activity_arn = arn::here(cx, "activity", &input.name);
    if let Some(activity) = states.activities.get(&activity_arn) {
        return Ok(CreateActivityOutput { activity_arn, creation_date: activity.created });
    }
    if states.activities.len() >= ACTIVITIES_MAX {
        return Err(Error::activity_limit_exceeded("Activity Limit Exceeded"));
    }
    states.tag(&activity_arn, input.tags.unwrap_or_default())?;
    let activity = Activity {
        name: input.name,
        created: cx.now,
        queue: imbl::Vector::new(),
        pollers: imbl::Vector::new(),
    };
    states.activities.insert(activity_arn.clone(), activity);
    Ok(CreateActivityOutput { activity_arn, creation_date: cx.now })
}
