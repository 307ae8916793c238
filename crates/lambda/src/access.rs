//! Who may invoke a function: its own account, and those whom its resource policy lets.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>
//!
//! Differences from AWS: what the caller's own policies say is not looked at yet.

use cloudarium_policy::{Caller, Context, Kind, Request, Verdict, evaluate, parse};
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::Function;
use crate::name::Target;
use crate::policy;

const INVOKE: &str = "lambda:InvokeFunction";

/// Services that call functions on their own behalf: by the role that they act with, their name, and
/// what the ARNs begin with of what they act for. A session of such a role is named after that.
const SERVICES: [(&str, &str, &str); 1] =
    [("AWSServiceRoleForAmazonS3", "s3.amazonaws.com", "arn:aws:s3:::")];

/// Whether the caller may invoke this.
pub fn check_invoke(cx: &Ctx<'_>, target: &Target, function: &Function) -> Result<(), Error> {
    let account = &cx.caller.account;
    let mut context = Context::default();
    let caller = match service(cx) {
        Some((name, source_arn)) => {
            context.set("aws:SourceArn", source_arn);
            context.set("aws:SourceAccount", account.as_str());
            Caller {
                identity: cloudarium_policy::caller::Identity::Service { name: name.to_owned() },
                canonical_user: String::new(),
            }
        }
        None if *account == target.key.account => return Ok(()),
        None => Caller::from_arn(account, &cx.caller.arn, &cx.caller.user_id),
    };
    caller.tell(&mut context);
    let resource = target.arn();
    let request =
        Request { caller: &caller, action: INVOKE, resource: &resource, context: &context };
    let found = function.policies.get(target.qualifier.as_deref().unwrap_or_default());
    let parsed = found.and_then(|it| parse(&policy::document(it), Kind::Resource).ok());
    match parsed.map(|policy| evaluate(&policy, &request)) {
        Some(Verdict::Allows(..)) => Ok(()),
        _ => Err(Error::AccessDenied(format!(
            "User: {} is not authorized to perform: {INVOKE} on resource: {resource} because no \
             resource-based policy allows the {INVOKE} action",
            caller.shown()
        ))),
    }
}

/// The service that calls on its own behalf, and what it acts for.
fn service(cx: &Ctx<'_>) -> Option<(&'static str, String)> {
    if !cx.caller.access_key_id.is_empty() {
        return None;
    }
    let (_, session) = cx.caller.arn.split_once(":assumed-role/")?;
    let (role, of) = session.split_once('/')?;
    let (_, name, begin) = SERVICES.iter().find(|(known, ..)| *known == role)?;
    Some((name, format!("{begin}{of}")))
}
