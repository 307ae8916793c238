//! Wildcards, variables, ARNs, instants, addresses.

use super::context;
use crate::arn::{arn_fits, is_arn};
use crate::date;
use crate::document::Version;
use crate::ip::Cidr;
use crate::pattern::{Template, Token, action_fits, fits};

fn tokens(pattern: &str) -> Vec<Token> {
    Template::parse(pattern, Version::V2008).tokens(&context(&[])).unwrap()
}

#[test]
fn wildcards() {
    let cases = [
        ("", "", true),
        ("", "a", false),
        ("*", "", true),
        ("*", "a/b:c", true),
        ("a*", "a", true),
        ("a*c", "abbc", true),
        ("a*c", "abbcd", false),
        ("a*b*c", "a-b-b-c", true),
        ("a**c", "ac", true),
        ("?", "", false),
        ("?", "ü", true),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("a?*", "ab", true),
        ("a?*", "a", false),
        ("A", "a", false),
        ("*.csv", "x.csv.gz", false),
        ("*.csv", "x.csv", true),
    ];
    for (pattern, value, expected) in cases {
        assert_eq!(fits(&tokens(pattern), value), expected, "{pattern} {value}");
    }
}

#[test]
fn a_pattern_of_many_stars_ends_soon() {
    let pattern = tokens(&format!("{}c", "a*".repeat(500)));
    assert!(!fits(&pattern, &"a".repeat(5000)));
    assert!(fits(&pattern, &format!("{}c", "a".repeat(5000))));
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
#[test]
fn actions_have_no_case() {
    let cases = [
        ("*", "s3:GetObject", true),
        ("s3:*", "s3:GetObject", true),
        ("S3:getobject", "s3:GetObject", true),
        ("s3:Get*", "s3:GetObjectVersion", true),
        ("s3:*Object", "s3:GetObjectAcl", false),
        ("s3:?etObject", "s3:GetObject", true),
        ("s3-object-lambda:*", "s3:GetObject", false),
        ("iam:*AccessKey*", "iam:UpdateAccessKey", true),
    ];
    for (pattern, action, expected) in cases {
        assert_eq!(action_fits(pattern, action), expected, "{pattern} {action}");
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
#[test]
fn variables() {
    let circumstances = context(&[
        ("aws:username", "alice"),
        ("aws:PrincipalTag/team", "yellow"),
        ("aws:PrincipalTag/star", "*"),
    ]);
    let cases = [
        ("home/${aws:username}/*", "home/alice/x", true),
        ("home/${aws:username}/*", "home/bob/x", false),
        ("home/${AWS:UserName}", "home/alice", true),
        ("${aws:principaltag/TEAM}", "yellow", true),
        ("${aws:PrincipalTag/none}", "", false),
        ("b-${aws:PrincipalTag/team, 'company-wide'}", "b-yellow", true),
        ("b-${aws:PrincipalTag/none, 'company-wide'}", "b-company-wide", true),
        ("b-${aws:PrincipalTag/none, ''}", "b-", true),
        ("${*}", "*", true),
        ("${*}", "anything", false),
        ("a${?}b", "a?b", true),
        ("a${?}b", "axb", false),
        ("${$}{x}", "${x}", true),
        // What a variable stands for has no wildcards.
        ("${aws:PrincipalTag/star}", "anything", false),
        ("${aws:PrincipalTag/star}", "*", true),
        // What is no variable is text.
        ("${", "${", true),
        ("${}", "${}", true),
        ("${username}", "${username}", true),
        ("${aws:username", "${aws:username", true),
        ("$x", "$x", true),
    ];
    for (pattern, value, expected) in cases {
        let template = Template::parse(pattern, Version::V2012);
        let found = template.tokens(&circumstances).is_some_and(|it| fits(&it, value));
        assert_eq!(found, expected, "{pattern} {value}");
    }
}

#[test]
fn fixed_texts_have_neither_wildcard_nor_variable() {
    let cases = [
        ("vpc-1", true),
        ("vpc-*", false),
        ("vpc-?", false),
        ("${aws:username}", false),
        ("a${*}b", true),
        ("", true),
    ];
    for (text, fixed) in cases {
        assert_eq!(Template::parse(text, Version::V2012).is_fixed(), fixed, "{text}");
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
#[test]
fn arns_are_compared_part_by_part() {
    let cases = [
        (
            "arn:aws:someservice:*:111122223333:finance/*",
            "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
            false,
        ),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/a:b:c", true),
        ("arn:aws:s3:::b/a:*", "arn:aws:s3:::b/a:b:c", true),
        ("arn:aws:s3:::b*", "arn:aws:s3:::bucket/key", true),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
        ("arn:aws:s3:*:*:b", "arn:aws:s3:::b", true),
        ("arn:*:s3:::b", "arn:aws-cn:s3:::b", true),
        ("arn:aws:sns:us-east-1:*:t", "arn:aws:sns:us-east-1:1:t", true),
        ("*", "arn:aws:s3:::b", true),
        ("arn:aws:s3*", "arn:aws:s3:::b", true),
        ("arn:aws:s3:::b", "b", false),
        ("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test/3/o.jpg", true),
        ("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b//test/", true),
        ("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/test/o.jpg", false),
    ];
    for (pattern, value, expected) in cases {
        assert_eq!(arn_fits(&tokens(pattern), value), expected, "{pattern} {value}");
    }
    for (text, expected) in [
        ("arn:aws:s3:::b", true),
        ("arn:aws:s3:::*", true),
        ("arn:aws:s3:::", false),
        ("arn:aws:s3", false),
        ("arn:::::x", false),
        ("s3:::b", false),
    ] {
        assert_eq!(is_arn(text), expected, "{text}");
    }
}

#[test]
fn instants() {
    let cases = [
        ("1970-01-01T00:00:00Z", Some(0)),
        ("1970-01-02", Some(86_400_000)),
        ("1971", Some(31_536_000_000)),
        ("1970-02", Some(2_678_400_000)),
        ("2000-02-29T12:00Z", Some(951_825_600_000)),
        ("2026-01-05T10:20:00.250Z", Some(1_767_608_400_250)),
        ("2026-01-05T10:20:00.2505Z", Some(1_767_608_400_250)),
        ("2026-01-05T11:20:00+01:00", Some(1_767_608_400_000)),
        ("2026-01-05T05:20:00-05:00", Some(1_767_608_400_000)),
        ("1767608400", Some(1_767_608_400_000)),
        ("0", Some(0)),
        ("-1", Some(-1000)),
        ("1969-12-31T23:59:59Z", Some(-1000)),
        ("", None),
        ("-", None),
        ("2026-13", None),
        ("2026-02-29", None),
        ("1900-02-29", None),
        ("2026-01-05T10:20:00", None),
        ("2026-01-05T24:00Z", None),
        ("2026-01T00:00Z", None),
        ("2026-01-05T10:20:00.Z", None),
        ("2026-1-5", None),
        ("tomorrow", None),
        ("99999999999999999999", None),
        ("9223372036854775807", None),
    ];
    for (text, expected) in cases {
        assert_eq!(date::parse(text), expected, "{text}");
    }
}

#[test]
fn ranges_of_addresses() {
    let cases = [
        ("203.0.113.0/24", "203.0.113.255", true),
        ("203.0.113.0/24", "203.0.114.0", false),
        ("203.0.113.77/24", "203.0.113.1", true),
        ("203.0.113.7", "203.0.113.7", true),
        ("203.0.113.7", "203.0.113.8", false),
        ("0.0.0.0/0", "8.8.8.8", true),
        ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678::1", true),
        ("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false),
        ("::/0", "8.8.8.8", false),
        ("::1", "::1", true),
    ];
    for (range, address, expected) in cases {
        let found = Cidr::parse(range).unwrap().contains(address.parse().unwrap());
        assert_eq!(found, expected, "{range} {address}");
    }
    for text in ["", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "::/129", "1.2.3.4/-1", "a"] {
        assert_eq!(Cidr::parse(text), None, "{text}");
    }
}
