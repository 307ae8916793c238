//! The picture as a tree of words: the same states, the same marks, in the order of the flow.

use std::collections::BTreeSet;

use serde_json::Value;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::debug::BreakButton;
use crate::parts::states::picture::Drawing;
use crate::state::states::debug::Stops;
use crate::state::states::run::{Mark, Run};
use crate::state::states::{Kept, does, scopes};
use crate::words::{debug, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub drawing: Drawing,
    #[prop_or_default]
    pub run: Option<Kept<Run>>,
    pub chosen: Option<AttrValue>,
    pub choose: Callback<String>,
    #[prop_or_default]
    pub stops: Stops,
}

/// The tree.
#[component]
pub fn Outline(props: &Props) -> Html {
    html! { <div class="sf-outline">{ scope(props, props.drawing.definition()) }</div> }
}

fn scope(props: &Props, definition: &Value) -> Html {
    html! { <ol>{ for order(definition).into_iter().filter_map(|name| {
        let state = definition.get("States")?.get(&name)?;
        Some(one(props, &name, state))
    }) }</ol> }
}

/// The states of a scope as the flow meets them; those that nothing leads to come last.
fn order(definition: &Value) -> Vec<String> {
    let Some(states) = definition.get("States").and_then(Value::as_object) else { return vec![] };
    let mut seen = BTreeSet::new();
    let mut found = vec![];
    let mut open: Vec<String> =
        definition.get("StartAt").and_then(Value::as_str).map(str::to_owned).into_iter().collect();
    loop {
        while let Some(name) = open.pop() {
            if let Some(state) = states.get(&name)
                && seen.insert(name.clone())
            {
                found.push(name);
                open.extend(next_of(state).into_iter().rev());
            }
        }
        let Some(left) = states.keys().find(|name| !seen.contains(*name)) else { return found };
        open.push(left.clone());
    }
}

/// Where a state leads to.
fn next_of(state: &Value) -> Vec<String> {
    let list = |name: &str| {
        state
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|rule| rule.get("Next"))
    };
    let all =
        list("Choices").chain(state.get("Default")).chain(state.get("Next")).chain(list("Catch"));
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The icon of a mark.
pub fn mark_icon(mark: Option<Mark>) -> Html {
    let (name, class) = match mark {
        None => ("ring", "dim"),
        Some(Mark::Succeeded) => ("check", "yes"),
        Some(Mark::Caught) => ("reset", "meh"),
        Some(Mark::Cancelled) => ("skip", "dim"),
        Some(Mark::Failed) => ("x", "no"),
        Some(Mark::Running) => ("star", "here"),
    };
    html! { <Icon {name} class={classes!("sm", class)} /> }
}

fn one(props: &Props, name: &str, state: &Value) -> Html {
    let chosen = props.chosen.as_deref() == Some(name);
    let onclick = {
        let (choose, name) = (props.choose.clone(), name.to_owned());
        Callback::from(move |_: MouseEvent| choose.emit(name.clone()))
    };
    let words = match &props.run {
        None => {
            leads(state).map_or_else(|| does(state), |leads| format!("{}, {leads}", does(state)))
        }
        Some(run) => {
            let mark = run.mark(name);
            let mark = if props.stops.holds(name) { debug::PAUSED_HERE } else { said::mark(mark) };
            format!("{}, {mark}", said::told(run, name, &does(state)))
        }
    };
    html! {
        <li key={name.to_owned()}>
            <button {onclick} aria-pressed={chosen.to_string()}>
                { props.run.as_ref().map(|run| mark_icon(run.mark(name))).unwrap_or_default() }
                <b>{ name.to_owned() }</b><small>{ words }</small>
            </button>
            <BreakButton stops={props.stops.clone()} state={name.to_owned()} small=true />
            { for scopes(state).into_iter().map(|inner| scope(props, inner)) }
        </li>
    }
}

/// Where a state leads to, in words.
fn leads(state: &Value) -> Option<String> {
    let next = next_of(state);
    (!next.is_empty()).then(|| said::then(&next.join(", ")))
}
