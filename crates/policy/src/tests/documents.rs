//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use super::{context, user};
use crate::document::{Effect, Lines, PrincipalId, Version};
use crate::parse::{Kind, parse};
use crate::{Request, Verdict, evaluate};

fn refused(kind: Kind, text: &str) -> String {
    match parse(text, kind) {
        Err(error) => error.to_string(),
        Ok(policy) => panic!("read: {policy:?}"),
    }
}

/// A policy with one statement of these members, and why it is refused.
fn statement_refused(kind: Kind, members: &str) -> String {
    refused(kind, &format!(r#"{{"Version":"2012-10-17","Statement":[{{{members}}}]}}"#))
}

const WHOLE: &str =
    r#""Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#;

#[test]
fn what_is_no_policy_is_refused_in_awss_words() {
    let cases = [
        ("", "Policies must be valid JSON and the first byte must be '{'"),
        (" {}", "Policies must be valid JSON and the first byte must be '{'"),
        ("[]", "Policies must be valid JSON and the first byte must be '{'"),
        ("\u{feff}{}", "Policies must be valid JSON and the first byte must be '{'"),
        ("{", "This policy contains invalid Json"),
        ("{}}", "This policy contains invalid Json"),
        (r#"{"Statement": [}"#, "This policy contains invalid Json"),
        ("{'Statement': []}", "This policy contains invalid Json"),
        ("{}", "Missing required field Statement"),
        (r#"{"Version":"2012-10-17"}"#, "Missing required field Statement"),
        (
            r#"{"Version":"2021-10-17","Statement":[]}"#,
            "The policy must contain a valid version string",
        ),
        (
            r#"{"Version":20121017,"Statement":[]}"#,
            "The policy must contain a valid version string",
        ),
        (r#"{"Statement":[]}"#, "Could not parse the policy: Statement is empty!"),
        (r#"{"Statement":"x"}"#, "Invalid policy syntax."),
        (r#"{"Statement":[1]}"#, "Invalid policy syntax."),
        (r#"{"Statement":[],"Condition":{}}"#, "Unknown field Condition"),
        (r#"{"statement":[]}"#, "Missing required field Statement"),
        (
            r#"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}"#,
            "Duplicate field Version",
        ),
    ];
    for (text, words) in cases {
        assert_eq!(refused(Kind::Resource, text), words, "{text}");
    }
}

#[test]
fn a_statement_that_is_none_is_refused_in_awss_words() {
    let cases = [
        ("", "Missing required field Effect"),
        (r#""Effect":"allow""#, "Invalid effect: allow"),
        (r#""Effect":"Allow""#, "Missing required field Principal"),
        (r#""Effect":"Allow","Principal":"*""#, "Missing required field Action"),
        (r#""Effect":"Allow","Principal":"*","Action":"s3:*""#, "Missing required field Resource"),
        (
            r#""Effect":"Allow","Principal":"*","Action":[],"Resource":"*""#,
            "Policy has invalid action",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"GetObject","Resource":"*""#,
            "Policy has invalid action",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:","Resource":"*""#,
            "Policy has invalid action",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:a:b","Resource":"*""#,
            "Policy has invalid action",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":{"a":1},"Resource":"*""#,
            "Policy has invalid action",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"shop/*""#,
            "Policy has invalid resource",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3""#,
            "Policy has invalid resource",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":[]"#,
            "Policy has invalid resource",
        ),
        (
            r#""Effect":"Allow","Principal":"*","Action":"a:b","NotAction":"a:c","Resource":"*""#,
            "Duplicate field NotAction",
        ),
        (
            r#""Effect":"Allow","NotPrincipal":"*","Action":"s3:*","Resource":"*""#,
            "Allow with NotPrincipal is not allowed.",
        ),
    ];
    for (members, words) in cases {
        assert_eq!(statement_refused(Kind::Resource, members), words, "{members}");
    }
    let more = [
        (r#""condition":{}"#, "Unknown field condition"),
        (r#""Effect":"Deny""#, "Duplicate field Effect"),
        (r#""Condition":[]"#, "Invalid policy syntax."),
        (r#""Condition":{"StringEqual":{"aws:a":"b"}}"#, "Invalid Condition type : StringEqual"),
        (r#""Condition":{"stringequals":{"aws:a":"b"}}"#, "Invalid Condition type : stringequals"),
        (
            r#""Condition":{"ForSome:StringEquals":{"aws:a":"b"}}"#,
            "Invalid Condition type : ForSome:StringEquals",
        ),
        (
            r#""Condition":{"NullIfExists":{"aws:a":"true"}}"#,
            "Invalid Condition type : NullIfExists",
        ),
        (r#""Condition":{"StringEquals":{"prefix":"b"}}"#, "Policy has an invalid condition key"),
        (r#""Condition":{"StringEquals":{":a":"b"}}"#, "Policy has an invalid condition key"),
        (r#""Condition":{"StringEquals":{"aws:a":{}}}"#, "Invalid policy syntax."),
        (
            r#""Condition":{"IpAddress":{"aws:SourceIp":"1.2.3"}}"#,
            "Invalid IP address in Conditions",
        ),
        (
            r#""Condition":{"IpAddress":{"aws:SourceIp":"1.2.3.4/33"}}"#,
            "Invalid IP address in Conditions",
        ),
        (r#""Condition":{"NumericEquals":{"s3:max-keys":"ten"}}"#, "Invalid value in Conditions"),
        (
            r#""Condition":{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#,
            "Invalid value in Conditions",
        ),
        (r#""Condition":{"Bool":{"aws:SecureTransport":"yes"}}"#, "Invalid value in Conditions"),
        (r#""Condition":{"Null":{"aws:a":"x"}}"#, "Invalid value in Conditions"),
        (r#""Condition":{"BinaryEquals":{"aws:a":"*"}}"#, "Invalid value in Conditions"),
        (r#""Condition":{"Bool":{"aws:a":true},"Bool":{"aws:b":true}}"#, "Duplicate field Bool"),
    ];
    for (member, words) in more {
        assert_eq!(
            statement_refused(Kind::Resource, &format!("{WHOLE},{member}")),
            words,
            "{member}"
        );
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[test]
fn principals_that_cannot_be_are_refused() {
    let cases = [
        r#""alice""#,
        r#"{"AWS":"alice"}"#,
        r#"{"AWS":"1234"}"#,
        r#"{"AWS":"arn:aws:iam::111122223333:user/*"}"#,
        r#"{"AWS":"arn:aws:iam::111122223333:user/"}"#,
        r#"{"AWS":"arn:aws:iam::111122223333:group/admins"}"#,
        r#"{"AWS":"arn:aws:iam::tenant:root"}"#,
        r#"{"AWS":"arn:aws:s3:::bucket"}"#,
        r#"{"AWS":[]}"#,
        r#"{"aws":"*"}"#,
        r#"{"Service":"s3"}"#,
        r#"{"Service":"*.amazonaws.com"}"#,
        r#"{"CanonicalUser":"abc"}"#,
        r#"{"Federated":""}"#,
        "{}",
        "[]",
        "1",
    ];
    for principal in cases {
        let members =
            format!(r#""Effect":"Allow","Principal":{principal},"Action":"s3:*","Resource":"*""#);
        let words = statement_refused(Kind::Resource, &members);
        assert_eq!(words, "Invalid principal in policy", "{principal}");
    }
}

#[test]
fn principals_are_read_in_all_their_forms() {
    let id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    let arn = |arn: &str| PrincipalId::Arn(arn.to_owned());
    let cases = [
        (r#""*""#.to_owned(), PrincipalId::Everyone),
        (r#"{"AWS":"*"}"#.to_owned(), PrincipalId::Everyone),
        (r#"{"AWS":"111122223333"}"#.to_owned(), PrincipalId::Account("111122223333".to_owned())),
        (
            r#"{"AWS":["arn:aws:iam::111122223333:root"]}"#.to_owned(),
            PrincipalId::Account("111122223333".to_owned()),
        ),
        (
            r#"{"AWS":"arn:aws:iam::111122223333:user/a/b"}"#.to_owned(),
            arn("arn:aws:iam::111122223333:user/a/b"),
        ),
        (
            r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/r/s"}"#.to_owned(),
            arn("arn:aws:sts::111122223333:assumed-role/r/s"),
        ),
        (
            r#"{"AWS":"AIDAIOSFODNN7EXAMPLE1"}"#.to_owned(),
            PrincipalId::UniqueId("AIDAIOSFODNN7EXAMPLE1".to_owned()),
        ),
        (format!(r#"{{"CanonicalUser":"{id}"}}"#), PrincipalId::CanonicalUser(id.to_owned())),
        (
            r#"{"Service":"lambda.amazonaws.com"}"#.to_owned(),
            PrincipalId::Service("lambda.amazonaws.com".to_owned()),
        ),
        (
            r#"{"Federated":"graph.facebook.com"}"#.to_owned(),
            PrincipalId::Federated("graph.facebook.com".to_owned()),
        ),
    ];
    for (principal, expected) in cases {
        let members =
            format!(r#""Effect":"Allow","Principal":{principal},"Action":"s3:*","Resource":"*""#);
        let policy = super::resource_policy(&members);
        let principals = policy.statements.into_iter().next().unwrap().principal.unwrap();
        assert_eq!(principals.entries, [expected], "{principal}");
    }
}

#[test]
fn policies_of_identities_have_no_principal_and_names_of_their_own() {
    let rest = r#""Effect":"Allow","Action":"*","Resource":"*""#;
    let with = |more: &str| format!("{more}{rest}");
    let cases = [
        (with(r#""Principal":"*","#), "Policy document should not specify a principal."),
        (
            with(r#""Sid":"with space","#),
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the \
             regular expression [0-9A-Za-z]*",
        ),
    ];
    for (members, words) in cases {
        assert_eq!(statement_refused(Kind::Identity, &members), words);
    }
    let twice = format!(r#"{{"Statement":[{{"Sid":"a",{rest}}},{{"Sid":"a",{rest}}}]}}"#);
    let words = "Statement IDs (SID) in a single policy must be unique.";
    assert_eq!(refused(Kind::Identity, &twice), words);
    let id = format!(r#"{{"Id":"x","Statement":[{{{rest}}}]}}"#);
    assert_eq!(refused(Kind::Identity, &id), "Unknown field Id");
}

#[test]
fn one_statement_needs_no_list_and_numbers_are_texts() {
    let text = r#"{
  "Id": "mine",
  "Statement": {
    "Sid": "my statement",
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "NotAction": "s3:Get*",
    "NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    "Condition": {"NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": false}}
  }
}"#;
    let policy = parse(text, Kind::Resource).unwrap();
    assert_eq!((policy.version, policy.id.as_deref()), (Version::V2008, Some("mine")));
    let [statement] = policy.statements.as_slice() else { panic!("one statement") };
    assert_eq!(statement.sid.as_deref(), Some("my statement"));
    assert_eq!(statement.effect, Effect::Deny);
    assert_eq!(statement.lines, Lines { first: 3, last: 10 });
    assert!(statement.action.not && statement.resource.not);
    let values: Vec<&str> = statement.conditions.iter().map(|it| it.values[0].source()).collect();
    assert_eq!(values, ["10", "false"]);
}

#[test]
fn every_statement_tells_its_lines() {
    let text = format!("{{\"Statement\": [\n  {{{WHOLE}}},\n  {{\n{WHOLE}\n}}]}}");
    let policy = parse(&text, Kind::Resource).unwrap();
    let lines: Vec<Lines> = policy.statements.iter().map(|it| it.lines).collect();
    assert_eq!(lines, [Lines { first: 2, last: 2 }, Lines { first: 3, last: 5 }]);
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
#[test]
fn the_older_version_has_no_variables() {
    let text = |version: &str| {
        format!(
            r#"{{"Version":"{version}","Statement":[{{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${{aws:username}}"}}]}}"#
        )
    };
    let caller = user();
    let mut circumstances = context(&[]);
    caller.tell(&mut circumstances);
    for (version, resource, allows) in [
        ("2012-10-17", "arn:aws:s3:::b/alice", true),
        ("2012-10-17", "arn:aws:s3:::b/${aws:username}", false),
        ("2008-10-17", "arn:aws:s3:::b/alice", false),
        ("2008-10-17", "arn:aws:s3:::b/${aws:username}", true),
    ] {
        let policy = parse(&text(version), Kind::Identity).unwrap();
        let request =
            Request { caller: &caller, action: "s3:GetObject", resource, context: &circumstances };
        let answer = evaluate(&policy, &request);
        assert_eq!(matches!(answer, Verdict::Allows(..)), allows, "{version} {resource}");
    }
}

#[test]
fn deep_and_long_texts_are_read_or_refused_in_time() {
    let deep = format!("{{\"Statement\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(parse(&deep, Kind::Resource).is_err());
    let many: Vec<String> = (0..5_000).map(|_| format!("{{{WHOLE}}}")).collect();
    let long = format!("{{\"Statement\":[{}]}}", many.join(","));
    assert_eq!(parse(&long, Kind::Resource).unwrap().statements.len(), 5_000);
}
