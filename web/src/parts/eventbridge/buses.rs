//! The buses of this Region, and below them connections and API destinations.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::eventbridge::connections::Connections;
use crate::parts::eventbridge::console::Shared;
use crate::parts::eventbridge::destinations::Destinations;
use crate::parts::eventbridge::new_bus::NewBus;
use crate::parts::icon::Icon;
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::Bus;
use crate::state::sizes::grouped;
use crate::state::time;
use crate::words::{eventbridge as said, sqs};

/// The table, or the form for one more.
#[component]
pub fn Buses(props: &Shared) -> Html {
    let creating = use_state_eq(|| false);
    use_focus_kept(*creating, "create-bus");
    let open = |to: bool| {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(to))
    };
    let Shared { desk, tell, buses, .. } = props;
    if *creating {
        return html! { <NewBus desk={desk.clone()} tell={tell.clone()} close={open(false)} /> };
    }
    html! {
        <section class="scroll grow fn-list" aria-labelledby="buses-h" tabindex="0">
            <div class="toolbar">
                <h2 id="buses-h">{ said::BUSES }</h2>
                <span class="small dim2">{ said::bus_count(buses.len()) }</span>
                <button id="create-bus" class={classes!("btn", "primary", "push", desk.hot("eventbridge.create-bus"))} data-hotspot="eventbridge.create-bus"
                    disabled={!desk.cloud.may_change()} onclick={open(true).reform(|_: MouseEvent| ())}><Icon name="plus" />{ said::CREATE_BUS }</button>
            </div>
            <p class="small dim2 ev-words">{ said::BUSES_MORE }</p>
            <table class="hoverable fn-table" id="bus-table">
                <thead><tr>
                    <th scope="col">{ said::NAME }</th><th scope="col" class="num">{ said::RULES }</th><th scope="col" class="num">{ said::ARCHIVES_COUNT }</th>
                    <th scope="col">{ said::PERMISSIONS }</th><th scope="col">{ said::DESCRIPTION }</th><th scope="col">{ said::CREATED }</th>
                </tr></thead>
                <tbody>{ for buses.iter().map(|one| row(desk, one)) }</tbody>
            </table>
            <Connections desk={desk.clone()} tell={tell.clone()} />
            <Destinations desk={desk.clone()} tell={tell.clone()} />
        </section>
    }
}

fn row(desk: &Desk, one: &Bus) -> Html {
    let to =
        |part| desk.route.at(Place::EventBridge(EventsPlace::bus(one.name.clone(), part))).href();
    let policy = if one.policy.is_some() { sqs::IS_SET } else { sqs::NOT_SET };
    let now = desk.cloud.clock.now();
    html! {
        <tr key={one.name.clone()}>
            <td class="key"><Icon name="sched" class="c-sqs" /><a href={to(EventsPart::First)}>{ &one.name }</a></td>
            <td class="num" data-label={said::RULES}>{ grouped(one.rules as u64) }</td>
            <td class="num" data-label={said::ARCHIVES_COUNT}>{ grouped(one.archives as u64) }</td>
            <td data-label={said::PERMISSIONS}><a href={to(EventsPart::Permissions)}>{ policy }</a></td>
            <td data-label={said::DESCRIPTION}>{ one.description.clone().unwrap_or_default() }</td>
            <td data-label={said::CREATED}>{ one.created.map(|at| time::moment(at, now)).unwrap_or_default() }</td>
        </tr>
    }
}
