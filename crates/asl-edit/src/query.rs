//! From paths to JSONata and back: what can be said in the other language is said in it, the rest goes and is told.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>

mod rules;
mod state;

use serde_json::Value;

use crate::draft::Draft;
use crate::fresh::Language;
use crate::place;
use crate::tree::{self, Span};
use crate::{Edited, Refusal, Told, fields};

/// Has a state, or the whole machine, written in a language. States that name their own are left as they are when the machine
/// changes.
///
/// # Errors
/// There is no such state.
pub fn change(text: &str, state: Option<&str>, to: Language) -> Result<Edited, Refusal> {
    let draft = Draft::of(text)?;
    if fields::language(text, state) == to {
        return Ok(Edited {
            text: text.to_owned(),
            state: state.map(str::to_owned),
            told: Vec::new(),
        });
    }
    let mut names = Vec::new();
    match state {
        Some(name) => {
            draft.find(name)?;
            names.push(name.to_owned());
        }
        None => without_own(&draft.whole, &mut names),
    }
    let machine = fields::language(text, None);
    let mut text = match state {
        None if to == Language::JsonPath => fields::unset(text, None, "/QueryLanguage")?,
        Some(name) if machine == to => fields::unset(text, Some(name), "/QueryLanguage")?,
        state => fields::set(text, state, "/QueryLanguage", &to.name().into())?,
    };
    let mut told = Vec::new();
    for name in &names {
        let Some(before) = fields::value(&text, Some(name), "") else { continue };
        let after = state::converted(&before, to, &mut told);
        text = written(text, name, &before, &after)?;
    }
    told.sort();
    told.dedup();
    Ok(Edited { text, state: state.map(str::to_owned), told })
}

/// The states that have no language of their own.
fn without_own(scope: &Span, names: &mut Vec<String>) {
    for member in scope.get("States").into_iter().flat_map(|states| &states.members) {
        if member.value.get("QueryLanguage").is_none() {
            names.push(member.name.clone());
        }
        place::inner(&member.value).into_iter().for_each(|scope| without_own(scope, names));
    }
}

/// Writes the fields that differ; all others stay as they are written.
fn written(text: String, name: &str, before: &Value, after: &Value) -> Result<String, Refusal> {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return Ok(text);
    };
    let mut text = text;
    for (field, value) in after {
        if before.get(field) != Some(value) {
            text = fields::set(&text, Some(name), &tree::step(field), value)?;
        }
    }
    for field in before.keys().filter(|field| !after.contains_key(*field)) {
        text = fields::unset(&text, Some(name), &tree::step(field))?;
    }
    Ok(text)
}

fn dropped(told: &mut Vec<Told>, field: &str) {
    told.push(Told::Dropped(field.to_owned()));
}
