//! Resource policies: statements by qualifier.

use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::model::{Policy, State};
use crate::name::Target;

/// The policy of what a request names, made if there is none.
pub fn of_mut<'a>(lambda: &'a mut State, target: &Target) -> Result<&'a mut Policy, Error> {
    let qualifier = target.qualifier.clone().unwrap_or_default();
    Ok(lambda.function_mut(target)?.policies.entry(qualifier).or_default())
}

/// A statement's name.
pub fn sid(statement: &str) -> Option<String> {
    let json: Json = serde_json::from_str(statement).ok()?;
    json.get("Sid").and_then(Json::as_str).map(str::to_owned)
}

/// The whole policy.
pub fn document(policy: &Policy) -> String {
    let parsed = policy.statements.iter().filter_map(|one| serde_json::from_str(one).ok());
    let statements: Vec<Json> = parsed.collect();
    json!({ "Version": "2012-10-17", "Id": "default", "Statement": statements }).to_string()
}

/// Whether the revision that a request expects is the latest.
pub fn check_revision(policy: &Policy, sent: Option<&str>) -> Result<(), Error> {
    match sent {
        Some(sent) if sent != policy.revision_id => Err(Error::Precondition(
            "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy \
             API to retrieve the latest Revision Id"
                .to_owned(),
        )),
        _ => Ok(()),
    }
}
