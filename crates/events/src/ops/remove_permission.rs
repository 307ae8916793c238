//! `RemovePermission`: takes a statement, or all of them, out of a bus's policy.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{permission, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RemovePermissionInput {
    statement_id: Option<String>,
    remove_all_permissions: Option<bool>,
    event_bus_name: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct RemovePermissionOutput {}

/// Runs the operation.
pub fn remove_permission(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: RemovePermissionInput,
) -> Result<RemovePermissionOutput, Error> {
    let key = store::bus(events, cx, input.event_bus_name.as_deref(), "RemovePermission")?;
    let policy = events.buses.get(&key).and_then(|bus| bus.policy.clone());
    let left = match input.statement_id {
        _ if input.remove_all_permissions == Some(true) => None,
        Some(statement_id) => permission::remove(policy.as_deref(), &statement_id)?,
        None => {
            let words = "Parameter StatementId must be specified.".to_owned();
            return Err(Error::Validation(words));
        }
    };
    let bus = events.bus_mut(&key, cx.now)?;
    bus.policy = left;
    bus.modified = cx.now;
    Ok(RemovePermissionOutput {})
}
