//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::{identity_policy, user};
use crate::context::Context;
use crate::{Request, Verdict, evaluate};

/// Whether `{operator: {"x:Key": wanted}}` holds where the request has these values for the key.
fn holds(operator: &str, wanted: &str, found: Option<&[&str]>) -> bool {
    let policy = identity_policy(&format!(
        r#""Effect":"Allow","Action":"*","Resource":"*","Condition":{{"{operator}":{{"x:Key":{wanted}}}}}"#
    ));
    let mut context = Context::default();
    context.set("aws:username", "alice");
    if let Some(values) = found {
        context.set_all("X:key", values.iter().copied());
    }
    let caller = user();
    let request = Request { caller: &caller, action: "x:Do", resource: "*", context: &context };
    matches!(evaluate(&policy, &request), Verdict::Allows(..))
}

#[test]
fn each_operator_on_one_value() {
    let cases = [
        ("StringEquals", r#""a""#, "a", true),
        ("StringEquals", r#""a""#, "A", false),
        ("StringEquals", r#""a*""#, "ab", false),
        ("StringEquals", r#"["a", "b"]"#, "b", true),
        ("StringEquals", r#""${aws:username}""#, "alice", true),
        ("StringEquals", r#""${aws:PrincipalTag/none}""#, "", false),
        ("StringNotEquals", r#""a""#, "b", true),
        ("StringNotEquals", r#"["a", "b"]"#, "b", false),
        ("StringNotEquals", r#"["a", "b"]"#, "c", true),
        ("StringNotEquals", r#""${aws:PrincipalTag/none}""#, "x", true),
        ("StringEqualsIgnoreCase", r#""Straße""#, "STRASSE", false),
        ("StringEqualsIgnoreCase", r#""Ab""#, "aB", true),
        ("StringNotEqualsIgnoreCase", r#""Ab""#, "aB", false),
        ("StringLike", r#""home/${aws:username}/*""#, "home/alice/x", true),
        ("StringLike", r#""home/?/*""#, "home/ab/x", false),
        ("StringLike", r#""""#, "", true),
        ("StringNotLike", r#""a*""#, "ab", false),
        ("StringNotLike", r#""a*""#, "b", true),
        ("NumericEquals", r#""10""#, "10.0", true),
        ("NumericEquals", "10", "1e1", true),
        ("NumericEquals", "10", "ten", false),
        ("NumericNotEquals", "10", "11", true),
        ("NumericNotEquals", "10", "10", false),
        ("NumericLessThan", "10", "9", true),
        ("NumericLessThan", "10", "10", false),
        ("NumericLessThanEquals", "10", "10", true),
        ("NumericGreaterThan", "-1", "0", true),
        ("NumericGreaterThanEquals", "10", "9.99", false),
        ("DateEquals", r#""2026-01-01""#, "2026-01-01T00:00:00Z", true),
        ("DateNotEquals", r#""2026-01-01""#, "2026-01-01T00:00:00Z", false),
        ("DateLessThan", r#""2026-01-01T00:00:00Z""#, "2025-12-31T23:59:59Z", true),
        ("DateLessThanEquals", r#""1767225600""#, "2026-01-01T00:00:00Z", true),
        ("DateGreaterThan", r#""2026-01-01T00:00:00Z""#, "2026-01-01T00:00:00Z", false),
        ("DateGreaterThanEquals", r#""2026-01-01T00:00:00Z""#, "1767225600", true),
        ("Bool", r#""true""#, "True", true),
        ("Bool", "false", "false", true),
        ("Bool", r#""false""#, "true", false),
        ("BinaryEquals", r#""QmluYXJ5""#, "Binary", true),
        ("BinaryEquals", r#""QmluYXJ5""#, "binary", false),
        ("IpAddress", r#""203.0.113.0/24""#, "203.0.113.9", true),
        ("IpAddress", r#"["10.0.0.0/8", "2001:DB8::/32"]"#, "2001:db8::1", true),
        ("IpAddress", r#""203.0.113.0/24""#, "nowhere", false),
        ("NotIpAddress", r#""203.0.113.0/24""#, "203.0.113.9", false),
        ("NotIpAddress", r#""203.0.113.0/24""#, "198.51.100.1", true),
        ("ArnEquals", r#""arn:aws:sns:*:1:t""#, "arn:aws:sns:us-east-1:1:t", true),
        ("ArnLike", r#""arn:aws:sns:*:1:t""#, "arn:aws:sns:us-east-1:2:t", false),
        ("ArnLike", r#""arn:aws:iam::1:user/${aws:username}""#, "arn:aws:iam::1:user/alice", true),
        ("ArnNotEquals", r#""arn:aws:sns:*:1:t""#, "arn:aws:sns:us-east-1:1:t", false),
        ("ArnNotLike", r#""arn:aws:sns:*:1:t""#, "arn:aws:sns:us-east-1:2:t", true),
    ];
    for (operator, wanted, found, expected) in cases {
        assert_eq!(
            holds(operator, wanted, Some(&[found])),
            expected,
            "{operator} {wanted} {found}"
        );
        let lenient = format!("{operator}IfExists");
        assert_eq!(holds(&lenient, wanted, Some(&[found])), expected, "{lenient} {wanted} {found}");
    }
}

/// "If the key is not present, the values do not match and the condition is false; if the condition
/// requires that the key is not matched, it is true." With `IfExists` it is true anyway.
#[test]
fn each_operator_where_the_key_is_absent() {
    let positive = [
        ("StringEquals", r#""a""#),
        ("StringEqualsIgnoreCase", r#""a""#),
        ("StringLike", r#""*""#),
        ("NumericEquals", "1"),
        ("NumericLessThan", "1"),
        ("NumericLessThanEquals", "1"),
        ("NumericGreaterThan", "1"),
        ("NumericGreaterThanEquals", "1"),
        ("DateEquals", r#""2026""#),
        ("DateLessThan", r#""2026""#),
        ("DateLessThanEquals", r#""2026""#),
        ("DateGreaterThan", r#""2026""#),
        ("DateGreaterThanEquals", r#""2026""#),
        ("Bool", r#""false""#),
        ("BinaryEquals", r#""QQ==""#),
        ("IpAddress", r#""0.0.0.0/0""#),
        ("ArnEquals", r#""*""#),
        ("ArnLike", r#""*""#),
    ];
    for (operator, wanted) in positive {
        assert!(!holds(operator, wanted, None), "{operator}");
        assert!(holds(&format!("{operator}IfExists"), wanted, None), "{operator}IfExists");
        assert!(!holds(&format!("ForAnyValue:{operator}"), wanted, None), "any {operator}");
        assert!(holds(&format!("ForAllValues:{operator}"), wanted, None), "all {operator}");
    }
    let negative = [
        ("StringNotEquals", r#""a""#),
        ("StringNotEqualsIgnoreCase", r#""a""#),
        ("StringNotLike", r#""*""#),
        ("NumericNotEquals", "1"),
        ("DateNotEquals", r#""2026""#),
        ("NotIpAddress", r#""0.0.0.0/0""#),
        ("ArnNotEquals", r#""*""#),
        ("ArnNotLike", r#""*""#),
    ];
    for (operator, wanted) in negative {
        assert!(holds(operator, wanted, None), "{operator}");
        assert!(holds(&format!("{operator}IfExists"), wanted, None), "{operator}IfExists");
        assert!(!holds(&format!("ForAnyValue:{operator}"), wanted, None), "any {operator}");
    }
}

#[test]
fn null_asks_whether_the_key_is_absent() {
    let some: Option<&[&str]> = Some(&["x"]);
    for (wanted, found, expected) in [
        (r#""true""#, None, true),
        (r#""true""#, some, false),
        (r#""false""#, None, false),
        (r#""false""#, some, true),
        ("true", None, true),
        (r#"["true", "false"]"#, None, true),
        (r#""true""#, Some(&[][..]), true),
    ] {
        assert_eq!(holds("Null", wanted, found), expected, "{wanted} {found:?}");
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[test]
fn sets_of_values() {
    let cases: &[(&str, &[&str], bool)] = &[
        ("ForAllValues:StringEquals", &["a", "b"], true),
        ("ForAllValues:StringEquals", &["a", "x"], false),
        ("ForAllValues:StringEquals", &[], true),
        ("ForAllValues:StringEquals", &[""], true),
        ("ForAnyValue:StringEquals", &["a", "x"], true),
        ("ForAnyValue:StringEquals", &["x", "y"], false),
        ("ForAnyValue:StringEquals", &[], false),
        ("ForAnyValue:StringEquals", &[""], false),
        ("ForAllValues:StringNotEquals", &["x", "y"], true),
        ("ForAllValues:StringNotEquals", &["x", "a"], false),
        ("ForAnyValue:StringNotEquals", &["x", "a"], true),
        ("ForAnyValue:StringNotEquals", &["a", "b"], false),
        ("ForAnyValue:StringLike", &["x", "b"], true),
        ("ForAnyValue:StringEqualsIfExists", &["x"], false),
        ("ForAllValues:StringEqualsIfExists", &["a"], true),
    ];
    for (operator, found, expected) in cases {
        let wanted = r#"["a", "b"]"#;
        assert_eq!(holds(operator, wanted, Some(found)), *expected, "{operator} {found:?}");
    }
    assert!(holds("ForAnyValue:StringEqualsIfExists", r#""a""#, None));
}

/// All keys under all operators must hold.
#[test]
fn several_conditions_are_joined_by_and() {
    let policy = identity_policy(
        r#""Effect":"Allow","Action":"*","Resource":"*","Condition":{
            "StringEquals": {"x:A": ["1", "2"], "x:B": "3"},
            "Bool": {"x:C": "true"}}"#,
    );
    let caller = user();
    for (a, b, c, expected) in [
        ("1", "3", "true", true),
        ("2", "3", "true", true),
        ("3", "3", "true", false),
        ("1", "1", "true", false),
        ("1", "3", "false", false),
    ] {
        let context = super::context(&[("x:a", a), ("x:b", b), ("x:c", c)]);
        let request = Request { caller: &caller, action: "x:Do", resource: "*", context: &context };
        let allows = matches!(evaluate(&policy, &request), Verdict::Allows(..));
        assert_eq!(allows, expected, "{a} {b} {c}");
    }
}
