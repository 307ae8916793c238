//! ARNs and names of Step Functions.

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;

/// An ARN of something of Step Functions, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// `stateMachine`, `execution`, `express`, `activity`, `mapRun`
    pub kind: &'a str,
    /// What follows.
    pub name: &'a str,
}

/// Takes an ARN apart; what is none of Step Functions is refused.
pub fn parse(arn: &str) -> Result<Parts<'_>, Error> {
    let invalid = || Error::invalid_arn(format!("Invalid Arn: '{arn}'"));
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    match parts.as_slice() {
        ["arn", partition, "states", region, account, kind, name]
            if partition.starts_with("aws") && !region.is_empty() && place::is_account(account) =>
        {
            let known = ["stateMachine", "execution", "express", "activity", "mapRun"];
            if known.contains(kind) && !name.is_empty() {
                Ok(Parts { kind, name })
            } else {
                Err(invalid())
            }
        }
        _ => Err(invalid()),
    }
}

/// An ARN that must be of one of these kinds.
pub fn of_kind<'a>(arn: &'a str, kinds: &[&str]) -> Result<Parts<'a>, Error> {
    let parts = parse(arn)?;
    if kinds.contains(&parts.kind) {
        return Ok(parts);
    }
    let message = format!("Invalid Arn: 'Resource type not valid in this context: {}'", parts.kind);
    Err(Error::invalid_arn(message))
}

/// The ARN of something here.
pub fn here(cx: &Ctx<'_>, kind: &str, name: &str) -> String {
    place::arn("states", cx.region, &cx.caller.account, &format!("{kind}:{name}"))
}

/// The Region of any ARN.
pub fn region_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(3).filter(|region| !region.is_empty())
}

/// A state machine's ARN without version or alias, and that.
pub fn machine(arn: &str) -> Result<(String, Option<&str>), Error> {
    let parts = of_kind(arn, &["stateMachine"])?;
    match parts.name.split_once(':') {
        None => Ok((arn.to_owned(), None)),
        Some((name, qualifier)) => {
            let cut = arn.len() - parts.name.len() + name.len();
            Ok((arn.get(..cut).unwrap_or(arn).to_owned(), Some(qualifier)))
        }
    }
}

/// Refuses what cannot be a name.
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>
pub fn check_name(name: &str) -> Result<(), Error> {
    const FORBIDDEN: &str = "<>{}[]?*\"#%\\^|~`$&,;:/";
    let fine = |c: char| !c.is_whitespace() && !c.is_control() && !FORBIDDEN.contains(c);
    if name.is_empty() || name.chars().count() > 80 || !name.chars().all(fine) {
        return Err(Error::invalid_name(format!("Invalid Name: '{name}'")));
    }
    Ok(())
}

/// Refuses what cannot be a role's ARN.
pub fn check_role(arn: &str) -> Result<(), Error> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "iam", "", account, name]
            if place::is_account(account) && name.starts_with("role/") =>
        {
            Ok(())
        }
        _ => Err(Error::invalid_arn(format!("Invalid Role Arn: '{arn}'"))),
    }
}
