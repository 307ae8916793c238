//! Who may do what with a bus: its own account, unless its policy denies; and whom its policy lets.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html>
//!
//! Differences from AWS: what the caller's own policies say is not looked at yet.

use cloudarium_policy::{Caller, Context, Kind, Request, Verdict, evaluate, parse};
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::{BusKey, State};
use crate::name;

/// Whether the caller may do this with a bus. `told` are condition keys that say more of what is asked.
pub fn check(
    state: &State,
    cx: &Ctx<'_>,
    bus: &BusKey,
    action: &str,
    told: &[(&str, &str)],
) -> Result<(), Error> {
    let caller = Caller::from_arn(&cx.caller.account, &cx.caller.arn, &cx.caller.user_id);
    let mut context = Context::default();
    for (key, value) in cx.global_conditions() {
        context.set(key, value);
    }
    decide(state, bus, (&caller, context), action, told)
}

/// Whether a rule's events may go to a bus.
pub fn check_role(
    state: &State,
    (role_arn, source_arn): (&str, &str),
    bus: &BusKey,
    told: &[(&str, &str)],
) -> Result<(), Error> {
    let account = role_arn.split(':').nth(4).unwrap_or_default();
    let role = role_arn.rsplit('/').next().unwrap_or_default();
    let arn = format!("arn:aws:sts::{account}:assumed-role/{role}/events");
    let caller = Caller::from_arn(account, &arn, "events");
    let mut context = Context::default();
    context.set("aws:SourceArn", source_arn);
    decide(state, bus, (&caller, context), "PutEvents", told)
}

fn decide(
    state: &State,
    bus: &BusKey,
    (caller, mut context): (&Caller, Context),
    action: &str,
    told: &[(&str, &str)],
) -> Result<(), Error> {
    caller.tell(&mut context);
    for (key, value) in told {
        context.set(key, *value);
    }
    let is_own = caller.account() == Some(bus.account.as_str());
    let (action, resource) = (format!("events:{action}"), name::bus_arn(bus));
    let request = Request { caller, action: &action, resource: &resource, context: &context };
    let policy = state.buses.get(bus).and_then(|bus| bus.policy.as_deref());
    let policy = policy.and_then(|text| parse(text, Kind::Resource).ok());
    let verdict = policy.map(|policy| evaluate(&policy, &request));
    let why = match verdict {
        Some(Verdict::Denies(_)) => "with an explicit deny in a resource-based policy".to_owned(),
        Some(Verdict::Allows(..)) => return Ok(()),
        _ if is_own => return Ok(()),
        _ => format!("because no resource-based policy allows the {action} action"),
    };
    Err(Error::AccessDenied(format!(
        "User: {} is not authorized to perform: {action} on resource: {resource} {why}",
        caller.shown()
    )))
}
