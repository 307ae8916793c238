//! Lets a rule call a target, and takes that back: the permissions that AWS's console sees to when a target is chosen.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html>

use serde_json::{Value, json};

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::state::cloud;
use crate::state::eventbridge::Listed;
use crate::state::eventbridge::policy::{
    function_permission, has_statement, queue_statement, statement_id, with_statement,
    without_statement,
};
use crate::state::eventbridge::target::{Kind, Target, named_by, queue_url, short};
use crate::words::eventbridge as said;

/// Lets the rule call the target, and send to its dead-letter queue.
pub async fn grant(desk: &Desk, tell: &Tell, rule: &Listed, target: &Target) {
    let sid = statement_id(&rule.name, &target.id);
    match named_by(&target.arn) {
        Some((Kind::Function, name)) => let_invoke(desk, tell, rule, (&sid, &name)).await,
        Some((Kind::Queue, _)) => let_send(desk, tell, rule, (&sid, &target.arn)).await,
        // A state machine, a bus or an API destination is called by the target's own role.
        _ => {}
    }
    if let Some(dead) = target.dead_letter_arn() {
        let_send(desk, tell, rule, (&of_dead_letters(&sid), dead)).await;
    }
}

/// Takes back what [`grant`] gave for a target, and what the one that is there now does not need.
pub async fn revoke(
    desk: &Desk,
    tell: &Tell,
    rule: &Listed,
    (old, now): (&Target, Option<&Target>),
) {
    let sid = statement_id(&rule.name, &old.id);
    if now.is_none_or(|now| now.arn != old.arn) {
        match named_by(&old.arn) {
            Some((Kind::Function, name)) => forbid_invoke(desk, tell, (&sid, &name)).await,
            Some((Kind::Queue, _)) => forbid_send(desk, tell, (&sid, &old.arn)).await,
            _ => {}
        }
    }
    let dead = old.dead_letter_arn();
    if let Some(dead) = dead.filter(|dead| now.and_then(Target::dead_letter_arn) != Some(dead)) {
        forbid_send(desk, tell, (&of_dead_letters(&sid), dead)).await;
    }
}

fn of_dead_letters(sid: &str) -> String {
    format!("{sid}_dlq")
}

/// The policy of a function, as it is now; empty where it has none.
async fn function_policy(desk: &Desk, name: &str) -> String {
    let named = json!({ "FunctionName": name });
    let shown = cloud::view_at("lambda", "function", &desk.region, &named, None).await;
    let policy = shown.ok().and_then(|shown: Value| shown.get("Policy").cloned());
    policy.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The policy of a queue, as it is now; empty where it has none.
async fn queue_policy(desk: &Desk, arn: &str) -> String {
    let named = json!({ "QueueName": short(arn) });
    let shown = cloud::view_at("sqs", "queue", &desk.region, &named, None).await;
    let policy = shown.ok().and_then(|shown| shown.pointer("/Attributes/Policy").cloned());
    policy.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

async fn let_invoke(desk: &Desk, tell: &Tell, rule: &Listed, (sid, name): (&str, &str)) {
    if !has_statement(&function_policy(desk, name).await, sid) {
        let words = (said::letting(name), said::MADE_PERMISSION.to_owned());
        let input = function_permission(sid, name, &rule.arn);
        act(desk, tell, words, ("lambda", "AddPermission"), input).await;
    }
}

async fn forbid_invoke(desk: &Desk, tell: &Tell, (sid, name): (&str, &str)) {
    // Another may have given the permission, under another name: then there is nothing to take away.
    if has_statement(&function_policy(desk, name).await, sid) {
        let words = (said::TOOK_PERMISSION.to_owned(), said::TOOK_PERMISSION.to_owned());
        let input = json!({ "FunctionName": name, "StatementId": sid });
        act(desk, tell, words, ("lambda", "RemovePermission"), input).await;
    }
}

async fn let_send(desk: &Desk, tell: &Tell, rule: &Listed, (sid, arn): (&str, &str)) {
    let policy = queue_policy(desk, arn).await;
    if !has_statement(&policy, sid) {
        let policy = with_statement(&policy, queue_statement(sid, arn, &rule.arn));
        let words = (said::letting(&short(arn)), said::MADE_PERMISSION.to_owned());
        set_policy(desk, tell, words, (arn, policy)).await;
    }
}

async fn forbid_send(desk: &Desk, tell: &Tell, (sid, arn): (&str, &str)) {
    let policy = queue_policy(desk, arn).await;
    if has_statement(&policy, sid) {
        let words = (said::TOOK_PERMISSION.to_owned(), said::TOOK_PERMISSION.to_owned());
        set_policy(desk, tell, words, (arn, without_statement(&policy, sid))).await;
    }
}

async fn set_policy(
    desk: &Desk,
    tell: &Tell,
    words: (String, String),
    (arn, policy): (&str, String),
) {
    let input = json!({ "QueueUrl": queue_url(arn), "Attributes": { "Policy": policy } });
    act(desk, tell, words, ("sqs", "SetQueueAttributes"), input).await;
}
