//! Patterns that say which records a function gets.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax>

use cloudarium_event_pattern::Pattern;
use serde_json::Value as Json;

/// What `EventBridge`'s patterns can say and filters cannot.
const NOT_HERE: [&str; 2] = ["cidr", "wildcard"];

/// Whether a text is a pattern.
pub fn is_pattern(text: &str) -> bool {
    let parsed = Pattern::parse(text);
    parsed.is_ok_and(|it| !NOT_HERE.iter().any(|operator| it.operators().contains(operator)))
}

/// Whether a record is let through: by one pattern, or because there is none.
pub fn passes(patterns: &[String], record: &Json) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, record))
}

/// Where a pattern asks for what is in a body, the body is read as JSON; one that is none does not fit, and neither
/// does one that is where a text is asked for.
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html>
fn fits(pattern: &str, record: &Json) -> bool {
    let Ok(pattern) = Pattern::parse(pattern) else { return false };
    if !pattern.looks_into("body") {
        return pattern.matches(record);
    }
    let mut record = record.clone();
    let parsed = record.get("body").and_then(Json::as_str);
    let parsed = parsed.and_then(|body| serde_json::from_str::<Json>(body).ok());
    let Some((body, slot)) = parsed.filter(Json::is_object).zip(record.get_mut("body")) else {
        return false;
    };
    *slot = body;
    pattern.matches(&record)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn passes_one(pattern: &str, body: &str) -> bool {
        assert!(is_pattern(pattern), "{pattern}");
        passes(&[pattern.to_owned()], &json!({ "body": body }))
    }

    #[test]
    fn rules() {
        let body = r#"{"Code": "BBBB", "Number": 10000, "Null": null, "Tags": ["a", "b"], "In": {"x": 1}}"#;
        for pattern in [
            r#"{"body": {"Code": ["BBBB"]}}"#,
            r#"{"body": {"Code": ["AAAA", "BBBB"]}}"#,
            r#"{"body": {"Code": [{"prefix": "BB"}]}}"#,
            r#"{"body": {"Code": [{"suffix": "BB"}]}}"#,
            r#"{"body": {"Code": [{"equals-ignore-case": "bbbb"}]}}"#,
            r#"{"body": {"Code": [{"prefix": {"equals-ignore-case": "bb"}}]}}"#,
            r#"{"body": {"Code": [{"anything-but": ["AAAA"]}]}}"#,
            r#"{"body": {"Code": [{"anything-but": {"prefix": "A"}}]}}"#,
            r#"{"body": {"Number": [{"numeric": [">", 9999]}]}}"#,
            r#"{"body": {"Number": [{"numeric": [">", 9999, "<=", 10000]}]}}"#,
            r#"{"body": {"Null": [null]}}"#,
            r#"{"body": {"Nothing": [{"exists": false}]}}"#,
            r#"{"body": {"Code": [{"exists": true}]}}"#,
            r#"{"body": {"Tags": ["b"]}}"#,
            r#"{"body": {"In": {"x": [1.0]}}}"#,
            r#"{"body": {"$or": [{"Code": ["X"]}, {"Number": [10000]}]}}"#,
        ] {
            assert!(passes_one(pattern, body), "{pattern}");
        }
        for pattern in [
            r#"{"body": {"Code": ["AAAA"]}}"#,
            r#"{"body": {"Code": ["BBBB"], "Number": [1]}}"#,
            r#"{"body": {"Code": [{"prefix": "A"}]}}"#,
            r#"{"body": {"Code": [{"anything-but": ["BBBB"]}]}}"#,
            r#"{"body": {"Number": [{"numeric": ["<", 9999]}]}}"#,
            r#"{"body": {"Code": [{"exists": false}]}}"#,
            r#"{"body": {"Nothing": ["x"]}}"#,
            r#"{"body": ["BBBB"]}"#,
        ] {
            assert!(!passes_one(pattern, body), "{pattern}");
        }
        assert!(passes_one(r#"{"body": ["plain"]}"#, "plain"));
        assert!(!passes_one(r#"{"body": {"Code": ["BBBB"]}}"#, "plain"));
    }

    #[test]
    fn what_is_no_pattern() {
        for text in [
            "",
            "[]",
            "1",
            r#"{"body": 1}"#,
            r#"{"body": []}"#,
            r#"{"body": [{"wild": "*"}]}"#,
            r#"{"body": [{"numeric": [">"]}]}"#,
            r#"{"body": [["a"]]}"#,
            r#"{"body": [{"prefix": 1}]}"#,
            r#"{"body": [{"wildcard": "a*"}]}"#,
            r#"{"body": [{"cidr": "10.0.0.0/8"}]}"#,
            r#"{"$or": [{"a": [1]}]}"#,
        ] {
            assert!(!is_pattern(text), "{text}");
        }
    }
}
