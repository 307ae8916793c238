//! What a target gets of an event.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html>

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::model::{Event, Input};

/// Names that a template knows without being told.
const RULE_ARN: &str = "aws.events.rule-arn";
const RULE_NAME: &str = "aws.events.rule-name";
const INGESTION_TIME: &str = "aws.events.event.ingestion-time";
const EVENT: &str = "aws.events.event";
const EVENT_JSON: &str = "aws.events.event.json";

/// The name that stands only in a template that is an object.
pub const OBJECT_ONLY: &str = EVENT_JSON;

/// Those names.
pub const RESERVED: [&str; 5] = [RULE_ARN, RULE_NAME, INGESTION_TIME, EVENT, EVENT_JSON];

/// The text that a target gets.
pub fn of(input: &Input, event: &Event, (rule_arn, rule_name): (&str, &str)) -> String {
    match input {
        Input::Event => event.json().to_string(),
        Input::Constant(text) => text.clone(),
        Input::Path(path) => at(path, &event.json()).unwrap_or(Json::Null).to_string(),
        Input::Transformer { paths, template } => {
            let json = event.json();
            let mut known: BTreeMap<&str, Json> = paths
                .iter()
                .filter_map(|(name, path)| Some((name.as_str(), at(path, &json)?)))
                .collect();
            let mut without_detail = json.clone();
            if let Some(members) = without_detail.as_object_mut() {
                members.remove("detail");
            }
            known.insert(RULE_ARN, rule_arn.into());
            known.insert(RULE_NAME, rule_name.into());
            known.insert(INGESTION_TIME, event.ingested.iso_ms().into());
            known.insert(EVENT, without_detail);
            known.insert(EVENT_JSON, json);
            fill(template, &known)
        }
    }
}

/// What stands at a path: `$.detail.items[0].name`, `$.resources[*]`. `None`: nothing.
pub fn at(path: &str, event: &Json) -> Option<Json> {
    let mut found = vec![event];
    let mut many = false;
    for step in steps(path)? {
        let next: Vec<&Json> = match step {
            Step::Member(name) => found.iter().filter_map(|it| it.get(name)).collect(),
            Step::Item(index) => found.iter().filter_map(|it| it.get(index)).collect(),
            Step::All => {
                many = true;
                found.iter().flat_map(|it| children(it)).collect()
            }
        };
        found = next;
    }
    if many {
        return Some(found.into_iter().cloned().collect());
    }
    found.first().map(|it| (*it).clone())
}

fn children(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => items.iter().collect(),
        Json::Object(members) => members.values().collect(),
        _ => Vec::new(),
    }
}

enum Step<'a> {
    Member(&'a str),
    Item(usize),
    All,
}

/// The steps of a path; `None` if it is none. "You must use JSON dot notation, not bracket notation": brackets are for
/// indexes alone. <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html>
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(within) = rest.strip_prefix('[') {
            let (index, after) = within.split_once(']')?;
            steps.push(match index {
                "*" => Step::All,
                index => Step::Item(index.parse().ok()?),
            });
            rest = after;
            continue;
        }
        let name = rest.strip_prefix('.')?;
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (name, after) = name.split_at_checked(end)?;
        if name.is_empty() {
            return None;
        }
        steps.push(if name == "*" { Step::All } else { Step::Member(name) });
        rest = after;
    }
    Some(steps)
}

/// Whether a text is a path.
pub fn is_path(text: &str) -> bool {
    steps(text).is_some()
}

/// The names that a template asks for.
pub fn asked(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).filter_map(|piece| match piece {
        Piece::Name(name, _) => Some(name),
        Piece::Text(_) => None,
    })
}

/// A template with something in the place of each name: whether what comes out is JSON does not depend on it.
pub fn sample(template: &str) -> String {
    let known = asked(template).map(|name| (name, Json::from("x"))).collect();
    fill(template, &known)
}

/// Whether a text is lines, each of which is a text in quotes: so templates of several lines are written.
/// <https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events.RuleTargetInput.html#static-fromwbrmultilinewbrtexttext>
pub fn is_lines(text: &str) -> bool {
    let is_text = |line: &str| serde_json::from_str::<String>(line).is_ok();
    text.trim().lines().all(is_text)
}

/// A template with what its names stand for.
fn fill(template: &str, known: &BTreeMap<&str, Json>) -> String {
    let mut out = String::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            // "If you specify a variable to match a JSON path that doesn't exist in the event, that variable isn't
            // created and won't appear in the output." guess: outside of quotes an empty text stands for it.
            Piece::Name(name, true) => {
                out.push_str(&known.get(name).map_or_else(String::new, in_text));
            }
            Piece::Name(name, false) => {
                let value = known.get(name).cloned().unwrap_or_else(|| Json::from(""));
                out.push_str(&value.to_string());
            }
        }
    }
    // "The JSON that is passed to the target is minified."
    match serde_json::from_str::<Json>(&out) {
        Ok(json) => json.to_string(),
        Err(_) => out,
    }
}

/// A value within quotes.
fn in_text(value: &Json) -> String {
    match value {
        Json::String(text) => {
            let quoted = Json::from(text.as_str()).to_string();
            quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
        }
        // guess: what is no text stands there without its quotes, as AWS was seen to write it.
        other => other.to_string().replace('"', ""),
    }
}

enum Piece<'a> {
    Text(&'a str),
    /// A name, and whether it stands within quotes.
    Name(&'a str, bool),
}

/// What a template is made of.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    let mut quoted = false;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = name_at(rest) {
            rest = rest.get(name.len() + 2..).unwrap_or_default();
            return Some(Piece::Name(name, quoted));
        }
        let next = rest.char_indices().skip(1).find(|(at, letter)| {
            *letter == '<' && rest.get(*at..).is_some_and(|rest| name_at(rest).is_some())
        });
        let (text, after) = rest.split_at_checked(next.map_or(rest.len(), |(at, _)| at))?;
        rest = after;
        let mut escaped = false;
        for letter in text.chars() {
            quoted ^= letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
        }
        Some(Piece::Text(text))
    })
}

/// The name in `<name>`, where a text begins with that.
fn name_at(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('<')?.split_once('>')?;
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;

    use super::*;

    /// AWS's own example.
    fn event() -> Event {
        let time = Timestamp::parse_iso("2015-11-11T21:29:54Z").expect("a time");
        Event {
            id: "7bf73129".to_owned(),
            detail_type: "EC2 Instance State-change Notification".to_owned(),
            source: "aws.ec2".to_owned(),
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            time,
            ingested: time,
            resources: vec!["arn:1".to_owned(), "arn:2".to_owned()],
            detail: r#"{"instance-id": "i-0123456789", "state": "RUNNING", "n": 5, "rows": [{"a": 1}, {"a": 2}]}"#
                .to_owned(),
            replay: None,
        }
    }

    fn transformed(template: &str) -> String {
        let paths = [
            ("timestamp", "$.time"),
            ("instance", "$.detail.instance-id"),
            ("state", "$.detail.state"),
            ("number", "$.detail.n"),
            ("row", "$.detail.rows[0]"),
            ("rows", "$.detail.rows[*].a"),
            ("none", "$.detail.none"),
        ];
        let paths = paths.into_iter().map(|(name, path)| (name.to_owned(), path.to_owned()));
        let input = Input::Transformer { paths: paths.collect(), template: template.to_owned() };
        of(&input, &event(), ("arn:rule", "example"))
    }

    #[test]
    fn templates() {
        for (template, text) in [
            (r#""instance <instance> is in <state>""#, r#""instance i-0123456789 is in RUNNING""#),
            (
                r#"{ "instance" : <instance>, "state": [ 9, <state>, true ] }"#,
                r#"{"instance":"i-0123456789","state":[9,"RUNNING",true]}"#,
            ),
            (
                r#"{"is": "instance \"<instance>\" is in <state>"}"#,
                r#"{"is":"instance \"i-0123456789\" is in RUNNING"}"#,
            ),
            (r#"{"n": <number>, "r": <row>}"#, r#"{"n":5,"r":{"a":1}}"#),
            (r#"{"all": <rows>}"#, r#"{"all":[1,2]}"#),
            (r#""row <row>""#, r#""row {a:1}""#),
            (r#""none: <none>.""#, r#""none: .""#),
            (r#"{"none": <none>}"#, r#"{"none":""}"#),
            (r#"{"a": <aws.events.rule-arn>}"#, r#"{"a":"arn:rule"}"#),
            (r#""<aws.events.rule-name> triggered""#, r#""example triggered""#),
            (r#"{"t": <aws.events.event.ingestion-time>}"#, r#"{"t":"2015-11-11T21:29:54.000Z"}"#),
            ("a < b", "a < b"),
            ("\"<instance>:\"\n\"<state>\"", "\"i-0123456789:\"\n\"RUNNING\""),
        ] {
            assert_eq!(transformed(template), text, "{template}");
        }
        let whole = transformed(r#"{"e": <aws.events.event.json>}"#);
        assert_eq!(whole, format!(r#"{{"e":{}}}"#, event().json()));
        let part = transformed(r#"{"e": <aws.events.event>}"#);
        assert!(!part.contains("detail\":") && part.contains("detail-type"), "{part}");
    }

    #[test]
    fn paths() {
        let json = event().json();
        for (path, found) in [
            ("$.detail.state", Some(r#""RUNNING""#)),
            ("$.resources[1]", Some(r#""arn:2""#)),
            ("$.resources", Some(r#"["arn:1","arn:2"]"#)),
            ("$.detail.rows[5]", None),
            ("$.nothing", None),
        ] {
            assert_eq!(at(path, &json).map(|it| it.to_string()).as_deref(), found, "{path}");
        }
        assert_eq!(at("$", &json), Some(json));
        for none in ["", "detail", "$detail", "$.", "$.a[", "$.a[x]", "$.detail['a']", "$['a']"] {
            assert!(!is_path(none), "{none}");
        }
    }
}
