//! Who may invoke a function: its own account, and those whom its resource policy lets.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>
//!
//! Differences from AWS: what the caller's own policies say is not looked at yet.

use cloudarium_policy::{Caller, Context, Kind, Request, Verdict, evaluate, parse};
use cloudarium_service::{Ctx, Fault, Principal};

use crate::error::Error;
use crate::layer;
use crate::model::{Function, Key, Policy};
use crate::name::Target;
use crate::policy;

const INVOKE: &str = "lambda:InvokeFunction";
const GET_LAYER: &str = "lambda:GetLayerVersion";
const INVOKE_URL: &str = "lambda:InvokeFunctionUrl";

/// The address lets in those who sign, and may.
pub const IAM: &str = "AWS_IAM";

/// The role by which CloudWatch Logs acts on its own behalf, and what the ARNs begin with of what it acts for.
const LOGS: (&str, &str) = (":assumed-role/AWSServiceRoleForCloudWatchLogs/", "arn:aws:logs:");

/// Whether the caller may invoke this.
pub fn check_invoke(cx: &Ctx<'_>, target: &Target, function: &Function) -> Result<(), Error> {
    let account = &cx.caller.account;
    let mut context = Context::default();
    let callers = match service(cx.caller, &target.key.region) {
        Some((names, source_arn)) => {
            context.set("aws:SourceArn", source_arn);
            context.set("aws:SourceAccount", account.as_str());
            names.into_iter().map(named).collect()
        }
        None if *account == target.key.account => return Ok(()),
        None => vec![Caller::from_arn(account, &cx.caller.arn, &cx.caller.user_id)],
    };
    let allows = |caller: &Caller| {
        let mut context = context.clone();
        caller.tell(&mut context);
        let verdict = policy_says((target, function), caller, INVOKE, &context);
        matches!(verdict, Some(Verdict::Allows(..)))
    };
    if callers.iter().any(allows) {
        return Ok(());
    }
    let shown = callers.first().map(Caller::shown).unwrap_or_default();
    Err(Error::AccessDenied(format!(
        "User: {shown} is not authorized to perform: {INVOKE} on resource: {} because no \
         resource-based policy allows the {INVOKE} action",
        target.arn()
    )))
}

/// The names of the service that calls on its own behalf, if one does, and the ARN of what it acts for. `CloudWatch` Logs has
/// two, of which policies may have either: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>.
fn service(caller: &Principal, region: &str) -> Option<(Vec<String>, String)> {
    if let Some((name, source_arn)) = caller.service() {
        return Some((vec![name.to_owned()], source_arn));
    }
    let (role, begin) = LOGS;
    let (_, of) = caller.arn.split_once(role).filter(|_| caller.access_key_id.is_empty())?;
    let names = vec!["logs.amazonaws.com".to_owned(), format!("logs.{region}.amazonaws.com")];
    Some((names, format!("{begin}{of}")))
}

fn named(name: String) -> Caller {
    Caller {
        identity: cloudarium_policy::caller::Identity::Service { name },
        canonical_user: String::new(),
    }
}

/// Whether the caller may come by the function's address.
/// <https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html>: who may, may both call the address and invoke; and
/// the resource policy counts for an open address too.
pub fn check_url(
    cx: &Ctx<'_>,
    target: &Target,
    function: &Function,
    auth_type: &str,
) -> Result<(), Fault> {
    let is_open = auth_type != IAM;
    if !is_open && cx.caller.is_anonymous() {
        return Err(forbidden());
    }
    let caller = if is_open {
        Caller::anonymous()
    } else {
        Caller::from_arn(&cx.caller.account, &cx.caller.arn, &cx.caller.user_id)
    };
    let mut context = Context::default();
    caller.tell(&mut context);
    context.set("lambda:FunctionUrlAuthType", auth_type);
    context.set("lambda:InvokedViaFunctionUrl", "true");
    // What the caller's own policies say is not looked at yet: in its own account it may what is not denied.
    let is_own = !is_open && cx.caller.account == target.key.account;
    let may = |action| match policy_says((target, function), &caller, action, &context) {
        Some(Verdict::Allows(..)) => true,
        Some(Verdict::Denies(..)) => false,
        _ => is_own,
    };
    if may(INVOKE_URL) && may(INVOKE) { Ok(()) } else { Err(forbidden()) }
}

/// Whether the caller may use a version of a layer: its own account may.
pub fn check_layer(cx: &Ctx<'_>, (key, number): (&Key, u64), policy: &Policy) -> Result<(), Error> {
    if cx.caller.account == key.account {
        return Ok(());
    }
    let caller = Caller::from_arn(&cx.caller.account, &cx.caller.arn, &cx.caller.user_id);
    let mut context = Context::default();
    caller.tell(&mut context);
    let resource = layer::version_arn(key, number);
    let request =
        Request { caller: &caller, action: GET_LAYER, resource: &resource, context: &context };
    let parsed = parse(&policy::document(policy), Kind::Resource).ok();
    match parsed.map(|policy| evaluate(&policy, &request)) {
        Some(Verdict::Allows(..)) => Ok(()),
        _ => Err(Error::AccessDenied(format!(
            "User: {} is not authorized to perform: {GET_LAYER} on resource: {resource} because no \
             resource-based policy allows the {GET_LAYER} action",
            caller.shown()
        ))),
    }
}

/// The words that callers get.
pub fn forbidden() -> Fault {
    Fault::new(
        "AccessDeniedException",
        403,
        "Forbidden. For troubleshooting Function URL authorization issues, see: \
         https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    )
    .hint(
        "The function's policy must allow both lambda:InvokeFunctionUrl and lambda:InvokeFunction; \
         an address of type AWS_IAM takes signed requests only.",
    )
}

/// What the resource policy says of an action; `None` without one.
fn policy_says(
    (target, function): (&Target, &Function),
    caller: &Caller,
    action: &str,
    context: &Context,
) -> Option<Verdict> {
    let resource = target.arn();
    let request = Request { caller, action, resource: &resource, context };
    let found = function.policies.get(target.qualifier.as_deref().unwrap_or_default())?;
    let policy = parse(&policy::document(found), Kind::Resource).ok()?;
    Some(evaluate(&policy, &request))
}
