//! A state machine: its picture, its definition, its executions, its versions.

use serde_json::json;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::hooks::states::use_states;
use crate::parts::apart;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::console::go;
use crate::parts::states::debug::stops_of;
use crate::parts::states::definition::Definition;
use crate::parts::states::editor::page::Props as EditorProps;
use crate::parts::states::executions::ExecutionList;
use crate::parts::states::head::{Head, Views};
use crate::parts::states::outline::Outline;
use crate::parts::states::picture::{Drawing, Picture};
use crate::parts::states::start::Start;
use crate::parts::states::state_panel::StatePanel;
use crate::parts::states::versions::Versions;
use crate::route::states::{StatesPlace, View};
use crate::state::states::{Machine, find_state};
use crate::words::states as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: StatesPlace,
    pub machine: AttrValue,
    pub tell: Tell,
}

/// The page of a machine.
#[component]
pub fn MachinePage(props: &Props) -> Html {
    let Props { desk, at, machine, tell } = props;
    let load = use_states::<Machine>(desk, "machine", json!({ "Name": &**machine }), false);
    let starting = use_state_eq(|| false);
    let text = match &load {
        Load::Here(Some(machine)) => machine.definition.clone(),
        _ => String::new(),
    };
    let drawing = use_memo(text, |text| Drawing::of(text));
    let begin = {
        let starting = starting.setter();
        Callback::from(move |_: MouseEvent| starting.set(true))
    };
    let machine = match load {
        Load::Here(Some(machine)) => machine,
        other => {
            return html! { <section class="sf-list" aria-labelledby="sf-h">
                <Head desk={desk.clone()} at={at.clone()}>{ html! {} }</Head>
                { absent(&other) }
            </section> };
        }
    };
    let view = if View::OF_MACHINE.contains(&at.view) { at.view } else { View::Graph };
    let choose = {
        let (desk, at) = (desk.clone(), at.clone());
        Callback::from(move |name: String| {
            let open = at.state.as_ref() != Some(&name);
            go(&desk, at.at_state(open.then_some(name)));
        })
    };
    let chosen = at.state.clone().map(AttrValue::from);
    let points = (machine.breakpoints.as_slice(), &[][..]);
    let stops = stops_of((desk, tell), &machine.row.name, points, !machine.row.express);
    // Each machine has a draft of its own, each cloud its machines; and what is past is not edited.
    let row = &machine.row;
    let key = format!("{} {} {:?} {}", row.arn, row.created, desk.cloud.past, desk.cloud.openings);
    let body = match view {
        View::Edit => {
            let editor = apart::state_editor(EditorProps {
                desk: desk.clone(),
                tell: tell.clone(),
                machine: machine.clone(),
            });
            html! { <key={key}>{ editor }</> }
        }
        View::Outline => {
            html! { <Outline drawing={(*drawing).clone()} {chosen} {choose} stops={stops.clone()} /> }
        }
        View::Definition => {
            html! { <Definition {key} desk={desk.clone()} machine={machine.clone()} tell={tell.clone()} drawing={(*drawing).clone()} {chosen} {choose} /> }
        }
        View::Executions => {
            html! { <ExecutionList desk={desk.clone()} machine={machine.clone()} /> }
        }
        View::Versions => {
            html! { <Versions desk={desk.clone()} machine={machine.clone()} tell={tell.clone()} /> }
        }
        _ => {
            html! { <div class="sf-canvas scroll" tabindex="0" role="region" aria-label={said::PICTURE}><Picture drawing={(*drawing).clone()} {chosen} {choose} stops={stops.clone()} /></div> }
        }
    };
    let beside = matches!(view, View::Graph | View::Outline | View::Definition);
    let is_there = |name: &String| beside && find_state(drawing.definition(), name).is_some();
    let opened = at.state.clone().filter(is_there);
    let close = {
        let (desk, at) = (desk.clone(), at.clone());
        Callback::from(move |()| go(&desk, at.at_state(None)))
    };
    html! {
        <section class="sf-list" aria-labelledby="sf-h">
            <Head desk={desk.clone()} at={at.clone()}>
                <span class="pill only-wide">{ said::kind(machine.row.express) }</span>
                <button id="start-execution" class={classes!("btn", "primary", desk.hot("states.start"))} data-hotspot="states.start"
                    disabled={!desk.cloud.may_change() || *starting} onclick={begin}><Icon name="run" />{ said::START }</button>
            </Head>
            if *starting {
                <Start desk={desk.clone()} machine={machine.clone()} tell={tell.clone()} close={let starting = starting.setter(); Callback::from(move |()| starting.set(false))} />
            }
            <Views desk={desk.clone()} at={StatesPlace { view, ..at.clone() }} views={View::OF_MACHINE.to_vec()} />
            <div class={classes!("sf-body", opened.is_some().then_some("with-state"))} id="sf-panel" role="tabpanel" aria-labelledby={format!("sf-{}", view.id())}>
                <div class="sf-main">{ body }</div>
                if let Some(name) = opened {
                    <StatePanel stops={stops.clone()} key={name.clone()} desk={desk.clone()} tell={tell.clone()} machine={machine.clone()} drawing={(*drawing).clone()} name={name.clone()} {close} />
                }
            </div>
        </section>
    }
}

/// What stands where there is nothing to show.
pub fn absent<T>(load: &Load<Option<T>>) -> Html {
    match load {
        Load::Coming => html! { <p class="dim sf-words" aria-busy="true">{ said::LOADING }</p> },
        Load::Refused(why) => html! { <p class="bad-words sf-words">{ words_of(why) }</p> },
        Load::Here(_) => html! { <p class="dim2 sf-words">{ said::NOT_THERE }</p> },
    }
}
