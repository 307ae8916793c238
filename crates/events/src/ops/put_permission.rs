//! `PutPermission`: lets another account send events to a bus, or gives the bus a whole policy.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html>

use cloudarium_policy::Kind;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::permission::{self, New};
use crate::store;

/// What accounts can be let do, one by one.
const PUT_EVENTS: &str = "events:PutEvents";

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutPermissionInput {
    event_bus_name: Option<String>,
    action: Option<String>,
    principal: Option<String>,
    statement_id: Option<String>,
    condition: Option<Condition>,
    policy: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Condition {
    #[serde(rename = "Type")]
    operator: String,
    key: String,
    value: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct PutPermissionOutput {}

/// Runs the operation.
pub fn put_permission(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: PutPermissionInput,
) -> Result<PutPermissionOutput, Error> {
    let key = store::bus(events, cx, input.event_bus_name.as_deref(), "PutPermission")?;
    let before = events.buses.get(&key).and_then(|bus| bus.policy.clone());
    let policy = if let Some(policy) = input.policy {
        whole(policy)?
    } else {
        let missing =
            |name: &str| Error::Validation(format!("Parameter {name} must be specified."));
        let statement_id = input.statement_id.ok_or_else(|| missing("StatementId"))?;
        let principal = input.principal.ok_or_else(|| missing("Principal"))?;
        let action = input.action.ok_or_else(|| missing("Action"))?;
        if action != PUT_EVENTS {
            return Err(Error::Validation(
                "Provided value in parameter 'action' is not supported.".to_owned(),
            ));
        }
        let condition = input.condition.as_ref();
        let condition =
            condition.map(|it| (it.operator.as_str(), it.key.as_str(), it.value.as_str()));
        let new =
            New { statement_id: &statement_id, principal: &principal, action: &action, condition };
        permission::put(before.as_deref(), &key, &new)?
    };
    let bus = events.bus_mut(&key, cx.now)?;
    bus.policy = Some(policy);
    bus.modified = cx.now;
    Ok(PutPermissionOutput {})
}

/// A policy that says all, in place of what is there.
fn whole(policy: String) -> Result<String, Error> {
    if let Err(why) = cloudarium_policy::parse(&policy, Kind::Resource) {
        // guess: AWS documents no words.
        return Err(Error::Validation(format!("Parameter Policy is not valid. Reason: {why}")));
    }
    permission::check_length(policy)
}
