//! `JMESPath`, the words of botocore's waiters, over answers as JSON.

use jmespath::Expression;
use serde_json::Value as Json;

/// Longer expressions are refused: the parser goes down a level with every bracket.
const EXPRESSION_BYTES_MAX: usize = 300;

/// Reads an expression; the error says why it is none.
pub fn parse(expression: &str) -> Result<Expression<'static>, String> {
    if expression.len() > EXPRESSION_BYTES_MAX {
        return Err(format!("it is longer than {EXPRESSION_BYTES_MAX} bytes"));
    }
    jmespath::compile(expression)
        .map_err(|error| error.to_string().lines().next().unwrap_or("it is no JMESPath").to_owned())
}

/// What `expression` finds in `data`; `Null` where there is nothing, or the expression fails.
pub fn find(expression: &str, data: &Json) -> Json {
    let Ok(parsed) = parse(expression) else { return Json::Null };
    match parsed.search(data) {
        Ok(found) => serde_json::to_value(&*found).unwrap_or(Json::Null),
        Err(_) => Json::Null,
    }
}

/// A found value as words in a message: texts as they are, lists with commas.
pub fn words(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) if items.is_empty() => "nothing".to_owned(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Json::Number(number) => whole(number).map_or(number.to_string(), |n| n.to_string()),
        other => other.to_string(),
    }
}

/// Whether two values are equal, numbers by their value (`JMESPath` makes every number a float).
pub fn equal(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            a == b
                || a.as_f64().is_some_and(|a| b.as_f64().is_some_and(|b| a.total_cmp(&b).is_eq()))
        }
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    let text = number.to_string();
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expressions_find_values() {
        let data = json!({"Contents": [{"Key": "a", "Size": 3}, {"Key": "b", "Size": 5}]});
        assert_eq!(find("Contents[].Key", &data), json!(["a", "b"]));
        assert_eq!(words(&find("Contents[].Key", &data)), "a, b");
        assert_eq!(words(&find("length(Contents)", &data)), "2");
        assert_eq!(words(&find("Prefix", &data)), "nothing");
        assert!(equal(&find("length(Contents)", &data), &json!(2)));
        assert!(!equal(&json!([1, 2]), &json!([1])));
    }

    #[test]
    fn bad_and_hostile_expressions_are_refused() {
        assert!(parse("Contents[").is_err());
        assert!(parse(&"[".repeat(10_000)).is_err());
        assert!(parse(&"(".repeat(EXPRESSION_BYTES_MAX)).is_err());
        assert_eq!(find("sum(@)", &json!("text")), Json::Null);
    }
}
