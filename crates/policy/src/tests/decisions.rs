//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::{OBJECT, identity_policy, other, resource_policy, user};
use crate::caller::{Caller, Identity};
use crate::context::Context;
use crate::decide::{Answer, GateKind, IdentityPolicies};
use crate::explain::explain;
use crate::{Named, Policies, Policy, Request, decide};

const ALLOW: &str = r#""Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shop/*""#;
const DENY: &str = r#""Effect":"Deny","Action":"s3:*","Resource":"*""#;
const NOTHING: &str = r#""Effect":"Allow","Action":"s3:PutObject","Resource":"*""#;

/// The policies of one case, of each kind at most one.
#[derive(Default)]
struct Those {
    identity: Option<Policy>,
    boundary: Option<Policy>,
    session: Option<Policy>,
    resource: Option<Policy>,
}

fn named(policy: &Policy) -> Named<'_> {
    Named { name: "policy", policy }
}

/// Whether the caller may get the object of account 111122223333, and which kind decides.
fn may(those: &Those, caller: &Caller) -> (bool, GateKind) {
    let identity: Vec<Named<'_>> = those.identity.iter().map(named).collect();
    let policies = Policies {
        identity: IdentityPolicies::These(&identity),
        boundary: those.boundary.as_ref().map(named),
        session: those.session.as_ref().map(named),
        resource: those.resource.as_ref().map(named),
        resource_account: "111122223333",
    };
    let context = Context::default();
    let request = Request { caller, action: "s3:GetObject", resource: OBJECT, context: &context };
    let decision = decide(&policies, &request);
    // The explanation tells the same.
    let explained = explain(&policies, &request);
    assert_eq!(explained.allowed, decision.allowed);
    assert_eq!(explained.gates.iter().filter(|gate| gate.decides).count(), 1);
    (decision.allowed, decision.decides)
}

#[allow(clippy::unnecessary_wraps, reason = "tables read better so")]
fn to(principal: &str, members: &str) -> Option<Policy> {
    Some(resource_policy(&format!(r#""Principal":{principal},{members}"#)))
}

#[allow(clippy::unnecessary_wraps, reason = "tables read better so")]
fn own(members: &str) -> Option<Policy> {
    Some(identity_policy(members))
}

#[test]
fn within_one_account() {
    use GateKind::{IdentityPolicy, PermissionsBoundary, ResourcePolicy, SessionPolicy};
    let alice = r#"{"AWS":"arn:aws:iam::111122223333:user/team/alice"}"#;
    let account = r#"{"AWS":"111122223333"}"#;
    let cases = [
        // Nothing allows.
        (Those::default(), (false, IdentityPolicy)),
        (Those { identity: own(NOTHING), ..Those::default() }, (false, IdentityPolicy)),
        // Either policy is enough.
        (Those { identity: own(ALLOW), ..Those::default() }, (true, IdentityPolicy)),
        (Those { resource: to(alice, ALLOW), ..Those::default() }, (true, ResourcePolicy)),
        (Those { resource: to(r#""*""#, ALLOW), ..Those::default() }, (true, ResourcePolicy)),
        // To allow the account only delegates.
        (Those { resource: to(account, ALLOW), ..Those::default() }, (false, IdentityPolicy)),
        (
            Those { identity: own(ALLOW), resource: to(account, ALLOW), ..Those::default() },
            (true, IdentityPolicy),
        ),
        // A deny wins, wherever it stands.
        (
            Those { identity: own(DENY), resource: to(alice, ALLOW), ..Those::default() },
            (false, IdentityPolicy),
        ),
        (
            Those { identity: own(ALLOW), resource: to(r#""*""#, DENY), ..Those::default() },
            (false, ResourcePolicy),
        ),
        (
            Those { identity: own(ALLOW), boundary: own(DENY), ..Those::default() },
            (false, PermissionsBoundary),
        ),
        // Boundaries and session policies narrow what the identity's policies allow ...
        (
            Those { identity: own(ALLOW), boundary: own(NOTHING), ..Those::default() },
            (false, PermissionsBoundary),
        ),
        (
            Those { identity: own(ALLOW), boundary: own(ALLOW), ..Those::default() },
            (true, IdentityPolicy),
        ),
        (
            Those { identity: own(ALLOW), session: own(NOTHING), ..Those::default() },
            (false, SessionPolicy),
        ),
        (
            Those { boundary: own(ALLOW), session: own(ALLOW), ..Those::default() },
            (false, IdentityPolicy),
        ),
        // ... but not what a resource's policy allows the user itself.
        (
            Those { boundary: own(NOTHING), resource: to(alice, ALLOW), ..Those::default() },
            (true, ResourcePolicy),
        ),
    ];
    for (at, (those, expected)) in cases.iter().enumerate() {
        assert_eq!(may(those, &user()), *expected, "case {at}");
    }
}

#[test]
fn roles_are_narrowed_and_their_sessions_are_not() {
    let session = Caller::from_arn(
        "111122223333",
        "arn:aws:sts::111122223333:assumed-role/reader/tom",
        "AROAX:tom",
    );
    let role = r#"{"AWS":"arn:aws:iam::111122223333:role/reader"}"#;
    let itself = r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/reader/tom"}"#;
    let with = |principal: &str, session: Option<Policy>| Those {
        session,
        resource: to(principal, ALLOW),
        ..Those::default()
    };
    let cases = [
        (with(role, None), (true, GateKind::ResourcePolicy)),
        (with(role, own(NOTHING)), (false, GateKind::SessionPolicy)),
        (with(role, own(ALLOW)), (true, GateKind::ResourcePolicy)),
        (with(itself, own(NOTHING)), (true, GateKind::ResourcePolicy)),
        (with(itself, own(DENY)), (false, GateKind::SessionPolicy)),
    ];
    for (at, (those, expected)) in cases.iter().enumerate() {
        assert_eq!(may(those, &session), *expected, "case {at}");
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
#[test]
fn across_accounts_both_must_allow() {
    use GateKind::{IdentityPolicy, ResourcePolicy};
    let bob = r#"{"AWS":"arn:aws:iam::444455556666:user/bob"}"#;
    let account = r#"{"AWS":"444455556666"}"#;
    let cases = [
        (Those { identity: own(ALLOW), ..Those::default() }, (false, ResourcePolicy)),
        (Those { resource: to(bob, ALLOW), ..Those::default() }, (false, IdentityPolicy)),
        (
            Those { identity: own(ALLOW), resource: to(bob, ALLOW), ..Those::default() },
            (true, ResourcePolicy),
        ),
        (
            Those { identity: own(ALLOW), resource: to(account, ALLOW), ..Those::default() },
            (true, ResourcePolicy),
        ),
        (
            Those { identity: own(ALLOW), resource: to(r#""*""#, ALLOW), ..Those::default() },
            (true, ResourcePolicy),
        ),
        (
            Those { identity: own(ALLOW), resource: to(bob, DENY), ..Those::default() },
            (false, ResourcePolicy),
        ),
        (
            Those { identity: own(DENY), resource: to(bob, ALLOW), ..Those::default() },
            (false, IdentityPolicy),
        ),
    ];
    for (at, (those, expected)) in cases.iter().enumerate() {
        assert_eq!(may(those, &other()), *expected, "case {at}");
    }
}

#[test]
fn nobody_and_services_need_the_resources_policy_alone() {
    let lambda = Caller {
        identity: Identity::Service { name: "lambda.amazonaws.com".to_owned() },
        canonical_user: String::new(),
    };
    let cases = [
        (to(r#""*""#, ALLOW), Caller::anonymous(), true),
        (to(r#"{"AWS":"*"}"#, ALLOW), Caller::anonymous(), true),
        (to(r#"{"AWS":"111122223333"}"#, ALLOW), Caller::anonymous(), false),
        (to(r#""*""#, DENY), Caller::anonymous(), false),
        (None, Caller::anonymous(), false),
        (to(r#"{"Service":"lambda.amazonaws.com"}"#, ALLOW), lambda.clone(), true),
        (to(r#"{"AWS":"111122223333"}"#, ALLOW), lambda, false),
    ];
    for (resource, caller, allowed) in cases {
        let those = Those { resource, ..Those::default() };
        assert_eq!(may(&those, &caller), (allowed, GateKind::ResourcePolicy), "{}", caller.shown());
    }
}

#[test]
fn the_root_user_needs_no_policy_and_obeys_a_deny() {
    let root = Caller::from_arn("111122223333", "arn:aws:iam::111122223333:root", "111122223333");
    assert_eq!(may(&Those::default(), &root), (true, GateKind::IdentityPolicy));
    let denied = Those { resource: to(r#""*""#, DENY), ..Those::default() };
    assert_eq!(may(&denied, &root), (false, GateKind::ResourcePolicy));
}

/// What a console shows of a deny: which gate, which statement, which part of it.
#[test]
fn an_explanation_names_gate_statement_and_parts() {
    let text = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AccountReads", "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop/*"
    },
    {
      "Sid": "FinanceOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
      "Resource": "arn:aws:s3:::shop/orders/*",
      "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "finance"}}
    }
  ]
}"#;
    let policy = crate::parse(text, crate::Kind::Resource).unwrap();
    let caller = user();
    let mut context = Context::default();
    context.set("aws:PrincipalTag/team", "marketing");
    let request =
        Request { caller: &caller, action: "s3:GetObject", resource: OBJECT, context: &context };
    let policies = Policies {
        identity: IdentityPolicies::Administrator,
        boundary: None,
        session: None,
        resource: Some(Named { name: "Bucket policy of shop", policy: &policy }),
        resource_account: "111122223333",
    };
    let explained = explain(&policies, &request);
    assert!(!explained.allowed);
    let [identity, resource] = explained.gates.as_slice() else { panic!("two gates") };
    assert_eq!((identity.answer, identity.decides), (Answer::Allows, false));
    assert_eq!(identity.reason, "Administrator");
    assert_eq!((resource.answer, resource.decides), (Answer::Denies, true));
    assert_eq!((resource.reason, resource.statement), ("StatementDenies", Some(1)));
    let statement = &resource.statements[1];
    assert_eq!(statement.sid.as_deref(), Some("FinanceOnly"));
    assert_eq!((statement.lines.first, statement.lines.last, statement.fits), (9, 13, true));
    let parts: Vec<(&str, bool)> =
        statement.parts.iter().map(|part| (part.part.as_str(), part.fits)).collect();
    let fitting =
        [("Principal", true), ("Action", true), ("Resource", true), ("StringNotEquals", true)];
    assert_eq!(parts, fitting);
    assert_eq!(statement.parts[3].asked, Some(vec!["marketing".to_owned()]));
    let value = serde_json::to_value(&explained).unwrap();
    assert_eq!(value["Gates"][1]["Answer"], "Denies");
    assert_eq!(value["Gates"][1]["Statements"][1]["Parts"][3]["Says"][0], "finance");
}

#[test]
fn after_a_deny_nothing_more_is_asked() {
    let denies = identity_policy(DENY);
    let allows = resource_policy(&format!(r#""Principal":"*",{ALLOW}"#));
    let caller = user();
    let context = Context::default();
    let request =
        Request { caller: &caller, action: "s3:GetObject", resource: OBJECT, context: &context };
    let identity = [named(&denies)];
    let policies = Policies {
        identity: IdentityPolicies::These(&identity),
        boundary: None,
        session: None,
        resource: Some(named(&allows)),
        resource_account: "111122223333",
    };
    let explained = explain(&policies, &request);
    let answers: Vec<Answer> = explained.gates.iter().map(|gate| gate.answer).collect();
    assert_eq!(answers, [Answer::Denies, Answer::NotAsked]);
    assert_eq!(explained.gates[1].reason, "AlreadyDenied");
}
