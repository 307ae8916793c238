//! What became of a state's data: what came in, what was asked for, what came of it, what went on.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::Followed;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::debug::{Answers, BreakButton, changes_of};
use crate::parts::states::outline::mark_icon;
use crate::parts::states::picture::Drawing;
use crate::parts::states::try_state::TryState;
use crate::state::states::debug::Stops;
use crate::state::states::run::{Failure, Visit};
use crate::state::states::{does, find_state, pretty};
use crate::state::time;
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub name: AttrValue,
    pub drawing: Drawing,
    pub followed: Followed,
    pub stops: Stops,
    pub close: Callback<()>,
}

/// The panel beside the picture.
#[component]
pub fn Inspect(props: &Props) -> Html {
    let Props { desk, tell, name, drawing, followed, close, stops } = props;
    let visits: Vec<&Visit> = followed.run.visits_of(name).collect();
    let picked = use_state_eq(|| None::<usize>);
    let state = find_state(drawing.definition(), name).cloned().unwrap_or_default();
    let last = visits.len().saturating_sub(1);
    let at = picked.unwrap_or(last).min(last);
    let step = |to: usize, icon: &'static str, words: &'static str| {
        let picked = picked.setter();
        let on = to <= last && to != at;
        html! { <button class="btn ghost icon small" disabled={!on} aria-label={words} title={words} onclick={Callback::from(move |_: MouseEvent| picked.set(Some(to)))}><Icon name={icon} /></button> }
    };
    html! {
        <aside class="sf-side scroll" aria-labelledby="inspect-h" tabindex="0">
            <div class="row"><h3 class="grow" id="inspect-h">{ name }</h3>
                <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={close.reform(|_: MouseEvent| ())}><Icon name="x" /></button></div>
            <div class="row"><BreakButton stops={stops.clone()} state={name.clone()} /></div>
            <Answers desk={desk.clone()} tell={tell.clone()} tokens={followed.execution.tokens.clone()} state={name.clone()} />
            if visits.len() > 1 {
                <div class="row small">{ step(at.wrapping_sub(1), "chevl", said::EARLIER) }
                    <span class="grow">{ said::visit_of(at + 1, visits.len(), visits.get(at).and_then(|visit| visit.iteration)) }</span>{ step(at + 1, "chevr", said::LATER) }</div>
            }
            if let Some(visit) = visits.get(at) {
                <p class="row wrap small">{ mark_icon(Some(visit.mark)) }<b>{ said::mark(Some(visit.mark)) }</b>
                    <span class="dim2">{ said::visited(&does(&state), &time::clock_ms(visit.entered_at), visit.left_at.map(|left| left - visit.entered_at)) }</span></p>
                { failures(visit) }
                { changes_of(&followed.execution, |event| followed.run.owner_of(event).is_some_and(|of| of.entered == visit.entered)) }
                { flow(visit) }
            } else {
                <p class="dim2">{ said::NOT_REACHED }</p>
            }
            <details class="sf-io"><summary>{ said::ITS_DEFINITION }</summary>
                <pre class="code plain wrapped" tabindex="0">{ serde_json::to_string_pretty(&state).unwrap_or_default() }</pre></details>
            <details class="sf-io" id="try"><summary>{ said::TRY }</summary>
                <p class="small dim2">{ said::TRY_MORE }</p>
                <TryState key={at.to_string()} desk={desk.clone()} tell={tell.clone()} definition={followed.execution.definition.clone()} role_arn={followed.execution.role_arn.clone()} {name}
                    input={visits.get(at).and_then(|visit| visit.input.clone()).unwrap_or_else(|| "{}".into())} />
            </details>
        </aside>
    }
}

/// What went wrong, and what was done about it.
fn failures(visit: &Visit) -> Html {
    let count = visit.failures.len();
    let ended_badly = matches!(
        visit.mark,
        crate::state::states::run::Mark::Failed | crate::state::states::run::Mark::Caught
    );
    visit.failures.iter().enumerate().map(|(at, Failure { error, cause, .. })| {
        let last = at + 1 == count && ended_badly;
        let class = if last { "bad" } else { "warn" };
        html! {
            <div class={classes!("note", class, "sf-failure")}><Icon name={if last { "x" } else { "reset" }} />
                <div><b class="sf-error">{ if error.is_empty() { said::NO_ERROR_NAME } else { error } }</b>
                    <small class="dim2">{ " " }{ said::attempt(at as u64 + 1, last) }</small>
                    if !cause.is_empty() { <pre class="sf-cause">{ pretty(cause) }</pre> }</div></div>
        }
    }).collect()
}

/// The stages that its history tells.
fn flow(visit: &Visit) -> Html {
    let same = |one: &Option<String>, other: &Option<String>| {
        one.is_some() && one.as_deref().map(pretty) == other.as_deref().map(pretty)
    };
    let stage = |name: &'static str, more: &str, value: Option<&String>, changed: bool| {
        html! {
            <li class={classes!(changed.then_some("chg"))}><h4>{ name }<small>{ more.to_owned() }</small></h4>
                if let Some(value) = value.filter(|_| changed) { <pre class="code plain wrapped" tabindex="0">{ pretty(value) }</pre> }</li>
        }
    };
    html! {
        <ol class="sf-flow">
            { stage(said::INPUT, "", visit.input.as_ref(), true) }
            if let Some(asked) = &visit.parameters { { stage(said::PARAMETERS, visit.resource.as_deref().unwrap_or_default(), Some(asked), true) } }
            if let Some(result) = &visit.result { { stage(said::RESULT, "", Some(result), true) } }
            { for visit.assigned.iter().map(|(name, value)| html! { <li class="chg"><h4>{ format!("${name}") }<small>{ said::ASSIGNED }</small></h4><pre class="code plain wrapped" tabindex="0">{ pretty(value) }</pre></li> }) }
            if visit.left_at.is_some() && visit.output.is_some() {
                { stage(said::OUTPUT, if same(&visit.input, &visit.output) { said::UNCHANGED } else { "" }, visit.output.as_ref(), !same(&visit.input, &visit.output)) }
            }
        </ol>
    }
}
