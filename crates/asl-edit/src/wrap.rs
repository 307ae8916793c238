//! States taken together into a Parallel or a Map, and taken out of one again.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::draft::{self, Draft};
use crate::place::{self, Found, Way};
use crate::tree::Span;
use crate::{Edited, Refusal, Told};

/// What states are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// A Parallel with one branch.
    Parallel,
    /// An inline Map: each item of its input goes through them.
    Map,
}

/// Puts the states from `first` to `last` into one that does them. They must have one way in and one way out.
///
/// # Errors
/// Something leads into them or out of them elsewhere.
pub fn wrap(text: &str, first: &str, last: &str, around: Around) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(first)?;
    let run = run_of(&draft, &found, first, last)?;
    let end = found.states().get(last).ok_or_else(|| Refusal::NoSuchState(last.to_owned()))?;
    if draft.kind(end) == "Choice" {
        return Err(Refusal::EndsWithChoice(last.to_owned()));
    }
    let target = draft.main_way(end).and_then(|(_, to)| to);
    let name = draft.free_name(match around {
        Around::Parallel => "Parallel",
        Around::Map => "Map",
    });
    // A loop back to the first goes around all of it.
    let target = target.map(|to| if to == first { name.clone() } else { to });
    // The last one ends its branch; what leads to the first leads to what is around it.
    let mut draft = Draft::of(text)?;
    if !matches!(draft.kind(end).as_str(), "Succeed" | "Fail") {
        draft.lead(last, Way::Next, None)?;
    }
    let ended = draft.done()?;
    let ended = lead_to(&ended, &found, &run, (first, &name))?;
    let mut draft = Draft::of(&ended)?;
    let found = draft.find(first)?;
    let written = around_them(&draft, &found, (first, &run), (around, target.as_deref()));
    let others: Vec<&str> =
        run.iter().map(String::as_str).filter(|state| *state != first).collect();
    if let Some(member) = found.states().member(first) {
        let space = draft.indentation(member.from).to_owned();
        let member = member.whole();
        let named = Value::from(name.as_str());
        let text = format!("{named}: {}", draft::indented(&written, &space));
        draft.change(member.from, member.to, text);
    }
    draft.remove(found.states(), &others);
    Ok(Edited { text: draft.done()?, state: Some(name), told: Vec::new() })
}

/// The states that are taken together.
fn run_of(
    draft: &Draft<'_>,
    found: &Found,
    first: &str,
    last: &str,
) -> Result<BTreeSet<String>, Refusal> {
    let states = found.states();
    let mut run = BTreeSet::new();
    let mut open = vec![first.to_owned()];
    while let Some(name) = open.pop() {
        let Some(state) = states.get(&name) else { continue };
        if !run.insert(name.clone()) {
            continue;
        }
        let on = |way: &Way| name != last || matches!(way, Way::Catch(_));
        let ways = draft.ways(state).into_iter().filter(|(way, _)| on(way));
        open.extend(ways.filter_map(|(_, to)| to));
    }
    if !run.contains(last) {
        return Err(Refusal::NotAfter { from: first.to_owned(), to: last.to_owned() });
    }
    for member in &states.members {
        let within = run.contains(&member.name);
        if within && member.name != last {
            if draft.kind(&member.value) == "Succeed" {
                return Err(Refusal::EndsElsewhere(member.name.clone()));
            }
            if draft.ways(&member.value).contains(&(Way::Next, None)) {
                return Err(Refusal::EndsElsewhere(member.name.clone()));
            }
        }
        for (way, to) in draft.ways(&member.value) {
            let Some(to) = to else { continue };
            let leaves = member.name == last && way == Way::Next;
            if leaves && run.contains(&to) && to != first {
                return Err(Refusal::LeadsIn { from: member.name.clone(), to });
            }
            if within && !run.contains(&to) && !leaves {
                return Err(Refusal::LeadsOut { from: member.name.clone(), to });
            }
            if !within && run.contains(&to) && to != first {
                return Err(Refusal::LeadsIn { from: member.name.clone(), to });
            }
        }
    }
    Ok(run)
}

/// Has what leads to the first of them from outside, or from the last of them, lead to what is around them.
fn lead_to(
    text: &str,
    found: &Found,
    run: &BTreeSet<String>,
    (first, name): (&str, &str),
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let scope = draft.scope(&found.at)?;
    let start = scope.get("StartAt").cloned();
    if let Some(start) = start.filter(|start| draft.string(start).as_deref() == Some(first)) {
        draft.replace(&start, &name.into());
    }
    let states = scope.get("States").ok_or(Refusal::NoStates)?;
    let others = states.members.iter().filter(|member| !run.contains(&member.name));
    for member in others {
        for (way, to) in draft.ways(&member.value) {
            if to.as_deref() == Some(first) {
                draft.lead(&member.name, way, Some(name))?;
            }
        }
    }
    draft.done()
}

/// The state that is around them, as it is written from the left.
fn around_them(
    draft: &Draft<'_>,
    found: &Found,
    (first, run): (&str, &BTreeSet<String>),
    (around, target): (Around, Option<&str>),
) -> String {
    let unit = draft.unit();
    let members = found.states().members.iter().filter(|member| run.contains(&member.name));
    let members = members.map(|member| {
        let space = draft.indentation(member.from);
        let text = draft.part(member.from, member.value.to);
        draft::indented(&text.replace(&format!("\n{space}"), "\n"), unit)
    });
    let members = members.collect::<Vec<_>>().join(&format!(",\n{unit}"));
    let first = Value::from(first);
    let scope = format!("\"StartAt\": {first},\n\"States\": {{\n{unit}{members}\n}}");
    let body = match around {
        Around::Parallel => {
            let branch = draft::indented(&scope, unit);
            let branches = draft::indented(&format!("{{\n{unit}{branch}\n}}"), unit);
            format!("\"Type\": \"Parallel\",\n\"Branches\": [\n{unit}{branches}\n]")
        }
        Around::Map => {
            let mode = "\"ProcessorConfig\": {\"Mode\": \"INLINE\"}";
            let scope = draft::indented(&format!("{mode},\n{scope}"), unit);
            format!("\"Type\": \"Map\",\n\"ItemProcessor\": {{\n{unit}{scope}\n}}")
        }
    };
    let leads = target
        .map_or("\"End\": true".to_owned(), |target| format!("\"Next\": {}", Value::from(target)));
    format!("{{\n{unit}{}\n}}", draft::indented(&format!("{body},\n{leads}"), unit))
}

/// Takes the states of a Parallel with one branch, or of a Map, out of it. What it had beside them is gone, and told.
///
/// # Errors
/// It is neither, or holds a Succeed that would end more than it does now.
pub fn unwrap(text: &str, name: &str) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let scopes = place::inner(&found.state);
    let ([scope], "Parallel" | "Map") = (scopes.as_slice(), draft.kind(&found.state).as_str())
    else {
        return Err(Refusal::NotWrapped(name.to_owned()));
    };
    let start = draft.string_of(scope, "StartAt").unwrap_or_default();
    let states = scope.get("States").ok_or(Refusal::NoStates)?;
    if states.get(&start).is_none() {
        return Err(Refusal::NoSuchState(start));
    }
    let target = draft.string_of(&found.state, "Next");
    let ends = states.members.iter().find(|member| draft.kind(&member.value) == "Succeed");
    if let (Some(ends), Some(_)) = (ends, &target) {
        return Err(Refusal::EndsElsewhere(ends.name.clone()));
    }
    let inner: Vec<String> = states.members.iter().map(|member| member.name.clone()).collect();
    let kept = ["Type", "Branches", "ItemProcessor", "Iterator", "Next", "End", "Comment"];
    let lost = found.state.members.iter().map(|member| member.name.as_str());
    let lost = lost.filter(|field| !kept.contains(field));
    let told = lost.map(|field| Told::Dropped(field.to_owned())).collect();
    let text = lift(text, name, &found)?;
    let text = lead_in(&text, (name, &start), &inner, target.as_deref())?;
    Ok(Edited { text, state: Some(start), told })
}

/// Puts the states within in the place of the one around them.
fn lift(text: &str, name: &str, found: &Found) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let Some(outer) = found.states().member(name) else {
        return Err(Refusal::NoSuchState(name.to_owned()));
    };
    let scopes = place::inner(&outer.value);
    let states = scopes.first().and_then(|scope| scope.get("States")).ok_or(Refusal::NoStates)?;
    let space = draft.indentation(outer.from).to_owned();
    let in_lines = draft.in_lines(found.states());
    let members = states.members.iter().map(|member| {
        let own = draft.indentation(member.from);
        let text = draft.part(member.from, member.value.to);
        draft::indented(&text.replace(&format!("\n{own}"), "\n"), &space)
    });
    let between = if in_lines { format!(",\n{space}") } else { ", ".to_owned() };
    let members = members.collect::<Vec<_>>().join(&between);
    let whole: Span = outer.whole();
    draft.change(whole.from, whole.to, members);
    draft.done()
}

/// Leads to the first of them what led to the one around them, and from where they ended to what followed it.
fn lead_in(
    text: &str,
    (name, start): (&str, &str),
    inner: &[String],
    target: Option<&str>,
) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let found = draft.find(start)?;
    if let Some(at) = found.scope.get("StartAt")
        && draft.string(at).as_deref() == Some(name)
    {
        draft.replace(at, &start.into());
    }
    for member in &found.states().members {
        for (way, to) in draft.ways(&member.value) {
            let within = inner.contains(&member.name);
            match to {
                Some(to) if to == name && !within => draft.lead(&member.name, way, Some(start))?,
                None if within && way == Way::Next && target.is_some() => {
                    let target = target.filter(|target| *target != name).or(Some(start));
                    draft.lead(&member.name, way, target)?;
                }
                _ => {}
            }
        }
    }
    draft.done()
}

/// The last states with which `first` can be wrapped: itself, and those after it.
pub fn ends(text: &str, first: &str) -> Vec<String> {
    let Ok(draft) = Draft::of(text) else { return Vec::new() };
    let Ok(found) = draft.find(first) else { return Vec::new() };
    let names = found.states().members.iter().map(|member| member.name.clone());
    names
        .filter(|last| {
            let state = found.states().get(last);
            run_of(&draft, &found, first, last).is_ok()
                && state.is_some_and(|state| draft.kind(state) != "Choice")
        })
        .collect()
}
