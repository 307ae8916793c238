//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::{other, resource_policy, user};
use crate::caller::{Caller, Identity};
use crate::context::Context;
use crate::principal::Reach;
use crate::{Request, Verdict, evaluate};

const CANONICAL: &str = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

fn session() -> Caller {
    let arn = "arn:aws:sts::111122223333:assumed-role/reader/tom";
    Caller::from_arn("111122223333", arn, "AROAX:tom")
}

fn root() -> Caller {
    Caller::from_arn("111122223333", "arn:aws:iam::111122223333:root", "111122223333")
}

fn service(name: &str) -> Caller {
    let identity = Identity::Service { name: name.to_owned() };
    Caller { identity, canonical_user: String::new() }
}

fn federated() -> Caller {
    let mut caller = session();
    if let Identity::RoleSession { provider, .. } = &mut caller.identity {
        *provider = Some("accounts.google.com".to_owned());
    }
    caller
}

fn verdict(members: &str, caller: &Caller) -> Verdict {
    let policy = resource_policy(&format!(r#"{members},"Action":"*","Resource":"*""#));
    let context = Context::default();
    evaluate(&policy, &Request { caller, action: "s3:GetObject", resource: "*", context: &context })
}

#[test]
fn whom_a_principal_reaches() {
    use Reach::{Account, Directly, Role};
    let known = user().with_canonical_user(CANONICAL);
    let canonical = format!(r#"{{"CanonicalUser":"{CANONICAL}"}}"#);
    let cases: Vec<(&str, Caller, Option<Reach>)> = vec![
        (r#""*""#, Caller::anonymous(), Some(Directly)),
        (r#"{"AWS":"*"}"#, Caller::anonymous(), Some(Directly)),
        (r#""*""#, user(), Some(Directly)),
        (r#""*""#, service("s3.amazonaws.com"), Some(Directly)),
        (r#"{"AWS":"111122223333"}"#, user(), Some(Account)),
        (r#"{"AWS":"111122223333"}"#, session(), Some(Account)),
        (r#"{"AWS":"arn:aws:iam::111122223333:root"}"#, root(), Some(Directly)),
        (r#"{"AWS":"111122223333"}"#, other(), None),
        (r#"{"AWS":"111122223333"}"#, Caller::anonymous(), None),
        (r#"{"AWS":"arn:aws:iam::111122223333:user/team/alice"}"#, user(), Some(Directly)),
        (r#"{"AWS":"arn:aws:iam::111122223333:user/team/ALICE"}"#, user(), None),
        (r#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#, user(), None),
        (r#"{"AWS":"arn:aws:iam::111122223333:role/reader"}"#, session(), Some(Role)),
        (
            r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/reader/tom"}"#,
            session(),
            Some(Directly),
        ),
        (r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/reader/sue"}"#, session(), None),
        (r#"{"AWS":"AIDAIOSFODNN7EXAMPLE1"}"#, user(), None),
        (&canonical, known, Some(Account)),
        (&canonical, user(), None),
        (r#"{"Service":"s3.amazonaws.com"}"#, service("s3.amazonaws.com"), Some(Directly)),
        (r#"{"Service":"sns.amazonaws.com"}"#, service("s3.amazonaws.com"), None),
        (r#"{"Service":"s3.amazonaws.com"}"#, user(), None),
        (r#"{"Federated":"accounts.google.com"}"#, federated(), Some(Directly)),
        (r#"{"Federated":"accounts.google.com"}"#, session(), None),
        (r#"{"AWS":["444455556666","111122223333"]}"#, user(), Some(Account)),
        (
            r#"{"AWS":["111122223333","arn:aws:iam::111122223333:user/team/alice"]}"#,
            user(),
            Some(Directly),
        ),
    ];
    for (principal, caller, expected) in cases {
        let answer = verdict(&format!(r#""Effect":"Allow","Principal":{principal}"#), &caller);
        let found = match answer {
            Verdict::Allows(0, reach) => Some(reach),
            Verdict::Silent => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{principal} {}", caller.shown());
    }
}

/// "You must also specify the account ARN of the principal that is not denied"; of a session, its
/// account, its role and itself.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
#[test]
fn whom_not_principal_spares() {
    let root_arn = "arn:aws:iam::111122223333:root";
    let alice = super::USER;
    let role = "arn:aws:iam::111122223333:role/reader";
    let tom = "arn:aws:sts::111122223333:assumed-role/reader/tom";
    let cases: Vec<(Vec<&str>, Caller, bool)> = vec![
        (vec![alice, root_arn], user(), true),
        (vec![alice, "111122223333"], user(), true),
        (vec![alice], user(), false),
        (vec![root_arn], user(), false),
        (vec![root_arn], root(), true),
        (vec![alice, root_arn], other(), false),
        (vec![alice, root_arn], Caller::anonymous(), false),
        (vec![tom, role, root_arn], session(), true),
        (vec![tom, root_arn], session(), false),
        (vec![role, root_arn], session(), false),
    ];
    for (named, caller, spared) in cases {
        let list: Vec<String> = named.iter().map(|it| format!("\"{it}\"")).collect();
        let members = format!(r#""Effect":"Deny","NotPrincipal":{{"AWS":[{}]}}"#, list.join(","));
        let denied = verdict(&members, &caller) == Verdict::Denies(0);
        assert_eq!(denied, !spared, "{named:?} {}", caller.shown());
    }
    let members = r#""Effect":"Deny","NotPrincipal":{"Service":"s3.amazonaws.com"}"#;
    assert_eq!(verdict(members, &service("s3.amazonaws.com")), Verdict::Silent);
    assert_eq!(verdict(members, &service("sns.amazonaws.com")), Verdict::Denies(0));
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
#[test]
fn what_is_told_of_each_caller() {
    let cases = vec![
        (user(), "User", Some("alice"), Some("AIDAALICE"), Some(super::USER)),
        (root(), "Account", None, Some("111122223333"), Some("arn:aws:iam::111122223333:root")),
        (
            session(),
            "AssumedRole",
            None,
            Some("AROAX:tom"),
            Some("arn:aws:iam::111122223333:role/reader"),
        ),
        (
            Caller::from_arn("1", "arn:aws:sts::1:federated-user/f", "1:f"),
            "FederatedUser",
            None,
            Some("1:f"),
            Some("arn:aws:sts::1:federated-user/f"),
        ),
        (Caller::anonymous(), "Anonymous", None, Some("anonymous"), None),
    ];
    for (caller, kind, name, id, arn) in cases {
        let mut context = Context::default();
        caller.tell(&mut context);
        assert_eq!(context.one("aws:PrincipalType"), Some(kind));
        assert_eq!(context.one("aws:username"), name, "{kind}");
        assert_eq!(context.one("aws:userid"), id, "{kind}");
        assert_eq!(context.one("aws:PrincipalArn"), arn, "{kind}");
    }
    let mut context = Context::default();
    service("s3.amazonaws.com").tell(&mut context);
    assert_eq!(context.one("aws:PrincipalServiceName"), Some("s3.amazonaws.com"));
    assert_eq!(context.one("aws:PrincipalIsAWSService"), Some("true"));
}
