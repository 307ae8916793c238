//! One value of a state or of the machine: read, set, taken away; and the items of its lists.

use serde_json::{Map, Value, json};

use crate::draft::{Beside, Draft};
use crate::tree::{self, Span};
use crate::{Edited, Refusal, Told, fresh, fresh::Language};

/// The state, or the whole machine.
fn owner(draft: &Draft<'_>, state: Option<&str>) -> Result<Span, Refusal> {
    match state {
        Some(name) => draft.find(name).map(|found| found.state),
        None => Ok(draft.whole.clone()),
    }
}

fn no_field(state: Option<&str>) -> Refusal {
    Refusal::NoSuchField(state.unwrap_or("The machine").to_owned())
}

/// How a value is written, as far to the left as it goes; nothing if it is not there.
pub fn written(text: &str, state: Option<&str>, pointer: &str) -> Option<String> {
    let draft = Draft::of(text).ok()?;
    let owner = owner(&draft, state).ok()?;
    owner.at(pointer).map(|span| draft.written(span))
}

/// A value; nothing if it is not there.
pub fn value(text: &str, state: Option<&str>, pointer: &str) -> Option<Value> {
    let draft = Draft::of(text).ok()?;
    let owner = owner(&draft, state).ok()?;
    owner.at(pointer).map(|span| draft.value(span))
}

/// Sets a value. Objects on the way to it are made.
///
/// # Errors
/// The way leads through something that holds nothing.
pub fn set(
    text: &str,
    state: Option<&str>,
    pointer: &str,
    value: &Value,
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    if let Some(span) = owner.at(pointer) {
        let span = span.clone();
        draft.replace(&span, value);
        return draft.done();
    }
    let unit = draft.unit().to_owned();
    put_new(draft, &owner, (state, pointer), &crate::draft::pretty(value, &unit))
}

/// Sets a value as it is written.
///
/// # Errors
/// It is no JSON, or the way leads through something that holds nothing.
pub fn set_written(
    text: &str,
    state: Option<&str>,
    pointer: &str,
    written: &str,
) -> Result<String, Refusal> {
    tree::read(written)?;
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    if let Some(span) = owner.at(pointer) {
        let span = span.clone();
        draft.replace_written(&span, written);
        return draft.done();
    }
    put_new(draft, &owner, (state, pointer), written)
}

/// Puts a value where there is none yet: into the last object of the way that is there.
fn put_new(
    mut draft: Draft<'_>,
    owner: &Span,
    (state, pointer): (Option<&str>, &str),
    written: &str,
) -> Result<String, Refusal> {
    let steps = tree::steps(pointer);
    let mut here = owner;
    for (at, step) in steps.iter().enumerate() {
        let deeper = if here.items.is_empty() {
            here.get(step)
        } else {
            step.parse::<usize>().ok().and_then(|at| here.items.get(at))
        };
        if let Some(deeper) = deeper {
            here = deeper;
            continue;
        }
        if draft.part(here.from, here.from + 1) != "{" {
            return Err(no_field(state));
        }
        let inner = steps.get(at + 1..).unwrap_or_default();
        let unit = draft.unit().to_owned();
        let written = inner.iter().rev().fold(written.to_owned(), |written, step| {
            let value = crate::draft::indented(&written, &unit);
            format!("{{\n{unit}{}: {value}\n}}", Value::from(step.as_str()))
        });
        draft.add(here, step, &written, beside(here));
        return draft.done();
    }
    Err(no_field(state))
}

/// A new field of a state stands before where it leads to.
fn beside(object: &Span) -> Beside<'_> {
    let ends = |name: &str| matches!(name, "Next" | "End" | "Default");
    match object.members.last() {
        Some(last) if ends(&last.name) && object.get("Type").is_some() => {
            let before = object.members.iter().rev().find(|member| !ends(&member.name));
            before.map_or(Beside::Last, |before| Beside::After(&before.name))
        }
        _ => Beside::Last,
    }
}

/// Takes a value away; one that is not there stays so.
///
/// # Errors
/// There is no such state.
pub fn unset(text: &str, state: Option<&str>, pointer: &str) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    let Some((parent, last)) = pointer.rsplit_once('/') else { return Err(no_field(state)) };
    let name = tree::steps(&format!("/{last}")).concat();
    if let Some(parent) = owner.at(parent) {
        draft.remove(parent, &[&name]);
    }
    draft.done()
}

/// Puts an item into a list, before the one that stands there now. The list is made if need be.
///
/// # Errors
/// There is no such state, or no list.
pub fn add_item(
    text: &str,
    state: Option<&str>,
    list: &str,
    at: usize,
    item: &Value,
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    let Some(span) = owner.at(list).cloned() else {
        return set(text, state, list, &json!([item]));
    };
    if draft.part(span.from, span.from + 1) != "[" {
        return Err(no_field(state));
    }
    let written = crate::draft::pretty(item, draft.unit());
    draft.add_item(&span, at, &written);
    draft.done()
}

/// Takes an item out of a list. Of Retry and Catch and other lists that may be missing nothing is left once they are empty.
///
/// # Errors
/// It is not there, or the last one of those that are needed.
pub fn remove_item(
    text: &str,
    state: Option<&str>,
    list: &str,
    at: usize,
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    let span = owner.at(list).ok_or_else(|| no_field(state))?.clone();
    let name = || state.unwrap_or_default().to_owned();
    if at >= span.items.len() {
        return Err(no_field(state));
    }
    if span.items.len() > 1 {
        draft.remove_item(&span, at);
        return draft.done();
    }
    match list {
        "/Choices" => Err(Refusal::LastRule(name())),
        "/Branches" => Err(Refusal::LastItem(name())),
        _ if list.ends_with("/ErrorEquals") => Err(Refusal::LastItem(name())),
        _ => unset(text, state, list),
    }
}

/// Moves an item of a list to another place in it; the texts of the two and of what lies between change places.
///
/// # Errors
/// It is not there.
pub fn move_item(
    text: &str,
    state: Option<&str>,
    list: &str,
    (from, to): (usize, usize),
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let owner = owner(&draft, state)?;
    let span = owner.at(list).ok_or_else(|| no_field(state))?.clone();
    if from >= span.items.len() || to >= span.items.len() {
        return Err(no_field(state));
    }
    let mut texts: Vec<&str> =
        span.items.iter().map(|item| draft.part(item.from, item.to)).collect();
    let moved = texts.remove(from);
    texts.insert(to, moved);
    let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
    for (item, text) in span.items.iter().zip(texts) {
        draft.change(item.from, item.to, text);
    }
    draft.done()
}

/// Fields that a type of state has, beside those that all have.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html>
fn has(kind: &str, field: &str) -> bool {
    let flow = !matches!(kind, "Succeed" | "Fail" | "Choice");
    let works = matches!(kind, "Task" | "Parallel" | "Map");
    match field {
        "Type" | "Comment" | "QueryLanguage" => true,
        "Next" | "End" => flow,
        "InputPath" | "OutputPath" | "Output" => kind != "Fail",
        "Assign" => !matches!(kind, "Succeed" | "Fail"),
        "Parameters" | "ResultPath" => works || kind == "Pass",
        "Arguments" => matches!(kind, "Task" | "Parallel"),
        "ResultSelector" | "Retry" | "Catch" => works,
        "Result" => kind == "Pass",
        "Choices" | "Default" => kind == "Choice",
        "Seconds" | "SecondsPath" | "Timestamp" | "TimestampPath" => kind == "Wait",
        "Error" | "Cause" | "ErrorPath" | "CausePath" => kind == "Fail",
        "Branches" => kind == "Parallel",
        "Resource"
        | "Credentials"
        | "TimeoutSeconds"
        | "TimeoutSecondsPath"
        | "HeartbeatSeconds"
        | "HeartbeatSecondsPath" => kind == "Task",
        _ => kind == "Map",
    }
}

/// Makes a state one of another type. What that does not have goes; what it needs is put in.
///
/// # Errors
/// There is no such type, or the state ends where a Choice would have to lead somewhere.
pub fn change_type(text: &str, name: &str, kind: &str) -> Result<Edited, Refusal> {
    if !fresh::KINDS.contains(&kind) {
        return Err(Refusal::NoSuchType(kind.to_owned()));
    }
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let language = language_of(&draft, &found.state);
    let target = draft.main_way(&found.state).and_then(|(_, to)| to);
    if kind == "Choice" && target.is_none() {
        return Err(Refusal::CannotEnd(name.to_owned()));
    }
    let names = found.state.members.iter().map(|member| member.name.as_str());
    let gone: Vec<&str> = names.filter(|field| !has(kind, field)).collect();
    let mut edited = strip(text, name, &gone)?;
    edited = set(&edited, Some(name), "/Type", &kind.into())?;
    for (field, value) in needed(kind, language, target.as_deref(), &draft) {
        let pointer = tree::step(&field);
        let there = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        let has_time = there.iter().any(|name| found.state.get(name).is_some());
        if self::value(&edited, Some(name), &pointer).is_none() && !(field == "Seconds" && has_time)
        {
            edited = set(&edited, Some(name), &pointer, &value)?;
        }
    }
    let links = ["Next", "End", "Default", "Choices", "Type"];
    let told = gone.iter().filter(|field| !links.contains(field));
    let told = told.map(|field| Told::Dropped((*field).to_owned())).collect();
    Ok(Edited { text: edited, state: Some(name.to_owned()), told })
}

/// What a state of this type cannot be without.
fn needed(
    kind: &str,
    language: Language,
    target: Option<&str>,
    draft: &Draft<'_>,
) -> Map<String, Value> {
    let mut state = fresh::state(kind, language);
    let mut taken = draft.names().into_iter().collect();
    crate::states::fill(&mut state, &mut taken);
    if kind == "Choice" {
        crate::states::point(&mut state, target.unwrap_or_default());
    }
    let mut needed = match state {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    if has(kind, "Next") {
        match target {
            Some(target) => needed.insert("Next".to_owned(), target.into()),
            None => needed.insert("End".to_owned(), true.into()),
        };
    }
    needed
}

fn strip(text: &str, name: &str, gone: &[&str]) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let found = draft.find(name)?;
    draft.remove(&found.state, gone);
    draft.done()
}

fn language_of(draft: &Draft<'_>, state: &Span) -> Language {
    let own = draft.string_of(state, "QueryLanguage");
    let said = own.or_else(|| draft.string_of(&draft.whole, "QueryLanguage"));
    Language::named(said.as_deref().unwrap_or_default())
}

/// How data is written in a state, or in the machine.
pub fn language(text: &str, state: Option<&str>) -> Language {
    let Ok(draft) = Draft::of(text) else { return Language::default() };
    match state.map(|name| draft.find(name)) {
        Some(Ok(found)) => language_of(&draft, &found.state),
        _ => language_of(&draft, &draft.whole),
    }
}
