//! What several policies come to.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>

use crate::Request;
use crate::caller::Identity;
use crate::document::Policy;
use crate::evaluate::{Verdict, evaluate};
use crate::principal::Reach;

/// A policy and the name it is known by.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// `ReadReports`
    pub name: &'a str,
    /// What it says.
    pub policy: &'a Policy,
}

/// All policies that are asked about one request.
#[derive(Debug, Clone, Copy)]
pub struct Policies<'a> {
    /// Those of the caller.
    pub identity: IdentityPolicies<'a>,
    /// The most that those may allow.
    pub boundary: Option<Named<'a>>,
    /// The most that the caller's session may do.
    pub session: Option<Named<'a>>,
    /// That of the resource.
    pub resource: Option<Named<'a>>,
    /// The account that the resource is in.
    pub resource_account: &'a str,
}

/// The policies of the caller.
#[derive(Debug, Clone, Copy)]
pub enum IdentityPolicies<'a> {
    /// The caller may do all that its account may.
    Administrator,
    /// Its own, and those of its groups.
    These(&'a [Named<'a>]),
}

/// What is asked, in this order. A deny ends the asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs, reason = "AWS's names")]
pub enum GateKind {
    IdentityPolicy,
    PermissionsBoundary,
    SessionPolicy,
    ResourcePolicy,
}

/// What one kind of policy answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Answer {
    /// It allows.
    Allows,
    /// It denies, whatever allows.
    Denies,
    /// None of its statements fits, or there is none.
    Silent,
    /// It was not asked: the answer was certain, or it does not concern the caller.
    NotAsked,
}

/// What one kind of policy answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Which kind.
    pub kind: GateKind,
    /// What it answered.
    pub answer: Answer,
    /// Which policy answered (of several of one kind), from 0, and which of its statements.
    pub statement: Option<(usize, usize)>,
    /// How directly that names the caller.
    pub reach: Option<Reach>,
}

/// What the policies come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether the caller may.
    pub allowed: bool,
    /// What each kind answered.
    pub gates: Vec<Gate>,
    /// Which of them decided: the one that denies, the one that allows, or the one whose allowing
    /// is missing.
    pub decides: GateKind,
}

impl Decision {
    /// Whether something denies; if not, what is missing is something that allows.
    pub fn is_explicit_deny(&self) -> bool {
        self.gates.iter().any(|gate| gate.answer == Answer::Denies)
    }

    /// What one kind answered.
    pub fn gate(&self, kind: GateKind) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.kind == kind)
    }

    fn answer(&self, kind: GateKind) -> Answer {
        self.gate(kind).map_or(Answer::NotAsked, |gate| gate.answer)
    }

    /// Whether a kind of policy that only narrows lets pass: there is none, or it allows.
    fn passes(&self, kind: GateKind) -> bool {
        matches!(self.answer(kind), Answer::Allows | Answer::NotAsked)
    }
}

/// Whether the caller may.
pub fn decide(policies: &Policies<'_>, request: &Request<'_>) -> Decision {
    let mut decision =
        Decision { allowed: false, gates: Vec::new(), decides: GateKind::ResourcePolicy };
    for kind in [
        GateKind::IdentityPolicy,
        GateKind::PermissionsBoundary,
        GateKind::SessionPolicy,
        GateKind::ResourcePolicy,
    ] {
        let gate = if decision.is_explicit_deny() {
            not_asked(kind)
        } else {
            ask(kind, policies, request)
        };
        if gate.answer == Answer::Denies {
            decision.decides = kind;
        }
        decision.gates.push(gate);
    }
    if !decision.is_explicit_deny() {
        (decision.allowed, decision.decides) = weigh(&decision, policies, request);
    }
    decision
}

/// Where nothing denies: who must allow, and whether they do.
fn weigh(decision: &Decision, policies: &Policies<'_>, request: &Request<'_>) -> (bool, GateKind) {
    use GateKind::{IdentityPolicy, PermissionsBoundary, ResourcePolicy, SessionPolicy};
    let resource = decision.gate(ResourcePolicy).and_then(|gate| gate.reach);
    let Some(account) = request.caller.account() else {
        // Nobody, or a service: there is no account that could allow.
        return (resource.is_some(), ResourcePolicy);
    };
    let same_account = account == policies.resource_account;
    let narrowed = [PermissionsBoundary, SessionPolicy].into_iter();
    let narrows = narrowed.clone().find(|kind| !decision.passes(*kind));
    if same_account {
        match resource {
            Some(Reach::Directly) => return (true, ResourcePolicy),
            Some(Reach::Role) => return (narrows.is_none(), narrows.unwrap_or(ResourcePolicy)),
            Some(Reach::Account) | None => {}
        }
    }
    if decision.answer(IdentityPolicy) != Answer::Allows {
        return (false, IdentityPolicy);
    }
    if let Some(kind) = narrows {
        return (false, kind);
    }
    if same_account {
        return (true, IdentityPolicy);
    }
    // Both accounts must allow.
    (resource.is_some(), ResourcePolicy)
}

fn ask(kind: GateKind, policies: &Policies<'_>, request: &Request<'_>) -> Gate {
    let unsigned = request.caller.account().is_none();
    match kind {
        GateKind::IdentityPolicy if unsigned => not_asked(kind),
        GateKind::IdentityPolicy => match policies.identity {
            IdentityPolicies::Administrator => {
                Gate { answer: Answer::Allows, reach: Some(Reach::Directly), ..not_asked(kind) }
            }
            IdentityPolicies::These(_)
                if matches!(request.caller.identity, Identity::Root { .. }) =>
            {
                // The root user has no policies, and may do all.
                Gate { answer: Answer::Allows, reach: Some(Reach::Directly), ..not_asked(kind) }
            }
            IdentityPolicies::These(these) => ask_all(kind, these, request),
        },
        GateKind::PermissionsBoundary => ask_one(kind, policies.boundary, request),
        GateKind::SessionPolicy => ask_one(kind, policies.session, request),
        GateKind::ResourcePolicy => match policies.resource {
            Some(policy) => ask_all(kind, &[policy], request),
            None => Gate { answer: Answer::Silent, ..not_asked(kind) },
        },
    }
}

/// A kind of policy that need not be there.
fn ask_one(kind: GateKind, policy: Option<Named<'_>>, request: &Request<'_>) -> Gate {
    policy.map_or_else(|| not_asked(kind), |policy| ask_all(kind, &[policy], request))
}

fn ask_all(kind: GateKind, policies: &[Named<'_>], request: &Request<'_>) -> Gate {
    let mut gate = Gate { answer: Answer::Silent, ..not_asked(kind) };
    for (at, named) in policies.iter().enumerate() {
        match evaluate(named.policy, request) {
            Verdict::Denies(statement) => {
                return Gate {
                    answer: Answer::Denies,
                    statement: Some((at, statement)),
                    ..not_asked(kind)
                };
            }
            Verdict::Allows(statement, reach) if gate.reach.is_none_or(|before| reach > before) => {
                gate.answer = Answer::Allows;
                gate.statement = Some((at, statement));
                gate.reach = Some(reach);
            }
            Verdict::Allows(..) | Verdict::Silent => {}
        }
    }
    gate
}

fn not_asked(kind: GateKind) -> Gate {
    Gate { kind, answer: Answer::NotAsked, statement: None, reach: None }
}
