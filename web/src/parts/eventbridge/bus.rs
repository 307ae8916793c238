//! One bus: its head, the parts of its page, and the part that is chosen.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::archives::Archives;
use crate::parts::eventbridge::fields::picked;
use crate::parts::eventbridge::new_rule::NewRule;
use crate::parts::eventbridge::permissions::Permissions;
use crate::parts::eventbridge::rules::Rules;
use crate::parts::eventbridge::send::Send;
use crate::parts::icon::Icon;
use crate::parts::tabs::{Tab, Tabs};
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::{Bus, DEFAULT_BUS, Listed};
use crate::words::{self, eventbridge as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub buses: Rc<Vec<Bus>>,
    pub rules: Rc<Vec<Listed>>,
    pub name: AttrValue,
    pub part: EventsPart,
}

/// What the parts of the page are told.
#[derive(Properties, PartialEq, Clone)]
pub struct BusPart {
    pub desk: Desk,
    pub tell: Tell,
    pub bus: Bus,
    /// The rules of all buses of the Region.
    pub rules: Rc<Vec<Listed>>,
}

/// The page.
#[component]
pub fn BusPage(props: &Props) -> Html {
    let Props { desk, tell, buses, rules, name, part } = props;
    let doomed = use_state_eq(|| false);
    use_focus_kept(*doomed, "delete-bus");
    let Some(bus) = buses.iter().find(|bus| bus.name == **name) else {
        let back = desk.route.at(Place::EventBridge(EventsPlace::default())).href();
        return html! { <div class="void-middle grow"><p class="dim2">{ said::NO_BUS }</p><a class="btn" href={back}>{ said::ALL_BUSES }</a></div> };
    };
    let told =
        BusPart { desk: desk.clone(), tell: tell.clone(), bus: bus.clone(), rules: rules.clone() };
    let go = {
        let (route, name) = (desk.route.clone(), name.to_string());
        Callback::from(move |part| {
            route.at(Place::EventBridge(EventsPlace::bus(name.clone(), part))).go();
        })
    };
    let tabs = EventsPart::OF_BUS.map(|part| Tab::new(part.id(), said::of_bus(part))).to_vec();
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: bool| doomed.set(to))
    };
    // The form of a new rule stands among the rules.
    let chosen = if EventsPart::OF_BUS.contains(part) { *part } else { EventsPart::First };
    let asked = doomed.then(|| ask(&told, &doom));
    let body = match part {
        EventsPart::Send => html! { <Send ..told /> },
        EventsPart::Archives => html! { <Archives ..told /> },
        EventsPart::Permissions => html! { <Permissions ..told /> },
        EventsPart::New => html! { <NewRule ..told /> },
        _ => html! { <Rules ..told /> },
    };
    html! {
        <>
            <div class="fn-top">
                { head(props, bus, &doom) }
                <Tabs class="small fn-tabs" label={said::PARTS_OF_BUS} prefix="bus" {tabs} chosen={chosen.id()} choose={go.reform(|id: AttrValue| EventsPart::named(&id))} />
            </div>
            { for asked }
            <div class="fn-body" id="bus-panel" role="tabpanel" aria-labelledby={format!("bus-{}", chosen.id())}>{ body }</div>
        </>
    }
}

fn head(props: &Props, bus: &Bus, doom: &Callback<bool>) -> Html {
    let Props { desk, buses, name, part, .. } = props;
    let go = {
        let (route, part) = (desk.route.clone(), *part);
        picked(move |name| route.at(Place::EventBridge(EventsPlace::bus(name, part))).go())
    };
    let to = |place| desk.route.at(Place::EventBridge(place)).href();
    let new = to(EventsPlace::bus(name.to_string(), EventsPart::New));
    html! {
        <div class="toolbar fn-head">
            <h2 class="vh">{ &**name }</h2>
            <a class="btn ghost icon" href={to(EventsPlace::default())} aria-label={said::ALL_BUSES} title={said::ALL_BUSES}><Icon name="chevl" /></a>
            <label><span class="vh">{ said::BUS }</span>
                <select class="select" id="bus-select" onchange={go}>
                    { for buses.iter().map(|one| html! { <option key={one.name.clone()} value={one.name.clone()} selected={one.name == **name}>{ &one.name }</option> }) }
                </select></label>
            <span class="small dim2" id="bus-rules">{ said::rule_count(bus.rules) }</span>
            <a class={classes!("btn", "small", "push", desk.hot("eventbridge.create-rule"))} data-hotspot="eventbridge.create-rule" id="create-rule" href={new}><Icon name="plus" />{ said::CREATE_RULE }</a>
            if bus.name != DEFAULT_BUS {
                <button class="btn ghost icon" id="delete-bus" aria-label={said::DELETE_BUS} title={said::DELETE_BUS} disabled={!desk.cloud.may_change()}
                    onclick={doom.reform(|_: MouseEvent| true)}><Icon name="trash" /></button>
            }
        </div>
    }
}

fn ask(part: &BusPart, doom: &Callback<bool>) -> Html {
    let question = said::delete_bus_ask(&part.bus.name);
    let on_yes = {
        let (part, doom) = (part.clone(), doom.clone());
        Callback::from(move |()| {
            doom.emit(false);
            let BusPart { desk, tell, bus, .. } = part.clone();
            spawn_local(async move {
                let said = (said::deleting(&bus.name), said::deleted(&bus.name));
                let input = json!({ "Name": bus.name });
                let done = act(&desk, &tell, said, ("events", "DeleteEventBus"), input).await;
                if done.is_some() {
                    desk.route.at(Place::EventBridge(EventsPlace::default())).go();
                }
            });
        })
    };
    html! {
        <Confirm class="ask-delete" label={question.clone()} yes={said::DELETE_BUS} no={words::KEEP} {on_yes} on_no={doom.reform(|()| false)}>
            <p><b>{ question }</b>{ " " }{ said::DELETE_BUS_MORE }</p>
        </Confirm>
    }
}
