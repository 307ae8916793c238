//! States put in, taken out, moved, copied and named.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::draft::{self, Beside, Draft};
use crate::fresh::{self, Language};
use crate::place::{self, Found, Place, ScopeAt, Way};
use crate::tree::Span;
use crate::{Edited, Refusal, Told, fields};

/// Puts a new state at a place; `like` is the name that it gets, with a number if that is taken. Branches and processors that
/// are empty get a Pass, since none may be empty.
///
/// # Errors
/// Why it cannot stand there.
pub fn insert(text: &str, place: &Place, like: &str, state: &Value) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let target = draft.target(place)?;
    let kind = state.get("Type").and_then(Value::as_str).unwrap_or_default();
    if kind == "Choice" && target.is_none() {
        // A Choice leads to states: where nothing follows, something has to.
        let end = insert(text, place, "Success", &fresh::state("Succeed", Language::JsonPath))?;
        return insert(&end.text, place, like, state);
    }
    let mut taken: BTreeSet<String> = draft.names().into_iter().collect();
    let name = place::free(like, &taken);
    taken.insert(name.clone());
    let mut state = state.clone();
    fill(&mut state, &mut taken);
    if let Some(target) = target.as_ref().filter(|_| kind == "Choice") {
        point(&mut state, target);
    }
    let written = draft::pretty(&state, draft.unit());
    put(text, place, &name, &written)
}

/// Gives scopes in which nothing stands a Pass, and states in them names that are free.
pub(crate) fn fill(state: &mut Value, taken: &mut BTreeSet<String>) {
    let mut scopes: Vec<&mut Value> = Vec::new();
    let Some(members) = state.as_object_mut() else { return };
    for (name, value) in members.iter_mut() {
        match (name.as_str(), value) {
            ("Branches", Value::Array(branches)) => scopes.extend(branches.iter_mut()),
            ("ItemProcessor" | "Iterator", processor) => scopes.push(processor),
            _ => {}
        }
    }
    for scope in scopes {
        let Some(members) = scope.as_object_mut() else { continue };
        if members.get("States").is_none_or(|states| *states == serde_json::json!({})) {
            let name = place::free("Pass", taken);
            taken.insert(name.clone());
            members.insert("StartAt".to_owned(), name.clone().into());
            let pass = serde_json::json!({ name: { "Type": "Pass", "End": true } });
            members.insert("States".to_owned(), pass);
        }
    }
}

/// Has every way of a new Choice lead to a state.
pub(crate) fn point(state: &mut Value, target: &str) {
    let rules = state.get_mut("Choices").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten().filter_map(Value::as_object_mut) {
        rule.entry("Next").or_insert_with(|| target.into());
    }
    if let Some(members) = state.as_object_mut() {
        members.entry("Default").or_insert_with(|| target.into());
    }
}

/// Puts a state that is written at a place, and has it lead to what stood there.
fn put(text: &str, place: &Place, name: &str, written: &str) -> Result<Edited, Refusal> {
    let mut draft = Draft::of(text)?;
    let target = draft.target(place)?;
    let before = reached_in(&draft, place)?;
    let (scope, beside) = match place {
        Place::Start(at) => (draft.scope(at)?, Beside::First),
        Place::On { state, .. } => (draft.find(state)?.scope, Beside::After(state)),
    };
    let states = scope.get("States").ok_or(Refusal::NoStates)?;
    draft.add(states, name, written, beside);
    match place {
        Place::Start(_) => match scope.get("StartAt") {
            Some(start) => draft.replace(start, &name.into()),
            None => draft.add(&scope, "StartAt", &Value::from(name).to_string(), Beside::First),
        },
        Place::On { state, way } => draft.lead(state, *way, Some(name))?,
    }
    let text = draft.done()?;
    let text = follow(text, name, target.as_deref())?;
    let after = Draft::of(&text)?;
    let now = reached_in(&after, place)?;
    if let Some(cut) = before.iter().find(|state| !now.contains(*state)) {
        return Err(Refusal::CutsOff(cut.clone()));
    }
    Ok(Edited { text, state: Some(name.to_owned()), told: Vec::new() })
}

/// Has a state lead on to what follows it; one that ends things follows nothing, a Choice that leads there stays.
fn follow(text: String, name: &str, target: Option<&str>) -> Result<String, Refusal> {
    let mut draft = Draft::of(&text)?;
    let state = draft.find(name)?.state;
    match draft.main_way(&state) {
        None => return Ok(text),
        Some((Way::Next, _)) => draft.lead(name, Way::Next, target)?,
        Some((way, to)) if to.as_deref() != target => draft.lead(name, way, target)?,
        Some(_) => {}
    }
    draft.done()
}

fn reached_in(draft: &Draft<'_>, place: &Place) -> Result<BTreeSet<String>, Refusal> {
    let scope = match place {
        Place::Start(at) => draft.scope(at)?,
        Place::On { state, .. } => draft.find(state)?.scope,
    };
    Ok(draft.reached(&scope))
}

/// Takes a state out: what led to it leads to what it led to. A Choice is led past by its Default, else by its first rule. A
/// rule, a Default or a Catcher that would lead nowhere goes along.
///
/// # Errors
/// Why it has to stay.
pub fn delete(text: &str, name: &str) -> Result<Edited, Refusal> {
    take_out(text, name, false)
}

/// `moving`: rules stay, even if that means a refusal.
fn take_out(text: &str, name: &str, moving: bool) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let target = draft.main_way(&found.state).and_then(|(_, to)| to);
    let before = draft.reached(&found.scope);
    if target.as_deref() == Some(name) {
        return Err(Refusal::Loop(name.to_owned()));
    }
    let mut told = Vec::new();
    let text = lead_past(text, &found, (name, target.as_deref()), moving, &mut told)?;
    let mut draft = Draft::of(&text)?;
    let found = draft.find(name)?;
    if let (Some(start), Some(target)) = (found.scope.get("StartAt"), &target)
        && draft.string(start).as_deref() == Some(name)
    {
        draft.replace(start, &target.as_str().into());
    }
    draft.remove(found.states(), &[name]);
    let text = draft.done()?;
    let after = Draft::of(&text)?;
    let now = after.reached(&after.scope(&found.at)?);
    let cut = before.iter().filter(|state| *state != name && !now.contains(*state));
    told.extend(cut.map(|state| Told::Unreached(state.clone())));
    Ok(Edited { text, state: target, told })
}

/// Leads every way to a state past it.
fn lead_past(
    text: &str,
    found: &Found,
    (name, target): (&str, Option<&str>),
    moving: bool,
    told: &mut Vec<Told>,
) -> Result<String, Refusal> {
    let mut text = text.to_owned();
    let others = found.states().members.iter().map(|member| member.name.clone());
    for other in others.filter(|other| other != name) {
        // From the last way to the first: what goes does not shift what is still to be led.
        let ways = {
            let draft = Draft::of(&text)?;
            draft.ways(&draft.find(&other)?.state)
        };
        for (way, _) in ways.iter().rev().filter(|(_, to)| to.as_deref() == Some(name)) {
            if *way == Way::Next && target == Some(other.as_str()) {
                return Err(Refusal::Loop(other));
            }
            let mut draft = Draft::of(&text)?;
            let ends = target.is_none() && *way != Way::Next;
            text = match draft.lead(&other, *way, target) {
                Ok(()) if !(ends && moving) => draft.done()?,
                Ok(()) => return Err(Refusal::CannotEnd(other)),
                Err(refused) if moving => return Err(refused),
                Err(_) => drop_way(&text, &other, *way)?,
            };
            if ends {
                told.push(Told::WayGone(other.clone()));
            }
        }
    }
    Ok(text)
}

fn drop_way(text: &str, state: &str, way: Way) -> Result<String, Refusal> {
    let (list, at) = match way {
        Way::Rule(at) => ("/Choices", at),
        Way::Catch(at) => ("/Catch", at),
        Way::Next | Way::Default => return Err(Refusal::CannotEnd(state.to_owned())),
    };
    fields::remove_item(text, Some(state), list, at)
}

/// Moves a state to another place: it is taken out there and put in here.
///
/// # Errors
/// Why it cannot be moved, or not there.
pub fn move_to(text: &str, name: &str, place: &Place) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let own = match place {
        Place::On { state, .. } => state == name,
        Place::Start(at) => at.state.as_deref() == Some(name),
    };
    if draft.target(place)?.as_deref() == Some(name) || (own && matches!(place, Place::On { .. })) {
        return Err(Refusal::StandsThere(name.to_owned()));
    }
    let (host, scope) = match place {
        Place::On { state, .. } => (Some(state.as_str()), draft.find(state)?.at),
        Place::Start(at) => (at.state.as_deref(), at.clone()),
    };
    if own || host.is_some_and(|host| names_within(&found.state).contains(host)) {
        return Err(Refusal::IntoItself(name.to_owned()));
    }
    let main = draft.main_way(&found.state).map(|(way, _)| way);
    if scope != found.at {
        // What it leads to beside its main way would stay behind.
        let beside = draft.ways(&found.state).into_iter().find(|(way, _)| Some(*way) != main);
        if let Some((_, Some(to))) = beside {
            return Err(Refusal::LeadsOut { from: name.to_owned(), to });
        }
    }
    let written = draft.written(&found.state);
    let without = take_out(text, name, true)?;
    if let Some(cut) = without.told.iter().find_map(|told| match told {
        Told::Unreached(state) if main.is_none() => Some(state),
        _ => None,
    }) {
        return Err(Refusal::CutsOff(cut.clone()));
    }
    put(&without.text, place, name, &written)
}

fn names_within(state: &Span) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for scope in place::inner(state) {
        for member in scope.get("States").into_iter().flat_map(|states| &states.members) {
            names.insert(member.name.clone());
            names.extend(names_within(&member.value));
        }
    }
    names
}

/// Puts a copy of a state behind it; states within it get names of their own.
///
/// # Errors
/// Nothing can follow a Succeed or a Fail.
pub fn duplicate(text: &str, name: &str) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let Some((way, _)) = draft.main_way(&found.state) else {
        return Err(Refusal::NothingFollows(name.to_owned()));
    };
    let mut taken: BTreeSet<String> = draft.names().into_iter().collect();
    let copy = place::free(name, &taken);
    taken.insert(copy.clone());
    // The copy stands alone while the states within it are named.
    let mut alone = format!("{{\"States\": {{\"\": {}}}}}", draft.written(&found.state));
    for inner in names_within(&found.state) {
        let new = place::free(&inner, &taken);
        taken.insert(new.clone());
        alone = rename_in(&alone, &inner, &new)?;
    }
    let named = Draft::of(&alone)?;
    let written = named.find("")?.state;
    let written = named.part(written.from, written.to).to_owned();
    put(text, &Place::On { state: name.to_owned(), way }, &copy, &written)
}

/// Names a state anew, and everything that leads to it.
///
/// # Errors
/// The name cannot be, or is given away.
pub fn rename(text: &str, name: &str, new: &str) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    draft.find(name)?;
    if !(1..=80).contains(&new.chars().count()) {
        return Err(Refusal::NameLength);
    }
    if new != name && draft.names().iter().any(|other| other == new) {
        return Err(Refusal::NameTaken(new.to_owned()));
    }
    let text = rename_in(text, name, new)?;
    Ok(Edited { text, state: Some(new.to_owned()), told: Vec::new() })
}

fn rename_in(text: &str, name: &str, new: &str) -> Result<String, Refusal> {
    let mut draft = Draft::of(text)?;
    let found = draft.find(name)?;
    let new = Value::from(new);
    let mut references: Vec<Span> = found.scope.get("StartAt").cloned().into_iter().collect();
    for member in &found.states().members {
        let state = &member.value;
        references.extend(["Next", "Default"].iter().filter_map(|field| state.get(field)).cloned());
        let lists = ["Choices", "Catch"].iter().flat_map(|list| state.list(list));
        references.extend(lists.filter_map(|rule| rule.get("Next")).cloned());
        if member.name == name {
            draft.change(member.from, member.name_to, new.to_string());
        }
    }
    for reference in references {
        if draft.string(&reference).as_deref() == Some(name) {
            draft.change(reference.from, reference.to, new.to_string());
        }
    }
    draft.done()
}

/// How a state is written: its own lines, as far to the left as they go.
///
/// # Errors
/// There is none by this name.
pub fn written(text: &str, name: &str) -> Result<String, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    Ok(draft.written(&found.state))
}

/// Writes a state anew; all else stays.
///
/// # Errors
/// What is written is no JSON.
pub fn write(text: &str, name: &str, written: &str) -> Result<Edited, Refusal> {
    crate::tree::read(written)?;
    let mut draft = Draft::of(text)?;
    let found = draft.find(name)?;
    draft.replace_written(&found.state, written);
    Ok(Edited { text: draft.done()?, state: Some(name.to_owned()), told: Vec::new() })
}

/// Has a way of a state lead elsewhere; `None` ends there.
///
/// # Errors
/// Only `Next` can end; a state leads to states beside it.
pub fn lead(text: &str, name: &str, way: Way, to: Option<&str>) -> Result<Edited, Refusal> {
    let mut draft = Draft::of(text)?;
    let found = draft.find(name)?;
    if let Some(to) = to.filter(|to| found.states().get(to).is_none()) {
        return Err(Refusal::NoSuchState(to.to_owned()));
    }
    let before = draft.reached(&found.scope);
    draft.lead(name, way, to)?;
    let text = draft.done()?;
    let after = Draft::of(&text)?;
    let now = after.reached(&after.scope(&found.at)?);
    let cut = before.iter().filter(|state| !now.contains(*state));
    let told = cut.map(|state| Told::Unreached(state.clone())).collect();
    Ok(Edited { text, state: Some(name.to_owned()), told })
}

/// Puts a Pass that leads on into a scope where nothing stands yet, or a branch more into a Parallel.
///
/// # Errors
/// It is no Parallel.
pub fn add_branch(text: &str, name: &str) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    let found = draft.find(name)?;
    if draft.kind(&found.state) != "Parallel" {
        return Err(Refusal::NoSuchField(name.to_owned()));
    }
    let mut branch = serde_json::json!({ "Branches": [fresh::empty_scope()] });
    fill(&mut branch, &mut draft.names().into_iter().collect());
    let branch = branch.pointer("/Branches/0").cloned().unwrap_or_default();
    let at = found.state.list("Branches").len();
    let text = fields::add_item(text, Some(name), "/Branches", at, &branch)?;
    let pass = branch.get("StartAt").and_then(Value::as_str).map(str::to_owned);
    Ok(Edited { text, state: pass, told: Vec::new() })
}

/// The scope that a state stands in.
///
/// # Errors
/// There is none by this name.
pub fn scope_of(text: &str, name: &str) -> Result<ScopeAt, Refusal> {
    Ok(Draft::of(text)?.find(name)?.at)
}

/// Makes the state from which others are reached first the beginning of its scope.
///
/// # Errors
/// There is none by this name.
pub fn start_at(text: &str, name: &str) -> Result<Edited, Refusal> {
    let mut draft = Draft::of(text)?;
    let found = draft.find(name)?;
    match found.scope.get("StartAt") {
        Some(start) => draft.replace(start, &name.into()),
        None => draft.add(&found.scope, "StartAt", &Value::from(name).to_string(), Beside::First),
    }
    Ok(Edited { text: draft.done()?, state: Some(name.to_owned()), told: Vec::new() })
}
