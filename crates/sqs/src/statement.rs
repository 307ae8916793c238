//! Statements of a queue's policy that `AddPermission` makes and `RemovePermission` takes away.

use cloudarium_env::place;
use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::limits::{ACTIONS_MAX, NAME_CHARS_MAX, STATEMENTS_MAX};
use crate::model::Key;
use crate::name;

/// Actions that another account can be let do.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html>
const ACTIONS: [&str; 9] = [
    "*",
    "SendMessage",
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "PurgeQueue",
];

/// What a statement says.
pub struct New<'a> {
    /// Its name.
    pub label: &'a str,
    /// Whom it lets.
    pub accounts: &'a [String],
    /// What it lets them do.
    pub actions: &'a [String],
}

/// The policy with one statement more.
pub fn add(policy: Option<&str>, key: &Key, new: &New<'_>) -> Result<String, Error> {
    check(new)?;
    let mut document = document(policy, key);
    let statements = document.get_mut("Statement").and_then(Json::as_array_mut);
    let statements = statements.ok_or_else(broken)?;
    if statements.iter().any(|it| sid(it) == Some(new.label)) {
        return Err(Error::value(new.label, "Label", "Already exists."));
    }
    if statements.len() >= STATEMENTS_MAX {
        return Err(Error::OverLimit(format!(
            "{} statements were found, maximum allowed is {STATEMENTS_MAX}.",
            statements.len() + 1
        )));
    }
    let principals = new.accounts.iter().map(|it| format!("arn:aws:iam::{it}:root"));
    let actions = new.actions.iter().map(|it| format!("SQS:{it}"));
    statements.push(json!({
        "Sid": new.label,
        "Effect": "Allow",
        "Principal": { "AWS": one_or_all(principals) },
        "Action": one_or_all(actions),
        "Resource": name::arn(key),
    }));
    Ok(document.to_string())
}

/// The policy without a statement; `None` if none is left.
pub fn remove(policy: Option<&str>, key: &Key, label: &str) -> Result<Option<String>, Error> {
    let mut document = document(policy, key);
    let statements = document.get_mut("Statement").and_then(Json::as_array_mut);
    let statements = statements.ok_or_else(broken)?;
    let before = statements.len();
    statements.retain(|it| sid(it) != Some(label));
    if statements.len() == before {
        return Err(Error::value(label, "Label", "can't find label."));
    }
    let is_empty = statements.is_empty();
    Ok((!is_empty).then(|| document.to_string()))
}

fn check(new: &New<'_>) -> Result<(), Error> {
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let label = new.label;
    if label.is_empty() || label.len() > NAME_CHARS_MAX || !label.chars().all(fits) {
        let reason =
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
        return Err(Error::value(label, "Label", reason));
    }
    if new.accounts.is_empty() {
        return Err(Error::missing("AWSAccountId"));
    }
    if new.actions.is_empty() {
        return Err(Error::missing("Actions"));
    }
    if new.actions.len() > ACTIONS_MAX {
        return Err(Error::OverLimit(format!(
            "{} Actions were found, maximum allowed is {ACTIONS_MAX}.",
            new.actions.len()
        )));
    }
    if let Some(action) = new.actions.iter().find(|it| !ACTIONS.contains(&it.as_str())) {
        let reason = "Only the queue owner is allowed to invoke this action.";
        return Err(Error::value(&format!("SQS:{action}"), "ActionName", reason));
    }
    if let Some(account) = new.accounts.iter().find(|it| !place::is_account(it)) {
        let reason = format!("Unable to verify the account {account}.");
        return Err(Error::value(account, "PrincipalId", &reason));
    }
    Ok(())
}

/// The policy as it is, with its statements in a list.
fn document(policy: Option<&str>, key: &Key) -> Json {
    let parsed = policy.and_then(|policy| serde_json::from_str::<Json>(policy).ok());
    let mut document = parsed.filter(Json::is_object).unwrap_or_else(|| {
        let id = format!("{}/SQSDefaultPolicy", name::arn(key));
        json!({ "Version": "2012-10-17", "Id": id, "Statement": [] })
    });
    if let Some(statement) = document.get_mut("Statement").filter(|it| it.is_object()) {
        *statement = json!([statement.clone()]);
    }
    document
}

fn broken() -> Error {
    Error::InvalidAttributeValue("Invalid value for the parameter Policy.".to_owned())
}

fn sid(statement: &Json) -> Option<&str> {
    statement.get("Sid").and_then(Json::as_str)
}

fn one_or_all(texts: impl Iterator<Item = String>) -> Json {
    let mut all: Vec<Json> = texts.map(Json::from).collect();
    if all.len() == 1 { all.pop().unwrap_or_default() } else { Json::Array(all) }
}
