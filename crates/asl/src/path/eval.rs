//! What a path gives.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Function, NoResult, Path, Step, filter};
use crate::doc;

/// See [`Path::find`].
pub fn find<'a>(path: &Path, root: &'a Value) -> Result<Cow<'a, Value>, NoResult> {
    let found = if path.is_definite() {
        Cow::Borrowed(definite(&path.steps, root)?)
    } else {
        let all = all(&path.steps, root);
        Cow::Owned(Value::Array(all.into_iter().cloned().collect()))
    };
    match path.function {
        None => Ok(found),
        Some(function) => apply(function, &found)
            .map(Cow::Owned)
            .ok_or_else(|| NoResult(format!("No results for path: {}", canonical(&path.steps)))),
    }
}

fn definite<'a>(steps: &[Step], root: &'a Value) -> Result<&'a Value, NoResult> {
    let mut value = root;
    for (at, step) in steps.iter().enumerate() {
        let is_leaf = at + 1 == steps.len();
        let upto = |count: usize| canonical(steps.get(..count).unwrap_or_default());
        value = match step {
            Step::Key(key) => {
                let Value::Object(map) = value else {
                    return Err(no_object(key, &upto(at), value));
                };
                let missing = || {
                    if is_leaf {
                        NoResult(format!("No results for path: {}", canonical(steps)))
                    } else {
                        NoResult(format!("Missing property in path {}", upto(at + 1)))
                    }
                };
                map.get(key).ok_or_else(missing)?
            }
            Step::Index(position) => {
                let list = array(step, &upto(at), value)?;
                let found = index(list.len(), *position).and_then(|at| list.get(at));
                found
                    .ok_or_else(|| NoResult(format!("No results for path: {}", canonical(steps))))?
            }
            _ => return Err(NoResult(format!("No results for path: {}", canonical(steps)))),
        };
    }
    Ok(value)
}

fn no_object(key: &str, path: &str, found: &Value) -> NoResult {
    let class = match found {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(number) if number.is_f64() => "java.lang.Double",
        Value::Number(_) => "java.lang.Integer",
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "java.util.ArrayList",
        Value::Object(_) => "java.util.LinkedHashMap",
    };
    NoResult(format!(
        "Expected to find an object with property ['{key}'] in path {path} but found '{class}'. \
         This is not a json object according to the JsonProvider: \
         'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
    ))
}

fn array<'a>(step: &Step, path: &str, value: &'a Value) -> Result<&'a Vec<Value>, NoResult> {
    match value {
        Value::Array(list) => Ok(list),
        Value::Null => Err(NoResult(format!("The path {path} is null"))),
        other => Err(NoResult(format!(
            "Filter: {} can only be applied to arrays. Current context is: {}",
            fragment(step),
            doc::write(other)
        ))),
    }
}

/// A position from the front, or from the back if it is negative.
pub(super) fn index(length: usize, position: i64) -> Option<usize> {
    let at = if position < 0 { position + i64::try_from(length).ok()? } else { position };
    usize::try_from(at).ok().filter(|at| *at < length)
}

/// Every value that the steps lead to. What is missing is left out.
fn all<'a>(steps: &[Step], root: &'a Value) -> Vec<&'a Value> {
    let upstream =
        steps.iter().take_while(|step| matches!(step, Step::Key(_) | Step::Index(_))).count();
    let (first, rest) = steps.split_at(upstream);
    // AWS gives an empty list where a path that is not definite finds nothing.
    let Ok(start) = definite(first, root) else { return Vec::new() };
    let mut values = vec![start];
    for step in rest {
        let mut next = Vec::new();
        for value in values {
            spread(step, value, root, &mut next);
        }
        values = next;
    }
    values
}

fn spread<'a>(step: &Step, value: &'a Value, root: &Value, out: &mut Vec<&'a Value>) {
    match (step, value) {
        (Step::Key(key), Value::Object(map)) => out.extend(map.get(key)),
        (Step::Keys(keys), Value::Object(map)) => {
            out.extend(keys.iter().filter_map(|key| map.get(key)));
        }
        (Step::Index(at), Value::Array(list)) => {
            out.extend(index(list.len(), *at).and_then(|at| list.get(at)));
        }
        (Step::Indices(all), Value::Array(list)) => {
            out.extend(all.iter().filter_map(|at| list.get(index(list.len(), *at)?)));
        }
        (Step::Slice(from, to), Value::Array(list)) => out.extend(slice(list, *from, *to)),
        (Step::Wild, Value::Array(list)) => out.extend(list),
        (Step::Wild, Value::Object(map)) => out.extend(map.values()),
        (Step::Deep, value) => descend(value, out),
        (Step::Filter(filter), Value::Array(list)) => {
            out.extend(list.iter().filter(|item| filter::keeps(filter, item, root)));
        }
        (Step::Filter(filter), Value::Object(_)) if filter::keeps(filter, value, root) => {
            out.push(value);
        }
        _ => {}
    }
}

fn slice(list: &[Value], from: Option<i64>, to: Option<i64>) -> &[Value] {
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let clamp = |at: i64| (if at < 0 { at + length } else { at }).clamp(0, length);
    let (from, to) = (clamp(from.unwrap_or(0)), clamp(to.unwrap_or(length)));
    let (from, to) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(0));
    list.get(from..to).unwrap_or_default()
}

fn descend<'a>(value: &'a Value, out: &mut Vec<&'a Value>) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        out.push(value);
        match value {
            Value::Array(list) => pending.extend(list.iter().rev()),
            Value::Object(map) => pending.extend(map.values().rev()),
            _ => {}
        }
    }
}

fn apply(function: Function, value: &Value) -> Option<Value> {
    let numbers = || -> Option<Vec<f64>> {
        let all: Vec<f64> = value.as_array()?.iter().filter_map(Value::as_f64).collect();
        (!all.is_empty()).then_some(all)
    };
    match (function, value) {
        (Function::Length, Value::Array(list)) => Some(list.len().into()),
        (Function::Length, Value::Object(map)) => Some(map.len().into()),
        (Function::Length, Value::String(text)) => Some(text.chars().count().into()),
        (Function::Keys, Value::Object(map)) => {
            Some(Value::Array(map.keys().map(|key| Value::String(key.clone())).collect()))
        }
        (Function::Sum, _) => Some(numbers()?.iter().sum::<f64>().into()),
        (Function::Min, _) => Some(numbers()?.into_iter().fold(f64::INFINITY, f64::min).into()),
        (Function::Max, _) => Some(numbers()?.into_iter().fold(f64::NEG_INFINITY, f64::max).into()),
        (Function::Avg, _) => {
            let all = numbers()?;
            #[expect(clippy::cast_precision_loss, reason = "a list in memory is short enough")]
            let count = all.len() as f64;
            Some((all.iter().sum::<f64>() / count).into())
        }
        _ => None,
    }
}

/// Steps in Jayway's own form: `$['a'][0]`.
pub fn canonical(steps: &[Step]) -> String {
    steps.iter().fold("$".to_owned(), |mut text, step| {
        text.push_str(&fragment(step));
        text
    })
}

fn fragment(step: &Step) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    match step {
        Step::Key(key) => format!("['{key}']"),
        Step::Keys(keys) => list(keys.iter().map(|key| format!("'{key}'")).collect()),
        Step::Index(at) => format!("[{at}]"),
        Step::Indices(all) => list(all.iter().map(ToString::to_string).collect()),
        Step::Slice(from, to) => {
            let mut text = "[".to_owned();
            let number = |at: &Option<i64>| at.map(|at| at.to_string()).unwrap_or_default();
            let _ = write!(text, "{}:{}]", number(from), number(to));
            text
        }
        Step::Wild => "[*]".to_owned(),
        Step::Deep => "..".to_owned(),
        Step::Filter(_) => "[?]".to_owned(),
    }
}
