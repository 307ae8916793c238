//! Whom a statement is about.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::caller::{Caller, Identity};
use crate::document::{PrincipalId, Principals};

/// How directly a statement names a caller: what decides whether the caller's own policies must
/// allow too. The later, the more directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// By its account, to which the permission is delegated.
    Account,
    /// By its role, whose boundary and session policies still hold.
    Role,
    /// Itself, or everyone.
    Directly,
}

/// How `principals` reach the caller; `None`: not at all.
pub fn reach(principals: &Principals, caller: &Caller) -> Option<Reach> {
    if principals.not {
        return (!excepted(principals, caller)).then_some(Reach::Directly);
    }
    principals.entries.iter().filter_map(|entry| entry_reach(entry, caller)).max()
}

fn entry_reach(entry: &PrincipalId, caller: &Caller) -> Option<Reach> {
    let identity = &caller.identity;
    match entry {
        PrincipalId::Everyone => Some(Reach::Directly),
        PrincipalId::Account(account) => {
            let own = caller.account() == Some(account);
            let root = matches!(identity, Identity::Root { .. });
            own.then_some(if root { Reach::Directly } else { Reach::Account })
        }
        PrincipalId::CanonicalUser(id) => {
            let own = !id.is_empty() && *id == caller.canonical_user;
            own.then_some(Reach::Account)
        }
        PrincipalId::Arn(named) => match identity {
            Identity::User { arn, .. } | Identity::FederatedUser { arn, .. } => {
                (arn == named).then_some(Reach::Directly)
            }
            Identity::RoleSession { arn, .. } if arn == named => Some(Reach::Directly),
            Identity::RoleSession { role_arn, .. } if role_arn == named => Some(Reach::Role),
            _ => None,
        },
        PrincipalId::Service(named) => match identity {
            Identity::Service { name } => {
                (named == name || named == "*").then_some(Reach::Directly)
            }
            _ => None,
        },
        PrincipalId::Federated(named) => match identity {
            Identity::RoleSession { provider: Some(provider), .. } => {
                (named == provider || named == "*").then_some(Reach::Directly)
            }
            _ => None,
        },
        PrincipalId::UniqueId(_) => None,
    }
}

/// Whether `NotPrincipal` spares the caller. AWS looks at the account first, then at the role, then
/// at the session or user: each of them must be named.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn excepted(principals: &Principals, caller: &Caller) -> bool {
    let has = |wanted: PrincipalId| principals.entries.contains(&wanted);
    let arn = |arn: &String| has(PrincipalId::Arn(arn.clone()));
    let own_account = || {
        let by_number = caller.account().is_some_and(|it| has(PrincipalId::Account(it.to_owned())));
        by_number || has(PrincipalId::CanonicalUser(caller.canonical_user.clone()))
    };
    has(PrincipalId::Everyone)
        || match &caller.identity {
            Identity::Anonymous => false,
            Identity::Root { .. } => own_account(),
            Identity::User { arn: own, .. } | Identity::FederatedUser { arn: own, .. } => {
                arn(own) && own_account()
            }
            Identity::RoleSession { arn: own, role_arn, .. } => {
                arn(own) && arn(role_arn) && own_account()
            }
            Identity::Service { name } => has(PrincipalId::Service(name.clone())),
        }
}
