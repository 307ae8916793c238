//! `CreateLogGroup`: makes a log group.
//!
//! Differences from AWS: the class `STANDARD` only; no KMS key, no deletion protection.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::GROUPS_MAX;
use crate::model::{Group, State};
use crate::{store, tags};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLogGroupInput {
    log_group_name: String,
    tags: Option<BTreeMap<String, String>>,
    log_group_class: Option<String>,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct CreateLogGroupOutput {}

/// "Log group names can't start with the string aws/".
fn is_reserved(name: &str) -> bool {
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws/"))
}

/// Runs the operation.
pub fn create_log_group(
    logs: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateLogGroupInput,
) -> Result<CreateLogGroupOutput, Error> {
    if let Some(class) = input.log_group_class.filter(|class| class != "STANDARD") {
        return Err(Error::NotSimulated(format!("log groups of the class {class}")));
    }
    if is_reserved(&input.log_group_name) {
        return Err(Error::parameter("Log groups starting with AWS/ are reserved for AWS."));
    }
    let tags = input.tags.unwrap_or_default();
    tags::check(&tags)?;
    let key = store::key(cx, &input.log_group_name);
    if logs.groups.contains_key(&key) {
        return Err(Error::GroupExists);
    }
    if logs.groups_here(cx, "").count() >= GROUPS_MAX {
        return Err(Error::LimitExceeded);
    }
    logs.groups.insert(key, Rc::new(Group::new(cx.now, tags)));
    Ok(CreateLogGroupOutput {})
}
