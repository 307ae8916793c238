//! Patterns against events, and against what AWS says of those that are none.

use serde_json::{Value as Json, json};

use crate::Pattern;

fn event() -> Json {
    json!({
        "source": "aws.ec2",
        "region": "us-east-1",
        "resources": ["arn:a", "arn:b"],
        "detail": {
            "state": "running",
            "count": 5,
            "limit": 301.8,
            "ip": "10.0.0.123",
            "v6": "2001:db8::1",
            "flag": true,
            "nothing": null,
            "empty": "",
            "none": [],
            "file": "dir/a.png",
            "in": { "x": 1 },
            "rows": [{ "name": "a", "size": 1 }, { "name": "b", "size": 2 }],
        },
    })
}

#[test]
fn events_that_fit() {
    for pattern in [
        r#"{"source": ["aws.ec2"]}"#,
        r#"{"source": ["x", "aws.ec2"], "detail": {"state": ["running"]}}"#,
        r#"{"resources": ["arn:b"]}"#,
        r#"{"detail": {"count": [5.0]}}"#,
        r#"{"detail": {"flag": [true], "nothing": [null], "empty": [""]}}"#,
        r#"{"detail": {"state": [{"prefix": "run"}]}}"#,
        r#"{"detail": {"state": [{"prefix": {"equals-ignore-case": "RUN"}}]}}"#,
        r#"{"detail": {"file": [{"suffix": ".png"}]}}"#,
        r#"{"detail": {"file": [{"suffix": {"equals-ignore-case": ".PNG"}}]}}"#,
        r#"{"detail": {"state": [{"equals-ignore-case": "RUNNING"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "dir/*.png"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "*"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "d*r*a.p*g"}]}}"#,
        r#"{"detail": {"state": [{"anything-but": "stopped"}]}}"#,
        r#"{"detail": {"state": [{"anything-but": ["stopped", "gone"]}]}}"#,
        r#"{"detail": {"count": [{"anything-but": [1, 2]}]}}"#,
        r#"{"detail": {"nothing": [{"anything-but": "a"}]}}"#,
        r#"{"detail": {"state": [{"anything-but": {"prefix": "stop"}}]}}"#,
        r#"{"detail": {"state": [{"anything-but": {"suffix": ["ped", "ted"]}}]}}"#,
        r#"{"detail": {"state": [{"anything-but": {"wildcard": "*stop*"}}]}}"#,
        r#"{"detail": {"state": [{"anything-but": {"equals-ignore-case": ["STOPPED"]}}]}}"#,
        r#"{"resources": [{"anything-but": "arn:a"}]}"#,
        r#"{"detail": {"count": [{"numeric": [">", 0, "<=", 5]}]}}"#,
        r#"{"detail": {"limit": [{"numeric": ["=", 3.018e2]}]}}"#,
        r#"{"detail": {"count": [{"numeric": ["<", 10]}]}}"#,
        r#"{"detail": {"ip": [{"cidr": "10.0.0.0/24"}], "v6": [{"cidr": "2001:db8::/32"}]}}"#,
        r#"{"detail": {"v6": ["2001:0db8:0:0:0:0:0:1"]}}"#,
        r#"{"detail": {"count": [{"exists": true}], "other": [{"exists": false}]}}"#,
        // Only leaves exist.
        r#"{"detail": {"in": [{"exists": false}], "none": [{"exists": false}]}}"#,
        r#"{"detail": {"in": {"x": [{"exists": true}]}}}"#,
        r#"{"detail": {"other": [{"exists": false}, "a"]}}"#,
        r#"{"$or": [{"source": ["x"]}, {"detail": {"count": [5]}}]}"#,
        r#"{"source": ["aws.ec2"], "detail": {"$or": [{"count": [1]}, {"state": ["running"]}]}}"#,
        r#"{"detail": {"rows": {"name": ["b"], "size": [2]}}}"#,
        r#"{"detail.state": ["running"]}"#,
    ] {
        let parsed = Pattern::parse(pattern).unwrap_or_else(|wrong| panic!("{pattern}: {wrong}"));
        assert!(parsed.matches(&event()), "{pattern}");
    }
}

#[test]
fn events_that_do_not() {
    for pattern in [
        r#"{"source": ["aws.s3"]}"#,
        r#"{"Source": ["aws.ec2"]}"#,
        r#"{"source": ["aws.ec2"], "detail": {"state": ["stopped"]}}"#,
        r#"{"detail": {"count": ["5"]}}"#,
        r#"{"detail": {"nothing": [""], "empty": [null]}}"#,
        r#"{"detail": {"state": [{"prefix": "RUN"}]}}"#,
        r#"{"detail": {"count": [{"prefix": "5"}]}}"#,
        r#"{"detail": {"file": [{"suffix": ".PNG"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "dir/*.jpg"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "dir"}]}}"#,
        r#"{"detail": {"file": [{"wildcard": "dir\\*a.png"}]}}"#,
        r#"{"detail": {"state": [{"anything-but": ["running"]}]}}"#,
        r#"{"detail": {"other": [{"anything-but": "a"}]}}"#,
        r#"{"detail": {"state": [{"anything-but": {"wildcard": ["*x*", "r*g"]}}]}}"#,
        r#"{"detail": {"count": [{"numeric": [">", 5]}]}}"#,
        r#"{"detail": {"state": [{"numeric": ["=", 5]}]}}"#,
        r#"{"detail": {"ip": [{"cidr": "10.0.1.0/24"}]}}"#,
        r#"{"detail": {"count": [{"exists": false}]}}"#,
        r#"{"detail": {"in": [{"exists": true}]}}"#,
        r#"{"$or": [{"source": ["x"]}, {"detail": {"count": [1]}}]}"#,
        // Not of one element.
        r#"{"detail": {"rows": {"name": ["b"], "size": [1]}}}"#,
    ] {
        let parsed = Pattern::parse(pattern).unwrap_or_else(|wrong| panic!("{pattern}: {wrong}"));
        assert!(!parsed.matches(&event()), "{pattern}");
    }
}

/// The places are those that AWS was seen to tell.
#[test]
fn what_is_no_pattern() {
    for (pattern, words, column) in [
        (r#"{"int": 42}"#, r#""int" must be an object or an array"#, 11),
        (r#"{"string": "my-value"}"#, r#""string" must be an object or an array"#, 13),
        (r#"{"resources": []}"#, "Empty arrays are not allowed", 17),
        (r#"{"source": ["aws.health"], "detail": {}}"#, "Empty objects are not allowed", 40),
        (
            r#"{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}"#,
            "Unrecognized match type NUMERIC",
            36,
        ),
        (r#"{"my_key": [{"EXISTS": true}]}"#, "Unrecognized match type EXISTS", 28),
        (
            r#"{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}"#,
            "Bad numeric range operator: >",
            49,
        ),
        (
            r#"{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}"#,
            "Value of < must be numeric",
            50,
        ),
        (r#"{"time": [{"prefix": 123}]}"#, "prefix match pattern must be a string", 25),
        (r#"{"time": [{"prefix": ["2022-07-13"]}]}"#, "prefix match pattern must be a string", 23),
        (
            r#"{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}"#,
            "prefix match pattern must be a string",
            43,
        ),
        (
            r#"{"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}}"#,
            "wildcard match pattern must be a string",
            59,
        ),
        (
            r#"{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}"#,
            "Value of anything-but must be an array or single string/number value.",
            55,
        ),
        (r#"["not", "a", "dict", "but valid json"]"#, "Filter is not an object", 2),
        (
            "this is valid json but not a dict",
            "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            5,
        ),
        (
            r#"{"not": closed mark""#,
            "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            15,
        ),
        (
            "{'bad': 'quotation'}",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            2,
        ),
    ] {
        let said = Pattern::parse(pattern).expect_err(pattern).to_string();
        let expected =
            format!("{words}\n at [Source: (String)\"{pattern}\"; line: 1, column: {column}]");
        assert_eq!(said, expected);
    }
}

#[test]
fn what_is_told_without_a_place_or_with_two() {
    let said = |pattern: &str| Pattern::parse(pattern).expect_err(pattern).to_string();
    let cidr = |block: &str| said(&format!(r#"{{"ip": [{{"cidr": "{block}"}}]}}"#));
    assert_eq!(cidr("10.0.0.1"), "Malformed CIDR, one '/' required");
    assert_eq!(cidr("10.0.0.1/x"), "Malformed CIDR, mask bits must be an integer");
    assert_eq!(cidr("xx.11.xx/8"), "Nonstandard IP address: xx.11.xx");
    assert_eq!(cidr("10.0.0.1/32"), "IPv4 mask bits must be < 32");
    let listed = r#"{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}"#;
    let place = format!("\n at [Source: (String)\"{listed}\"; line: 1, column: 55]");
    assert_eq!(said(listed), format!("prefix/suffix match pattern must be a string{place}{place}"));
    let starred = r#"{"arn": [{"wildcard": "a**"}]}"#;
    assert!(said(starred).starts_with("Consecutive wildcard characters at pos 2\n at "));
    let long = format!(r#"{{"a": "{}"}}"#, "x".repeat(600));
    assert!(
        said(&long).contains("xxx\"[truncated 109 chars]; line: 1, column: 8]"),
        "{}",
        said(&long)
    );
}

#[test]
fn what_else_is_none() {
    for (pattern, words) in [
        ("{", "Unexpected end-of-input: expected close marker for Object"),
        ("", "No content to map"),
        (
            r#"{"a": [1 2]}"#,
            "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
        ),
        (r#"{"a": [[1]]}"#, "Match value must be String, number, true, false, or null"),
        (r#"{"a": [{}]}"#, "Match expression name not found"),
        (r#"{"a": [{"prefix": "a", "suffix": "b"}]}"#, "Only one key allowed in match expression"),
        (r#"{"a": [{"prefix": {"suffix": "b"}}]}"#, "Unsupported prefix pattern: suffix"),
        (r#"{"a": [{"numeric": 5}]}"#, "Value of numeric must be an array."),
        (r#"{"a": [{"numeric": ["!", 5]}]}"#, "Unrecognized numeric range operator: !"),
        (r#"{"a": [{"numeric": ["=", 5, 6]}]}"#, "Too many elements in numeric expression"),
        (r#"{"a": [{"anything-but": ["a", 1]}]}"#, "Inside anything but list, either all values"),
        (r#"{"a": [{"anything-but": {"cidr": "a"}}]}"#, "Unsupported anything-but pattern: cidr"),
        (r#"{"a": [{"anything-but": {"prefix": ""}}]}"#, "Null prefix/suffix not allowed"),
        (r#"{"a": [{"exists": "yes"}]}"#, "exists match pattern must be either true or false."),
        (r#"{"a": [{"wildcard": "a\\b"}]}"#, "Invalid escape character at pos 2"),
        (r#"{"$or": [{"a": [1]}]}"#, "There must have at least 2 Objects in $or relationship."),
        (r#"{"$or": {"a": [1]}}"#, "It must be an Array followed with $or."),
        (
            r#"{"$or": [{"a": [1]}, 2]}"#,
            "Only JSON object is allowed in array of $or relationship.",
        ),
        (r#"{"$or": [{"prefix": [1]}, {"b": [2]}]}"#, "prefix is Ruler reserved fieldName"),
    ] {
        let said = Pattern::parse(pattern).expect_err(pattern).to_string();
        assert!(said.starts_with(words), "{pattern}: {said}");
    }
}

#[test]
fn what_it_is_made_of() {
    let pattern = Pattern::parse(r#"{"$or": [{"body": {"a": [{"prefix": "x"}]}}, {"b": [1]}]}"#);
    let pattern = pattern.expect("a pattern");
    assert_eq!(pattern.operators().into_iter().collect::<Vec<_>>(), ["prefix"]);
    assert!(pattern.looks_into("body") && !pattern.looks_into("b"));
}

/// An event and a pattern that were made to be slow come to an end.
#[test]
fn many_lists_come_to_an_end() {
    let rows: Vec<Json> = (0..40).map(|at| json!({ "a": at, "b": at, "c": at, "d": at })).collect();
    let event = json!({ "w": rows, "x": rows, "y": rows, "z": rows });
    let each = r#"{"a": [{"exists": true}], "b": [{"anything-but": 99}]}"#;
    let last = r#"{"a": [1], "b": [2]}"#;
    let text = format!(r#"{{"w": {each}, "x": {each}, "y": {each}, "z": {last}}}"#);
    assert!(!Pattern::parse(&text).expect("a pattern").matches(&event));
}
