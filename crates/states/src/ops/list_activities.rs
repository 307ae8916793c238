//! `ListActivities`: lists activities.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html>

use crate::model::Activity;
use crate::{arn, token};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListActivitiesInput {
    pub(super) max_results: Option<i64>,
    pub(super) next_token: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListActivitiesOutput {
    activities: Vec<ActivityItem>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_activities(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ListActivitiesInput,
) -> Result<ListActivitiesOutput, Error> {
    let here = arn::here(cx, "activity", "");
    let all = states.activities.iter().filter(|(arn, _)| arn.starts_with(&here));
    let (page, next_token) = token::page(all, input.max_results, input.next_token.as_deref())?;
    let item = |(arn, activity): (&String, &Activity)| ActivityItem {
        activity_arn: arn.clone(),
        name: activity.name.clone(),
        creation_date: activity.created,
    };
    Ok(ListActivitiesOutput { activities: page.into_iter().map(item).collect(), next_token })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ActivityItem {
    activity_arn: String,
    name: String,
    creation_date: Timestamp,
}
