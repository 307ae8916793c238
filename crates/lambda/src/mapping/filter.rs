//! Patterns that say which records a function gets.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax>

use serde_json::{Map as JsonMap, Value as Json};

/// Whether a text is a pattern: an object, whose leaves are lists of rules.
pub fn is_pattern(text: &str) -> bool {
    let parsed = serde_json::from_str::<Json>(text).ok();
    parsed.as_ref().and_then(Json::as_object).is_some_and(is_node)
}

fn is_node(node: &JsonMap<String, Json>) -> bool {
    node.iter().all(|(name, below)| match below {
        Json::Array(any) if name == "$or" => {
            any.len() > 1 && any.iter().all(|it| it.as_object().is_some_and(is_node))
        }
        Json::Array(rules) => !rules.is_empty() && rules.iter().all(is_rule),
        Json::Object(below) => is_node(below),
        _ => false,
    })
}

fn is_rule(rule: &Json) -> bool {
    let Json::Object(rule) = rule else { return !rule.is_array() };
    let Some((name, value)) = rule.iter().next().filter(|_| rule.len() == 1) else { return false };
    match name.as_str() {
        "exists" => value.is_boolean(),
        "prefix" | "suffix" => match value {
            Json::Object(_) => ignoring_case(value).is_some(),
            other => other.is_string(),
        },
        "equals-ignore-case" => value.is_string(),
        "numeric" => value.as_array().is_some_and(|it| is_numeric(it)),
        "anything-but" => match value {
            Json::Array(all) => {
                !all.is_empty() && all.iter().all(|it| is_rule(it) && !it.is_object())
            }
            Json::Object(_) => is_rule(value),
            _ => true,
        },
        _ => false,
    }
}

fn is_numeric(parts: &[Json]) -> bool {
    let pairs = parts.chunks(2);
    let is_pair = |pair: &[Json]| match pair {
        [operator, number] => {
            matches!(operator.as_str(), Some("=" | "<" | "<=" | ">" | ">=")) && number.is_number()
        }
        _ => false,
    };
    matches!(parts.len(), 2 | 4) && pairs.into_iter().all(is_pair)
}

fn ignoring_case(value: &Json) -> Option<&str> {
    value.get("equals-ignore-case").and_then(Json::as_str)
}

/// Whether a record is let through: by one pattern, or because there is none.
pub fn passes(patterns: &[String], record: &Json) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, record))
}

/// Where a pattern asks for what is in a body, the body is read as JSON; one that is none does not fit, and neither
/// does one that is where a text is asked for.
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html>
fn fits(pattern: &str, record: &Json) -> bool {
    let Ok(Json::Object(pattern)) = serde_json::from_str(pattern) else { return false };
    let mut record = record.clone();
    if pattern.get("body").is_some_and(Json::is_object) {
        let parsed = record.get("body").and_then(Json::as_str);
        let parsed = parsed.and_then(|body| serde_json::from_str::<Json>(body).ok());
        let Some((body, slot)) = parsed.filter(Json::is_object).zip(record.get_mut("body")) else {
            return false;
        };
        *slot = body;
    }
    node_fits(&pattern, Some(&record))
}

fn node_fits(pattern: &JsonMap<String, Json>, value: Option<&Json>) -> bool {
    pattern.iter().all(|(name, below)| match below {
        Json::Array(any) if name == "$or" => {
            any.iter().filter_map(Json::as_object).any(|it| node_fits(it, value))
        }
        Json::Array(rules) => leaf_fits(rules, value.and_then(|it| it.get(name))),
        Json::Object(below) => node_fits(below, value.and_then(|it| it.get(name))),
        _ => false,
    })
}

/// Of a list, one item must fit.
fn leaf_fits(rules: &[Json], value: Option<&Json>) -> bool {
    rules.iter().any(|rule| {
        if let Some(exists) = rule.get("exists").and_then(Json::as_bool) {
            return exists == value.is_some_and(|it| !it.is_object());
        }
        match value {
            Some(Json::Array(items)) => items.iter().any(|item| rule_fits(rule, item)),
            Some(value) => rule_fits(rule, value),
            None => false,
        }
    })
}

fn rule_fits(rule: &Json, value: &Json) -> bool {
    let Json::Object(named) = rule else { return same(rule, value) };
    let Some((name, wanted)) = named.iter().next() else { return false };
    let text = value.as_str();
    let cased = |wanted: &Json, test: &dyn Fn(&str, &str) -> bool| match ignoring_case(wanted) {
        Some(wanted) => text.is_some_and(|it| test(&it.to_lowercase(), &wanted.to_lowercase())),
        None => text.zip(wanted.as_str()).is_some_and(|(it, wanted)| test(it, wanted)),
    };
    match name.as_str() {
        "prefix" => cased(wanted, &|it, wanted| it.starts_with(wanted)),
        "suffix" => cased(wanted, &|it, wanted| it.ends_with(wanted)),
        "equals-ignore-case" => cased(rule, &|it, wanted| it == wanted),
        "numeric" => match (wanted.as_array(), value.as_f64()) {
            (Some(parts), Some(number)) => parts.chunks(2).all(|pair| compares(pair, number)),
            _ => false,
        },
        "anything-but" => match wanted {
            Json::Array(all) => !all.iter().any(|it| same(it, value)),
            Json::Object(_) => !rule_fits(wanted, value),
            one => !same(one, value),
        },
        _ => false,
    }
}

fn same(wanted: &Json, value: &Json) -> bool {
    match wanted.as_f64().zip(value.as_f64()) {
        Some((wanted, value)) => (wanted - value).abs() < f64::EPSILON,
        None => wanted == value,
    }
}

fn compares(pair: &[Json], number: f64) -> bool {
    let [operator, wanted] = pair else { return false };
    let Some(wanted) = wanted.as_f64() else { return false };
    match operator.as_str() {
        Some("=") => (number - wanted).abs() < f64::EPSILON,
        Some("<") => number < wanted,
        Some("<=") => number <= wanted,
        Some(">") => number > wanted,
        Some(">=") => number >= wanted,
        _ => false,
    }
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
            r#"{"$or": [{"a": [1]}]}"#,
        ] {
            assert!(!is_pattern(text), "{text}");
        }
    }
}
