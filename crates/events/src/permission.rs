//! Statements of a bus's policy that `PutPermission` makes and `RemovePermission` takes away.

use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::limits::POLICY_CHARS_MAX;
use crate::model::BusKey;
use crate::name;

/// What a statement says.
pub struct New<'a> {
    /// Its name.
    pub statement_id: &'a str,
    /// An account, or `*`.
    pub principal: &'a str,
    /// `events:PutEvents`
    pub action: &'a str,
    /// A condition: operator, key, value.
    pub condition: Option<(&'a str, &'a str, &'a str)>,
}

/// The policy with one statement more, or another in the place of the one of that name.
pub fn put(policy: Option<&str>, bus: &BusKey, new: &New<'_>) -> Result<String, Error> {
    let principal = match new.principal {
        "*" => json!("*"),
        account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
    };
    let mut statement = json!({
        "Sid": new.statement_id,
        "Effect": "Allow",
        "Principal": principal,
        "Action": new.action,
        "Resource": name::bus_arn(bus),
    });
    if let (Some((operator, key, value)), Some(members)) =
        (new.condition, statement.as_object_mut())
    {
        members.insert("Condition".to_owned(), json!({ operator: { key: value } }));
    }
    let mut statements = statements(policy);
    match statements.iter_mut().find(|it| is_called(it, new.statement_id)) {
        Some(there) => *there = statement,
        None => statements.push(statement),
    }
    check_length(document(&statements))
}

/// The policy without a statement; `None` if none is left.
pub fn remove(policy: Option<&str>, statement_id: &str) -> Result<Option<String>, Error> {
    let mut statements = statements(policy);
    let before = statements.len();
    statements.retain(|it| !is_called(it, statement_id));
    if statements.len() == before {
        return Err(Error::ResourceNotFound(
            "Statement with the provided id does not exist.".to_owned(),
        ));
    }
    Ok((!statements.is_empty()).then(|| document(&statements)))
}

/// A policy, if it is not too long.
pub fn check_length(policy: String) -> Result<String, Error> {
    if policy.chars().count() > POLICY_CHARS_MAX {
        // guess: AWS tells the limit, and no words.
        return Err(Error::PolicyLengthExceeded(format!(
            "The policy is longer than {POLICY_CHARS_MAX} characters."
        )));
    }
    Ok(policy)
}

fn document(statements: &[Json]) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn statements(policy: Option<&str>) -> Vec<Json> {
    let parsed = policy.and_then(|text| serde_json::from_str::<Json>(text).ok());
    match parsed.as_ref().and_then(|it| it.get("Statement")) {
        Some(Json::Array(all)) => all.clone(),
        Some(one @ Json::Object(_)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

fn is_called(statement: &Json, name: &str) -> bool {
    statement.get("Sid").and_then(Json::as_str) == Some(name)
}
