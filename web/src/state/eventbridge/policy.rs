//! Policies of functions and queues that let EventBridge call them.

use serde_json::{Value, json};

/// What such a policy calls EventBridge.
const PRINCIPAL: &str = "events.amazonaws.com";

/// The name of the statement that lets a rule call its target.
pub fn statement_id(rule: &str, target: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name = format!("AWSEvents_{rule}_{target}");
    name.chars().map(|letter| if plain(letter) { letter } else { '_' }).take(100).collect()
}

/// The statement of a queue's policy that lets a rule send to it.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions>
pub fn queue_statement(sid: &str, queue_arn: &str, rule_arn: &str) -> Value {
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": { "Service": PRINCIPAL },
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": { "ArnEquals": { "aws:SourceArn": rule_arn } },
    })
}

/// The input of `AddPermission` that lets a rule invoke a function.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions>
pub fn function_permission(sid: &str, function: &str, rule_arn: &str) -> Value {
    json!({
        "FunctionName": function,
        "StatementId": sid,
        "Action": "lambda:InvokeFunction",
        "Principal": PRINCIPAL,
        "SourceArn": rule_arn,
    })
}

/// Whether a policy has a statement of this name.
pub fn has_statement(policy: &str, sid: &str) -> bool {
    statements(policy).iter().any(|one| is_called(one, sid))
}

/// The statements of a policy.
pub fn statements(policy: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(policy).unwrap_or_default();
    match document.get("Statement") {
        Some(Value::Array(all)) => all.clone(),
        Some(one @ Value::Object(_)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// A policy with one statement more.
pub fn with_statement(policy: &str, statement: Value) -> String {
    let mut document: Value = serde_json::from_str(policy).unwrap_or_default();
    if !document.is_object() {
        document = json!({ "Version": "2012-10-17" });
    }
    let all: Vec<Value> = statements(policy).into_iter().chain([statement]).collect();
    if let Some(members) = document.as_object_mut() {
        members.insert("Statement".to_owned(), all.into());
    }
    document.to_string()
}

/// A policy without the statement of this name; empty if none is left.
pub fn without_statement(policy: &str, sid: &str) -> String {
    let mut document: Value = serde_json::from_str(policy).unwrap_or_default();
    let left: Vec<Value> =
        statements(policy).into_iter().filter(|one| !is_called(one, sid)).collect();
    if left.is_empty() {
        return String::new();
    }
    if let Some(members) = document.as_object_mut() {
        members.insert("Statement".to_owned(), left.into());
    }
    document.to_string()
}

fn is_called(statement: &Value, sid: &str) -> bool {
    statement.get("Sid").and_then(Value::as_str) == Some(sid)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";
    const RULE: &str = "arn:aws:events:us-east-1:123456789012:rule/r";

    #[test]
    fn a_queue_lets_a_rule_in_and_forgets_it_again() {
        let sid = statement_id("paid orders", "t.1");
        assert_eq!(sid, "AWSEvents_paid_orders_t_1");
        let own = json!({ "Version": "2008-10-17", "Id": "mine", "Statement": { "Sid": "own" } });
        let policy = with_statement(&own.to_string(), queue_statement(&sid, QUEUE, RULE));
        assert!(has_statement(&policy, "own") && has_statement(&policy, &sid));
        let kept: Value = serde_json::from_str(&policy).expect("a policy");
        assert_eq!(kept.get("Id"), Some(&json!("mine")));
        let without = without_statement(&policy, &sid);
        assert!(has_statement(&without, "own") && !has_statement(&without, &sid));
        let first = with_statement("", queue_statement(&sid, QUEUE, RULE));
        assert!(has_statement(&first, &sid));
        assert_eq!(without_statement(&first, &sid), "");
    }
}
