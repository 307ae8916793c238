//! Resource policies: statements by qualifier.

use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::limits::POLICY_BYTES_MAX;
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

/// Adds a statement, unless another has its name or the policy would be too long.
pub fn add(
    policy: &mut Policy,
    (id, statement): (&str, &str),
    expected: Option<&str>,
) -> Result<(), Error> {
    check_revision(policy, expected)?;
    if policy.statements.iter().any(|one| sid(one).as_deref() == Some(id)) {
        return Err(Error::Conflict(format!(
            "The statement id ({id}) provided already exists. Please provide a new statement id, or \
             remove the existing statement."
        )));
    }
    let bytes = policy.statements.iter().map(String::len).sum::<usize>() + statement.len();
    if bytes > POLICY_BYTES_MAX {
        return Err(Error::PolicyLength(format!(
            "The final policy size ({bytes}) is bigger than the limit ({POLICY_BYTES_MAX})."
        )));
    }
    policy.statements.push(statement.to_owned());
    Ok(())
}

/// Takes a statement out.
pub fn remove(policy: &mut Policy, id: &str, expected: Option<&str>) -> Result<(), Error> {
    if policy.statements.is_empty() {
        return Err(none());
    }
    check_revision(policy, expected)?;
    let at = policy.statements.iter().position(|one| sid(one).as_deref() == Some(id));
    let at = at.ok_or_else(|| {
        Error::NotFound(format!("Statement {id} is not found in resource policy."))
    })?;
    policy.statements.remove(at);
    Ok(())
}

/// There is none.
pub fn none() -> Error {
    Error::NotFound("No policy is associated with the given resource.".to_owned())
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
