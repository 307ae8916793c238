//! The outline of what is edited: states in the order of the flow, what is wrong with them, and every place as a button.

use std::collections::BTreeSet;
use std::rc::Rc;

use cloudarium_asl_edit::draft::Draft;
use cloudarium_asl_edit::place::{self, Place, ScopeAt, Way};
use cloudarium_asl_edit::tree::Span;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::debug::BreakButton;
use crate::parts::states::editor::ed::Ed;
use crate::state::states::problems::Problems;
use crate::state::states::session::Action;
use crate::state::states::{does, icon_of};
use crate::words::state_editor as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    pub problems: Rc<Problems>,
}

/// The outline.
#[component]
pub fn Tree(props: &Props) -> Html {
    let Ok(draft) = Draft::of(&props.ed.session.shown) else { return html! {} };
    let whole = draft.whole.clone();
    html! { <div class="sf-outline sfe-tree">{ scope(props, &draft, &whole, &ScopeAt::default()) }</div> }
}

fn scope(props: &Props, draft: &Draft<'_>, scope: &Span, at: &ScopeAt) -> Html {
    let states = scope.get("States").cloned().unwrap_or_default();
    html! {
        <ol>
            <li key="">{ put(props, Place::Start(at.clone()), said::AT_BEGINNING.to_owned()) }</li>
            { for order(draft, scope).into_iter().filter_map(|name| {
                Some(one(props, draft, &name, states.get(&name)?))
            }) }
        </ol>
    }
}

/// The states as the flow meets them; those that nothing leads to come last.
fn order(draft: &Draft<'_>, scope: &Span) -> Vec<String> {
    let Some(states) = scope.get("States") else { return vec![] };
    let (mut seen, mut found) = (BTreeSet::new(), vec![]);
    let mut open: Vec<String> = draft.string_of(scope, "StartAt").into_iter().collect();
    loop {
        while let Some(name) = open.pop() {
            if let Some(state) = states.get(&name)
                && seen.insert(name.clone())
            {
                found.push(name);
                open.extend(draft.ways(state).into_iter().rev().filter_map(|(_, to)| to));
            }
        }
        let Some(left) = states.members.iter().find(|member| !seen.contains(&member.name)) else {
            return found;
        };
        open.push(left.name.clone());
    }
}

fn one(props: &Props, draft: &Draft<'_>, name: &str, state: &Span) -> Html {
    let ed = &props.ed;
    let chosen = ed.session.chosen.as_deref() == Some(name);
    let onclick = {
        let (ed, name) = (ed.clone(), name.to_owned());
        Callback::from(move |_: MouseEvent| ed.act(Action::Choose(Some(name.clone()))))
    };
    let value = draft.value(state);
    let problem = props.problems.get(name);
    let kind = draft.kind(state);
    html! {
        <li key={name.to_owned()}>
            <button {onclick} aria-pressed={chosen.to_string()}>
                <Icon name={icon_of(&value)} class="sm" /><b>{ name.to_owned() }</b><small>{ does(&value) }</small>
            </button>
            <BreakButton stops={ed.stops.clone()} state={name.to_owned()} small=true />
            if let Some(problem) = problem {
                <span class={classes!("pill", if problem.is_error { "bad" } else { "warn" })}><Icon name={if problem.is_error { "x" } else { "warn" }} />{ problem.words.join(" ") }</span>
            }
            { for place::inner(state).into_iter().enumerate().map(|(branch, inner)| {
                let at = ScopeAt { state: Some(name.to_owned()), branch };
                html! { <div><small class="dim2">{ said::scope(&kind, branch) }</small>{ scope(props, draft, inner, &at) }</div> }
            }) }
            <div class="sfe-ways">
                { for draft.ways(state).into_iter().map(|(way, to)| {
                    put(props, Place::On { state: name.to_owned(), way }, said::on_way(way, to.as_deref()))
                }) }
                if kind == "Choice" && value.get("Default").is_none() {
                    { put(props, Place::On { state: name.to_owned(), way: Way::Default }, said::on_way(Way::Default, None)) }
                }
            </div>
        </li>
    }
}

/// A place as a button.
fn put(props: &Props, place: Place, words: String) -> Html {
    let ed = &props.ed;
    if !ed.may() {
        return html! {};
    }
    let waiting = ed.session.place.as_ref() == Some(&place);
    let hand = ed.session.hand.as_ref().map(|hand| hand.name().to_owned());
    let label = said::put_there(hand.as_deref(), &words);
    let onclick = {
        let (ed, label) = (ed.clone(), label.clone());
        Callback::from(move |_: MouseEvent| ed.act(Action::Put(place.clone(), label.clone())))
    };
    html! {
        <button class={classes!("sfe-put", hand.is_some().then_some("lit"))} {onclick} aria-pressed={waiting.to_string()} aria-label={label.clone()} title={label.clone()}>
            <Icon name="plus" class="sm" />{ if hand.is_some() { label } else { words } }
        </button>
    }
}
