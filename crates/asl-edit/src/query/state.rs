//! A state's fields in the other language.

use serde_json::{Map, Value, json};

use super::{dropped, rules};
use crate::Told;
use crate::fresh::Language;

/// The state as the other language says it.
pub fn converted(state: &Value, to: Language, told: &mut Vec<Told>) -> Value {
    let Some(fields) = state.as_object() else { return state.clone() };
    let fields = match to {
        Language::Jsonata => to_jsonata(fields, told),
        Language::JsonPath => to_paths(fields, told),
    };
    Value::Object(fields)
}

/// Where a path leads, as JSONata says it; nothing for filters, slices, searches and intrinsics.
pub fn expression(path: &str, root: &str) -> Option<String> {
    let (root, rest) = if let Some(rest) = path.strip_prefix("$$") {
        ("$states.context".to_owned(), rest)
    } else {
        let rest = path.strip_prefix('$')?;
        let name: String =
            rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let left = rest.get(name.len()..).unwrap_or_default();
        (if name.is_empty() { root.to_owned() } else { format!("${name}") }, left)
    };
    let simple = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '[' | ']');
    if rest.contains("..") || rest.contains('*') || rest.contains("[?") || rest.contains(':') {
        return None;
    }
    if rest.chars().all(simple) && (rest.is_empty() || rest.starts_with(['.', '['])) {
        return Some(format!("{root}{rest}"));
    }
    // `$['a b']` is `$.`a b`` there.
    let quoted = rest.replace("['", ".`").replace("']", "`");
    let fits = !quoted.contains(['\'', '"', '(', ')', '@']) && quoted.starts_with('.');
    fits.then(|| format!("{root}{quoted}"))
}

/// An expression in its marks.
pub fn marked(expression: &str) -> Value {
    format!("{{% {expression} %}}").into()
}

fn path_value(path: &Value, root: &str) -> Option<Value> {
    expression(path.as_str()?, root).map(|expression| marked(&expression))
}

/// A template with `.$` in JSONata; nothing if something in it cannot be said.
fn template(value: &Value, root: &str) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| match name.strip_suffix(".$") {
                Some(name) => Some((name.to_owned(), path_value(value, root)?)),
                None => Some((name.clone(), template(value, root)?)),
            };
            members.iter().map(one).collect::<Option<Map<_, _>>>().map(Value::Object)
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| template(item, root));
            items.collect::<Option<Vec<_>>>().map(Value::Array)
        }
        other => Some(other.clone()),
    }
}

const INPUT: &str = "$states.input";
const RESULT: &str = "$states.result";

fn to_jsonata(fields: &Map<String, Value>, told: &mut Vec<Told>) -> Map<String, Value> {
    let kind = fields.get("Type").and_then(Value::as_str).unwrap_or_default();
    let mut new = Map::new();
    let mut put = |name: &str, value: Option<Value>, from: &str, told: &mut Vec<Told>| match value {
        Some(value) => drop(new.insert(name.to_owned(), value)),
        None => dropped(told, from),
    };
    for (name, value) in fields {
        match name.as_str() {
            "Parameters" if kind == "Pass" => put("Output", template(value, INPUT), name, told),
            "Parameters" if kind == "Map" => {
                put("ItemSelector", template(value, INPUT), name, told);
            }
            "Parameters" => put("Arguments", template(value, INPUT), name, told),
            "ItemSelector" | "Assign" => {
                let root = if name == "Assign" && works(kind) { RESULT } else { INPUT };
                put(name, template(value, root), name, told);
            }
            "Result" => put("Output", Some(value.clone()), name, told),
            "ItemsPath" => put("Items", path_value(value, INPUT), name, told),
            "SecondsPath"
            | "TimestampPath"
            | "TimeoutSecondsPath"
            | "HeartbeatSecondsPath"
            | "MaxConcurrencyPath"
            | "ToleratedFailureCountPath"
            | "ToleratedFailurePercentagePath"
            | "ErrorPath"
            | "CausePath" => {
                let short = name.strip_suffix("Path").unwrap_or(name);
                put(short, path_value(value, INPUT), name, told);
            }
            "Choices" => {
                let rules = value.as_array().into_iter().flatten();
                let rules = rules.map(|rule| rules::to_jsonata(rule, told)).collect::<Vec<_>>();
                put(name, Some(rules.into()), name, told);
            }
            "Catch" => put(name, Some(catchers(value, told)), name, told),
            "ResultSelector" | "ResultPath" => {}
            "InputPath" | "OutputPath" if value == "$" => {}
            "InputPath" | "OutputPath" => dropped(told, name),
            _ => put(name, Some(value.clone()), name, told),
        }
    }
    if let Some(output) = output_of(fields, told) {
        new.insert("Output".to_owned(), output);
    }
    new
}

fn works(kind: &str) -> bool {
    matches!(kind, "Task" | "Map" | "Parallel")
}

/// What `ResultSelector` and `ResultPath` make of a result, as `Output`.
fn output_of(fields: &Map<String, Value>, told: &mut Vec<Told>) -> Option<Value> {
    let (selector, path) = (fields.get("ResultSelector"), fields.get("ResultPath"));
    match (selector, path) {
        (None, None) => None,
        (None, Some(Value::Null)) => Some(marked(INPUT)),
        (Some(selector), None) => {
            template(selector, RESULT).or_else(|| none(told, "ResultSelector"))
        }
        (None, Some(path)) => {
            let what = fields.get("Result").map_or_else(|| RESULT.to_owned(), Value::to_string);
            merged(path, &what).or_else(|| none(told, "ResultPath"))
        }
        (Some(_), Some(_)) => {
            dropped(told, "ResultSelector");
            none(told, "ResultPath")
        }
    }
}

fn none(told: &mut Vec<Told>, field: &str) -> Option<Value> {
    dropped(told, field);
    None
}

/// The input with something at a path of one step.
fn merged(path: &Value, what: &str) -> Option<Value> {
    let path = path.as_str()?;
    if path == "$" {
        return Some(marked(what));
    }
    let name = path.strip_prefix("$.")?;
    let simple = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    simple.then(|| marked(&format!("$merge([$states.input, {{\"{name}\": {what}}}])")))
}

fn catchers(value: &Value, told: &mut Vec<Told>) -> Value {
    let catchers = value.as_array().into_iter().flatten().map(|catcher| {
        let Some(fields) = catcher.as_object() else { return catcher.clone() };
        let mut new = fields.clone();
        if let Some(path) = new.shift_remove("ResultPath") {
            match merged(&path, "$states.errorOutput") {
                Some(output) => drop(new.insert("Output".to_owned(), output)),
                None => dropped(told, "ResultPath"),
            }
        }
        Value::Object(new)
    });
    catchers.collect::<Vec<_>>().into()
}

/// Whether a value holds an expression.
fn holds_expression(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim_start().starts_with("{%"),
        Value::Array(items) => items.iter().any(holds_expression),
        Value::Object(members) => members.values().any(holds_expression),
        _ => false,
    }
}

/// From JSONata to paths: what is no expression stays.
fn to_paths(fields: &Map<String, Value>, told: &mut Vec<Told>) -> Map<String, Value> {
    let mut new = Map::new();
    let pass = fields.get("Type") == Some(&json!("Pass"));
    for (name, value) in fields {
        let value = match name.as_str() {
            "Choices" => {
                let rules = value.as_array().into_iter().flatten();
                rules.map(|rule| rules::to_path(rule, told)).collect::<Vec<_>>().into()
            }
            "Catch" | "Branches" | "ItemProcessor" | "Iterator" => value.clone(),
            _ if holds_expression(value) => {
                dropped(told, name);
                continue;
            }
            _ => value.clone(),
        };
        match name.as_str() {
            "Arguments" => new.insert("Parameters".to_owned(), value),
            "Output" if pass => new.insert("Result".to_owned(), value),
            "Output" | "Items" => {
                dropped(told, name);
                continue;
            }
            "Catch" => {
                let mut catchers = value;
                for catcher in catchers.as_array_mut().into_iter().flatten() {
                    let members = catcher.as_object_mut();
                    if members.and_then(|members| members.shift_remove("Output")).is_some() {
                        dropped(told, "Output");
                    }
                }
                new.insert(name.clone(), catchers)
            }
            _ => new.insert(name.clone(), value),
        };
    }
    new
}
