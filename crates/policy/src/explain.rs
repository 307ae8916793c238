//! Why: the gates that a request passed in their order, and the statements that decided, part by
//! part. Made for a console, which words it.

use serde::Serialize;

use crate::decide::{Answer, Decision, GateKind, IdentityPolicies, Named, Policies, decide};
use crate::document::{Condition, Effect, Lines, Statement};
use crate::evaluate::{action_of, reach_of, resource_of};
use crate::{Request, condition};

/// So many values of a list are shown.
const SHOWN_MAX: usize = 20;

/// Whether a caller may, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Explanation {
    /// Whether.
    pub allowed: bool,
    /// What was asked, in this order. A service adds what it asks beyond policies.
    pub gates: Vec<GateReport>,
}

/// What one gate answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GateReport {
    /// `IdentityPolicy`, `ResourcePolicy`, ..., or a service's own.
    pub gate: String,
    /// What it answered.
    pub answer: Answer,
    /// Whether this one decided.
    pub decides: bool,
    /// Why, in a word that a page can turn into a sentence.
    pub reason: &'static str,
    /// The policy that answered.
    pub policy: Option<String>,
    /// The statement that answered: its place in [`GateReport::statements`].
    pub statement: Option<usize>,
    /// All statements of that policy, those that do not fit too.
    pub statements: Vec<StatementReport>,
}

/// A statement, held against the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatementReport {
    /// Its name.
    pub sid: Option<String>,
    /// Its place in the policy, from 0.
    pub index: usize,
    /// Where it stands in the policy's text.
    pub lines: Lines,
    /// What it does when it fits.
    pub effect: Effect,
    /// Whether it fits: all parts do.
    pub fits: bool,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// One part of a statement: what it says, what was asked, and whether the two fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Part {
    /// `Principal`, `NotAction`, `StringEquals`, ...
    pub part: String,
    /// The key, of a condition.
    pub key: Option<String>,
    /// What the statement says.
    pub says: Vec<String>,
    /// What was asked; `None` of a condition whose key the request does not have.
    pub asked: Option<Vec<String>>,
    /// Whether the two fit.
    pub fits: bool,
}

/// Whether the caller may, and why.
pub fn explain(policies: &Policies<'_>, request: &Request<'_>) -> Explanation {
    let decision = decide(policies, request);
    let gates = decision.gates.iter();
    let gates = gates.filter(|gate| is_there(gate.kind, policies));
    Explanation {
        allowed: decision.allowed,
        gates: gates.map(|gate| report(gate.kind, &decision, policies, request)).collect(),
    }
}

/// Boundaries and session policies are only told of where there are any.
fn is_there(kind: GateKind, policies: &Policies<'_>) -> bool {
    match kind {
        GateKind::PermissionsBoundary => policies.boundary.is_some(),
        GateKind::SessionPolicy => policies.session.is_some(),
        GateKind::IdentityPolicy | GateKind::ResourcePolicy => true,
    }
}

fn report(
    kind: GateKind,
    decision: &Decision,
    policies: &Policies<'_>,
    request: &Request<'_>,
) -> GateReport {
    let asked = policies_of(kind, policies);
    let gate = decision.gate(kind);
    let answer = gate.map_or(Answer::NotAsked, |gate| gate.answer);
    let (policy_at, statement) = match gate.and_then(|gate| gate.statement) {
        Some((policy, statement)) => (policy, Some(statement)),
        None => (0, None),
    };
    let policy = asked.get(policy_at);
    let statements = match (answer, policy) {
        (Answer::NotAsked, _) | (_, None) => Vec::new(),
        (_, Some(named)) => {
            let statements = named.policy.statements.iter().enumerate();
            statements.map(|(index, it)| statement_report(index, it, request)).collect()
        }
    };
    GateReport {
        gate: name(kind).to_owned(),
        answer,
        decides: decision.decides == kind,
        reason: reason(kind, answer, policies, request),
        policy: policy.map(|named| named.name.to_owned()),
        statement,
        statements,
    }
}

fn name(kind: GateKind) -> &'static str {
    match kind {
        GateKind::IdentityPolicy => "IdentityPolicy",
        GateKind::PermissionsBoundary => "PermissionsBoundary",
        GateKind::SessionPolicy => "SessionPolicy",
        GateKind::ResourcePolicy => "ResourcePolicy",
    }
}

fn policies_of<'a>(kind: GateKind, policies: &Policies<'a>) -> Vec<Named<'a>> {
    match kind {
        GateKind::IdentityPolicy => match policies.identity {
            IdentityPolicies::Administrator => Vec::new(),
            IdentityPolicies::These(these) => these.to_vec(),
        },
        GateKind::PermissionsBoundary => policies.boundary.into_iter().collect(),
        GateKind::SessionPolicy => policies.session.into_iter().collect(),
        GateKind::ResourcePolicy => policies.resource.into_iter().collect(),
    }
}

fn reason(
    kind: GateKind,
    answer: Answer,
    policies: &Policies<'_>,
    request: &Request<'_>,
) -> &'static str {
    let unsigned = request.caller.account().is_none();
    match (answer, kind) {
        (Answer::NotAsked, GateKind::IdentityPolicy) if unsigned => "NoIdentity",
        (Answer::NotAsked, _) => "AlreadyDenied",
        (Answer::Denies, _) => "StatementDenies",
        (Answer::Allows, GateKind::IdentityPolicy) if policies_of(kind, policies).is_empty() => {
            "Administrator"
        }
        (Answer::Allows, _) => "StatementAllows",
        (Answer::Silent, _) if policies_of(kind, policies).is_empty() => "NoPolicy",
        (Answer::Silent, _) => "NoStatementFits",
    }
}

/// A statement, held against the request.
pub fn statement_report(
    index: usize,
    statement: &Statement,
    request: &Request<'_>,
) -> StatementReport {
    let mut parts = Vec::new();
    if let Some(principals) = &statement.principal {
        parts.push(Part {
            part: either(principals.not, "NotPrincipal", "Principal"),
            key: None,
            says: shown(principals.entries.iter().map(|entry| entry.shown().to_owned())),
            asked: Some(vec![request.caller.shown()]),
            fits: reach_of(statement, request).is_some(),
        });
    }
    parts.push(Part {
        part: either(statement.action.not, "NotAction", "Action"),
        key: None,
        says: shown(statement.action.patterns.iter().cloned()),
        asked: Some(vec![request.action.to_owned()]),
        fits: action_of(statement, request),
    });
    parts.push(Part {
        part: either(statement.resource.not, "NotResource", "Resource"),
        key: None,
        says: shown(statement.resource.patterns.iter().map(|it| it.source().to_owned())),
        asked: Some(vec![request.resource.to_owned()]),
        fits: resource_of(statement, request),
    });
    parts.extend(statement.conditions.iter().map(|it| condition_part(it, request)));
    StatementReport {
        sid: statement.sid.clone(),
        index,
        lines: statement.lines,
        effect: statement.effect,
        fits: parts.iter().all(|part| part.fits),
        parts,
    }
}

fn condition_part(condition: &Condition, request: &Request<'_>) -> Part {
    let asked = request.context.get(&condition.key);
    Part {
        part: condition.operator.name(),
        key: Some(condition.key.clone()),
        says: shown(condition.values.iter().map(|it| it.source().to_owned())),
        asked: asked.map(|values| shown(values.iter().cloned())),
        fits: condition::holds(condition, request.context),
    }
}

fn either(not: bool, negative: &str, positive: &str) -> String {
    if not { negative } else { positive }.to_owned()
}

fn shown(values: impl Iterator<Item = String>) -> Vec<String> {
    values.take(SHOWN_MAX).collect()
}
