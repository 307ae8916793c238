//! What one policy answers.

use crate::arn::arn_fits;
use crate::document::{Effect, Policy, Statement};
use crate::pattern::action_fits;
use crate::principal::{Reach, reach};
use crate::{Request, condition};

/// What one policy answers. Statements are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A statement denies.
    Denies(usize),
    /// A statement allows, and none denies.
    Allows(usize, Reach),
    /// None fits.
    Silent,
}

/// What `policy` answers. The first that denies decides; of those that allow, the one that names the
/// caller most directly.
pub fn evaluate(policy: &Policy, request: &Request<'_>) -> Verdict {
    let mut allows: Option<(usize, Reach)> = None;
    for (at, statement) in policy.statements.iter().enumerate() {
        let Some(reach) = fits(statement, request) else { continue };
        match statement.effect {
            Effect::Deny => return Verdict::Denies(at),
            Effect::Allow => {
                if allows.is_none_or(|(_, before)| reach > before) {
                    allows = Some((at, reach));
                }
            }
        }
    }
    allows.map_or(Verdict::Silent, |(at, reach)| Verdict::Allows(at, reach))
}

/// Whether a statement is about the request, and how directly it names the caller.
fn fits(statement: &Statement, request: &Request<'_>) -> Option<Reach> {
    let named = reach_of(statement, request)?;
    let fits = action_of(statement, request)
        && resource_of(statement, request)
        && statement.conditions.iter().all(|it| condition::holds(it, request.context));
    fits.then_some(named)
}

/// The policies of an identity are about whom they belong to.
pub fn reach_of(statement: &Statement, request: &Request<'_>) -> Option<Reach> {
    match &statement.principal {
        None => Some(Reach::Directly),
        Some(principals) => reach(principals, request.caller),
    }
}

/// Whether the action is one of the statement's.
pub fn action_of(statement: &Statement, request: &Request<'_>) -> bool {
    let actions = &statement.action;
    let named = actions.patterns.iter().any(|pattern| action_fits(pattern, request.action));
    named != actions.not
}

/// Whether the resource is one of the statement's. One with a variable that has no value is none.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>
pub fn resource_of(statement: &Statement, request: &Request<'_>) -> bool {
    let resources = &statement.resource;
    let named = resources.patterns.iter().any(|pattern| {
        let tokens = pattern.tokens(request.context);
        tokens.is_some_and(|tokens| arn_fits(&tokens, request.resource))
    });
    named != resources.not
}
