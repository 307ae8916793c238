//! What starts a function by itself: what buckets notify it of, in the documents that S3 keeps.

use serde_json::{Map, Value, json};

/// A bucket's wish to tell a function of something.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notification {
    pub bucket: String,
    pub id: String,
    pub events: Vec<String>,
    pub prefix: String,
    pub suffix: String,
}

const MEMBER: &str = "LambdaFunctionConfigurations";

/// Those of a bucket's document that are for the function with this ARN.
pub fn of_function(bucket: &str, document: &Value, arn: &str) -> Vec<Notification> {
    let all = document.get(MEMBER).and_then(Value::as_array);
    let mine = all.into_iter().flatten().filter(|one| is_for(one, arn));
    mine.map(|one| {
        let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default();
        let events = one.get("Events").and_then(Value::as_array);
        Notification {
            bucket: bucket.to_owned(),
            id: text("Id").to_owned(),
            events: events
                .into_iter()
                .flatten()
                .filter_map(|event| event.as_str().map(str::to_owned))
                .collect(),
            prefix: rule(one, "prefix"),
            suffix: rule(one, "suffix"),
        }
    })
    .collect()
}

fn is_for(one: &Value, arn: &str) -> bool {
    let named = one.get("LambdaFunctionArn").and_then(Value::as_str).unwrap_or_default();
    // With a qualifier it is for the same function.
    named == arn || named.strip_prefix(arn).is_some_and(|rest| rest.starts_with(':'))
}

fn rule(one: &Value, name: &str) -> String {
    let rules = one.pointer("/Filter/Key/FilterRules").and_then(Value::as_array);
    let found = rules.into_iter().flatten().find(|rule| {
        let is = rule.get("Name").and_then(Value::as_str).unwrap_or_default();
        is.eq_ignore_ascii_case(name)
    });
    let value = found.and_then(|rule| rule.get("Value")).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

/// The document with one more.
pub fn with(document: &Value, arn: &str, more: &Notification) -> Value {
    let mut rules = Vec::new();
    for (name, value) in [("prefix", &more.prefix), ("suffix", &more.suffix)] {
        if !value.is_empty() {
            rules.push(json!({ "Name": name, "Value": value }));
        }
    }
    let mut one = Map::from_iter([
        ("Id".to_owned(), json!(more.id)),
        ("LambdaFunctionArn".to_owned(), json!(arn)),
        ("Events".to_owned(), json!(more.events)),
    ]);
    if !rules.is_empty() {
        one.insert("Filter".into(), json!({ "Key": { "FilterRules": rules } }));
    }
    change(document, |list| list.push(one.into()))
}

/// The document without the one that has this id.
pub fn without(document: &Value, id: &str) -> Value {
    change(document, |list| list.retain(|one| one.get("Id").and_then(Value::as_str) != Some(id)))
}

fn change(document: &Value, change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut document = document.as_object().cloned().unwrap_or_default();
    let list = document.remove(MEMBER);
    let mut list = list.and_then(|list| list.as_array().cloned()).unwrap_or_default();
    change(&mut list);
    if !list.is_empty() {
        document.insert(MEMBER.into(), list.into());
    }
    document.into()
}

/// The statement of a function's policy that lets a bucket invoke it. `[A-Za-z0-9-_]`, 100 at most, as AWS has it.
pub fn statement_id(bucket: &str, id: &str) -> String {
    let letters = bucket.chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '-' });
    let head: String = letters.take(60).collect();
    format!("s3-{head}-{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:check-order";

    #[test]
    fn one_is_added_read_and_taken_away_and_the_others_stay() {
        let others = json!({
            "QueueConfigurations": [{ "Id": "q", "QueueArn": "arn:aws:sqs:us-east-1:123456789012:q", "Events": ["s3:ObjectRemoved:*"] }],
            MEMBER: [{ "Id": "other", "LambdaFunctionArn": format!("{ARN}-2"), "Events": ["s3:ObjectCreated:*"] }],
        });
        let more = Notification {
            bucket: "shop".into(),
            id: "orders".into(),
            events: vec!["s3:ObjectCreated:*".into()],
            prefix: "orders/".into(),
            suffix: String::new(),
        };
        let both = with(&others, ARN, &more);
        assert_eq!(of_function("shop", &both, ARN), [more]);
        assert_eq!(both["QueueConfigurations"], others["QueueConfigurations"]);
        assert_eq!(without(&both, "orders"), others);
        assert_eq!(without(&json!({}), "x"), json!({}));
    }

    #[test]
    fn a_statement_has_a_name_that_aws_takes() {
        assert_eq!(statement_id("my.shop", "t1"), "s3-my-shop-t1");
    }
}
