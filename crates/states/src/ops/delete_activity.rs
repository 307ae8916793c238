//! `DeleteActivity`: deletes an activity.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html>

use crate::arn;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteActivityInput {
    pub(super) activity_arn: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteActivityOutput {}

/// Runs the operation.
pub fn delete_activity(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteActivityInput,
) -> Result<DeleteActivityOutput, Error> {
    arn::of_kind(&input.activity_arn, &["activity"])?;
    if let Some(activity) = states.activities.remove(&input.activity_arn) {
        for (ticket, _, timer) in activity.pollers {
            cx.host.cancel_timer(timer);
            let missing = format!("Activity Does Not Exist: '{}'", input.activity_arn);
            cx.host.answer(ticket, Err(Error::activity_does_not_exist(missing).into()));
        }
    }
    states.tags.remove(&input.activity_arn);
    Ok(DeleteActivityOutput {})
}
