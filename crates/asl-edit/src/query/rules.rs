//! Rules of a Choice in the other language.

use serde_json::{Map, Value, json};

use super::dropped;
use super::state::{expression, marked};
use crate::Told;
use crate::fresh::{self, Language};

/// A rule with a Condition that says the same; one that cannot be said is never true, and told.
pub fn to_jsonata(rule: &Value, told: &mut Vec<Told>) -> Value {
    let Some(fields) = rule.as_object() else { return rule.clone() };
    let condition = condition(fields).unwrap_or_else(|| {
        dropped(told, "Choices");
        "false".to_owned()
    });
    let mut new = Map::new();
    new.insert("Condition".to_owned(), marked(&condition));
    let kept = fields.iter().filter(|(name, _)| is_beside(name));
    new.extend(kept.map(|(name, value)| (name.clone(), value.clone())));
    Value::Object(new)
}

/// A rule that asks whether a value is there, since no expression can be read back.
pub fn to_path(rule: &Value, told: &mut Vec<Told>) -> Value {
    let Some(fields) = rule.as_object() else { return rule.clone() };
    if !fields.contains_key("Condition") {
        return rule.clone();
    }
    dropped(told, "Condition");
    let mut new = fresh::rule(Language::JsonPath);
    if let Some(members) = new.as_object_mut() {
        let kept = fields.iter().filter(|(name, _)| is_beside(name) && *name != "Assign");
        members.extend(kept.map(|(name, value)| (name.clone(), value.clone())));
    }
    new
}

fn is_beside(name: &str) -> bool {
    matches!(name, "Next" | "Comment" | "Assign")
}

fn condition(rule: &Map<String, Value>) -> Option<String> {
    for (name, word) in [("And", " and "), ("Or", " or ")] {
        if let Some(rules) = rule.get(name).and_then(Value::as_array) {
            let rules =
                rules.iter().map(|rule| Some(format!("({})", condition(rule.as_object()?)?)));
            return rules.collect::<Option<Vec<_>>>().map(|rules| rules.join(word));
        }
    }
    if let Some(inner) = rule.get("Not") {
        return Some(format!("$not({})", condition(inner.as_object()?)?));
    }
    let variable = expression(rule.get("Variable")?.as_str()?, "$states.input")?;
    let (operator, value) =
        rule.iter().find(|(name, _)| *name != "Variable" && !is_beside(name))?;
    let is = |test: String| {
        if value == &json!(false) { format!("$not({test})") } else { test }
    };
    match operator.as_str() {
        "IsPresent" => return Some(is(format!("$exists({variable})"))),
        "IsNull" => return Some(is(format!("{variable} = null"))),
        "IsString" => return Some(is(format!("$type({variable}) = \"string\""))),
        "IsNumeric" => return Some(is(format!("$type({variable}) = \"number\""))),
        "IsBoolean" => return Some(is(format!("$type({variable}) = \"boolean\""))),
        _ => {}
    }
    let (operator, by_path) =
        operator.strip_suffix("Path").map_or((operator.as_str(), false), |name| (name, true));
    let other =
        if by_path { expression(value.as_str()?, "$states.input")? } else { value.to_string() };
    let kinds = ["Numeric", "String", "Boolean", "Timestamp"];
    let (kind, sign) = kinds.iter().find_map(|kind| Some((*kind, operator.strip_prefix(kind)?)))?;
    let sign = match sign {
        "Equals" => "=",
        "LessThan" => "<",
        "LessThanEquals" => "<=",
        "GreaterThan" => ">",
        "GreaterThanEquals" => ">=",
        _ => return None,
    };
    if kind == "Timestamp" {
        return Some(format!("$toMillis({variable}) {sign} $toMillis({other})"));
    }
    Some(format!("{variable} {sign} {other}"))
}
