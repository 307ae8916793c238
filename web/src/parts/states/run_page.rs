//! An execution, lit up state by state while it runs.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::hooks::states::{Followed, use_execution};
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::compare::Compare;
use crate::parts::states::console::go;
use crate::parts::states::debug::{self, HeldPanel, Paused, stops_of};
use crate::parts::states::events::Events;
use crate::parts::states::head::{Head, Views};
use crate::parts::states::inspect::Inspect;
use crate::parts::states::machine::absent;
use crate::parts::states::outline::{Outline, mark_icon};
use crate::parts::states::picture::{Drawing, Picture};
use crate::parts::states::run_bar::{Actions, Facts, Whole};
use crate::parts::states::timeline::Timeline;
use crate::route::states::{StatesPlace, View};
use crate::state::states::debug::Stops;
use crate::state::states::run::Mark;
use crate::words::{debug as debugging, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: StatesPlace,
    pub machine: AttrValue,
    pub execution: AttrValue,
    pub tell: Tell,
}

/// The page of an execution.
#[component]
pub fn RunPage(props: &Props) -> Html {
    let Props { desk, at, machine, execution, tell } = props;
    let load = use_execution(desk, machine, execution);
    let text = match &load {
        Load::Here(Some(here)) => here.execution.definition.clone(),
        _ => String::new(),
    };
    let drawing = use_memo(text, |text| Drawing::of(text));
    let Load::Here(Some(followed)) = load else {
        return html! { <section class="sf-list" aria-labelledby="sf-h"><Head desk={desk.clone()} at={at.clone()}>{ html! {} }</Head>{ absent(&load) }</section> };
    };
    let view = if View::OF_EXECUTION.contains(&at.view) { at.view } else { View::Graph };
    let choose = {
        let (desk, at) = (desk.clone(), at.clone());
        Callback::from(move |name: String| {
            let open = at.state.as_ref() != Some(&name);
            go(&desk, at.at_state(open.then_some(name)));
        })
    };
    let close = {
        let (desk, at) = (desk.clone(), at.clone());
        Callback::from(move |()| go(&desk, at.at_state(None)))
    };
    let chosen = at.state.clone().map(AttrValue::from);
    let held = followed.execution.debug.as_ref().map_or(&[][..], |debug| &debug.held);
    let may = debug::can_debug(&followed.execution);
    let stops = stops_of((desk, tell), machine, (&followed.execution.breakpoints, held), may);
    let asked = debug::Props {
        desk: desk.clone(),
        tell: tell.clone(),
        machine: machine.clone(),
        execution: followed.execution.clone(),
    };
    let beside = match (&chosen, view) {
        (_, View::Compare) => None,
        (None, _) if !held.is_empty() => Some(html! { <HeldPanel ..asked.clone() /> }),
        (Some(name), _) => Some(html! {
            <Inspect stops={stops.clone()} key={name.to_string()} desk={desk.clone()} tell={tell.clone()} name={name.clone()} drawing={(*drawing).clone()} followed={followed.clone()} {close} />
        }),
        (None, _) => Some(
            html! { <Whole desk={desk.clone()} tell={tell.clone()} followed={followed.clone()} /> },
        ),
    };
    let at = StatesPlace { view, ..at.clone() };
    html! {
        <section class="sf-list" aria-labelledby="sf-h">
            <Head desk={desk.clone()} at={at.clone()}><Actions desk={desk.clone()} machine={machine.clone()} followed={followed.clone()} tell={tell.clone()} /></Head>
            <Facts desk={desk.clone()} followed={followed.clone()}><Paused ..asked /></Facts>
            <Views desk={desk.clone()} at={at.clone()} views={View::OF_EXECUTION.to_vec()} />
            <div class={classes!("sf-body", beside.is_some().then_some("with-state"))} id="sf-panel" role="tabpanel" aria-labelledby={format!("sf-{}", view.id())}>
                <div class="sf-main">{ body(props, &at, &followed, (&drawing, chosen, choose, stops)) }</div>
                { beside }
            </div>
        </section>
    }
}

fn body(
    props: &Props,
    at: &StatesPlace,
    followed: &Followed,
    (drawing, chosen, choose, stops): (&Rc<Drawing>, Option<AttrValue>, Callback<String>, Stops),
) -> Html {
    let (drawing, run) = ((**drawing).clone(), followed.run.clone());
    match at.view {
        View::Outline => html! { <Outline {drawing} {run} {chosen} {choose} {stops} /> },
        View::Events => {
            html! { <Events followed={followed.clone()} {choose} /> }
        }
        View::Timeline => {
            html! { <Timeline desk={props.desk.clone()} followed={followed.clone()} {chosen} {choose} /> }
        }
        View::Compare => {
            html! { <Compare desk={props.desk.clone()} at={at.clone()} machine={props.machine.clone()} followed={followed.clone()} /> }
        }
        _ => html! { <>
            <div class="sf-canvas scroll" tabindex="0" role="region" aria-label={said::PICTURE}><Picture {drawing} {run} {chosen} {choose} {stops} /></div>
            <Legend />
        </> },
    }
}

/// What the marks mean.
#[component]
fn Legend() -> Html {
    let all = [
        Some(Mark::Succeeded),
        Some(Mark::Running),
        Some(Mark::Failed),
        Some(Mark::Caught),
        Some(Mark::Cancelled),
        None,
    ];
    html! {
        <div class="sf-legend">{ for all.into_iter().map(|mark| html! { <span>{ mark_icon(mark) }{ said::mark(mark) }</span> }) }
            <span><Icon name="bp" class="sm no" />{ debugging::BREAKPOINT }</span><span><Icon name="pause" class="sm" />{ debugging::PAUSED_HERE }</span></div>
    }
}
