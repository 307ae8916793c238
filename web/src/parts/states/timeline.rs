//! Bars of states in simulated time.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::Followed;
use crate::parts::states::outline::mark_icon;
use crate::parts::states::picture::class_of;
use crate::state::states::run::Visit;
use crate::words::{self, states as said};

/// So many bars are drawn until more are asked for.
const ROWS: usize = 200;
/// How wide the picture is, in units of its own.
const WIDTH: f64 = 1000.0;
/// What is shorter is still to be seen.
const BAR_MIN: f64 = 4.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub followed: Followed,
    pub chosen: Option<AttrValue>,
    pub choose: Callback<String>,
}

/// A row for every state that was entered.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let shown = use_state_eq(|| ROWS);
    let execution = &props.followed.execution.row;
    let start = execution.started;
    let end = execution.stopped.unwrap_or_else(|| props.desk.cloud.clock.now()).max(start + 1.0);
    let visits = &props.followed.run.visits;
    let more = {
        let (shown, now) = (shown.setter(), *shown);
        Callback::from(move |_: MouseEvent| shown.set(now + ROWS))
    };
    html! {
        <div class="scroll sf-scroll" tabindex="0" role="region" aria-label={said::TIMELINE}>
            <p class="small dim sf-scale"><span>{ said::lasting(0.0) }</span><span>{ said::lasting((end - start) / 2.0) }</span><span>{ said::lasting(end - start) }</span></p>
            <ol class="sf-bars">{ for visits.iter().take(*shown).map(|visit| one(props, visit, (start, end))) }</ol>
            if visits.len() > *shown { <p class="sf-words"><button class="btn small" onclick={more}>{ words::NEXT_PAGE }</button></p> }
        </div>
    }
}

fn one(props: &Props, visit: &Visit, (start, end): (f64, f64)) -> Html {
    let place = |at: f64| ((at - start) / (end - start)).clamp(0.0, 1.0) * WIDTH;
    let (from, to) = (place(visit.entered_at), place(visit.left_at.unwrap_or(end)));
    let width = (to - from).max(BAR_MIN);
    let x = from.min(WIDTH - width);
    let chosen = props.chosen.as_deref() == Some(visit.name.as_str());
    let onclick = {
        let (choose, name) = (props.choose.clone(), visit.name.clone());
        Callback::from(move |_: MouseEvent| choose.emit(name.clone()))
    };
    let mut depth = 0;
    let mut above = visit.parent;
    while let Some(at) = above {
        depth += 1;
        above = props.followed.run.visits.get(at).and_then(|visit| visit.parent);
    }
    let tries = visit.failures.iter().map(|failure| {
        html! { <path class="try" d={format!("M{} 2V18", place(failure.at).min(WIDTH - 1.0))} /> }
    });
    let lasting = said::lasting(visit.left_at.unwrap_or(end) - visit.entered_at);
    html! {
        <li key={visit.entered.to_string()}>
            <button class={classes!("sf-bar", format!("deep-{}", depth.min(4)))} aria-pressed={chosen.to_string()} {onclick}>
                <span class="who">{ mark_icon(Some(visit.mark)) }<b>{ &visit.name }</b>
                    { for visit.iteration.iter().map(|index| html! { <small class="dim">{ said::item(*index) }</small> }) }
                    <small class="dim2">{ said::mark(Some(visit.mark)) }{ ", " }{ lasting }</small></span>
                <svg viewBox={format!("0 0 {WIDTH} 20")} preserveAspectRatio="none" aria-hidden="true">
                    <rect class={classes!("bar", class_of(Some(visit.mark)))} x={x.to_string()} y="4" width={width.to_string()} height="12" rx="3" />{ for tries }
                </svg>
            </button>
        </li>
    }
}
