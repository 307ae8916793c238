//! Who may do what with a queue: its own account, unless its policy denies; and whom its policy lets.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-authentication-and-access-control.html>
//!
//! Differences from AWS: what the caller's own policies say is not looked at yet, and what is not signed does not get
//! here, whatever a policy says of everybody.

use cloudarium_policy::caller::Identity;
use cloudarium_policy::{Caller, Context, Kind, Request, Verdict, evaluate, parse};
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::{Key, Queue, State};
use crate::name;

/// "Cross-account permissions don't apply to this action."
const OWNER_ONLY: [&str; 10] = [
    "AddPermission",
    "CancelMessageMoveTask",
    "DeleteQueue",
    "ListMessageMoveTasks",
    "ListQueueTags",
    "RemovePermission",
    "SetQueueAttributes",
    "StartMessageMoveTask",
    "TagQueue",
    "UntagQueue",
];

/// The queue that an address names, if the caller may do this with it.
pub fn of_url(sqs: &State, cx: &Ctx<'_>, url: &str, action: &str) -> Result<Key, Error> {
    if url.is_empty() {
        return Err(Error::missing("QueueUrl"));
    }
    let key = name::of_url(cx, url)?;
    check(sqs, cx, &key, action)?;
    Ok(key)
}

/// Whether the caller may do this with a queue; and whether that is there.
pub fn check(sqs: &State, cx: &Ctx<'_>, key: &Key, action: &str) -> Result<(), Error> {
    let queue = sqs.queues.get(key).ok_or_else(Error::no_queue)?;
    let account = &cx.caller.account;
    let mut context = Context::default();
    let service = cx.caller.service();
    let is_own = service.is_none() && *account == key.account;
    let caller = match service {
        Some((name, source_arn)) => {
            context.set("aws:SourceArn", source_arn);
            context.set("aws:SourceAccount", account.as_str());
            Caller {
                identity: Identity::Service { name: name.to_owned() },
                canonical_user: String::new(),
            }
        }
        None => Caller::from_arn(account, &cx.caller.arn, &cx.caller.user_id),
    };
    for (key, value) in cx.global_conditions() {
        context.set(key, value);
    }
    caller.tell(&mut context);
    // A batch needs the permission of its single action.
    let action = action.strip_suffix("Batch").unwrap_or(action);
    let verdict = policy_says((key, queue), &caller, action, &context);
    let allowed = match verdict {
        Some(Verdict::Denies(_)) => false,
        Some(Verdict::Allows(..)) => is_own || !OWNER_ONLY.contains(&action),
        _ => is_own,
    };
    if allowed {
        return Ok(());
    }
    let action = format!("sqs:{}", action.to_ascii_lowercase());
    let why = if matches!(verdict, Some(Verdict::Denies(_))) {
        "with an explicit deny in a resource-based policy".to_owned()
    } else {
        format!("because no resource-based policy allows the {action} action")
    };
    Err(Error::AccessDenied(format!(
        "User: {} is not authorized to perform: {action} on resource: {} {why}",
        caller.shown(),
        name::arn(key)
    )))
}

fn policy_says(
    (key, queue): (&Key, &Queue),
    caller: &Caller,
    action: &str,
    context: &Context,
) -> Option<Verdict> {
    let policy = parse(queue.settings.policy.as_deref()?, Kind::Resource).ok()?;
    let (action, resource) = (format!("sqs:{action}"), name::arn(key));
    let request = Request { caller, action: &action, resource: &resource, context };
    Some(evaluate(&policy, &request))
}
