//! One rule: its head, what has come of it, the parts of its page, and the part that is chosen.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::console::LIVE_MS;
use crate::parts::eventbridge::definition::Definition;
use crate::parts::eventbridge::fields::picked;
use crate::parts::eventbridge::targets::Targets;
use crate::parts::eventbridge::{counts, rule_actions as actions};
use crate::parts::icon::Icon;
use crate::parts::tabs::{Tab, Tabs};
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::{Bus, Listed, Whole};
use crate::words::eventbridge as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub buses: Rc<Vec<Bus>>,
    pub rules: Rc<Vec<Listed>>,
    pub bus: AttrValue,
    pub name: AttrValue,
    pub part: EventsPart,
}

/// What the parts of the page are told.
#[derive(Properties, PartialEq, Clone)]
pub struct RulePart {
    pub desk: Desk,
    pub tell: Tell,
    pub buses: Rc<Vec<Bus>>,
    pub whole: Whole,
}

impl Props {
    fn rule(&self, part: EventsPart) -> Place {
        Place::EventBridge(EventsPlace::rule(self.bus.to_string(), self.name.to_string(), part))
    }

    fn rules(&self) -> Place {
        Place::EventBridge(EventsPlace::bus(self.bus.to_string(), EventsPart::First))
    }
}

/// The page.
#[component]
pub fn RulePage(props: &Props) -> Html {
    let Props { desk, tell, buses, bus, name, part, .. } = props;
    let named = json!({ "EventBusName": &**bus, "Name": &**name });
    let whole = use_live(desk, ("events", "rule"), named, LIVE_MS);
    let doomed = use_state_eq(|| false);
    use_focus_kept(*doomed, "delete-rule");
    let whole = match whole {
        Load::Coming => {
            return html! { <p class="dim table-words" aria-busy="true">{ said::LOADING_ONE }</p> };
        }
        Load::Refused(why) => {
            return html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> };
        }
        Load::Here(whole) => serde_json::from_value::<Option<Whole>>(whole).ok().flatten(),
    };
    let Some(whole) = whole else {
        let back = desk.route.at(props.rules()).href();
        return html! { <div class="void-middle grow"><p class="dim2">{ said::NO_RULE }</p><a class="btn" href={back}>{ said::ALL_RULES }</a></div> };
    };
    let choose = {
        let props = props.clone();
        Callback::from(move |id: AttrValue| {
            props.desk.route.at(props.rule(EventsPart::named(&id))).go();
        })
    };
    let tabs = EventsPart::OF_RULE.map(|part| Tab::new(part.id(), said::of_rule(part))).to_vec();
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: bool| doomed.set(to))
    };
    let chosen = if EventsPart::OF_RULE.contains(part) { *part } else { EventsPart::First };
    let asked = doomed.then(|| ask(props, &whole.rule, &doom));
    let head = head(props, &whole.rule, &doom);
    let shown = counts::all(&whole.rule);
    let told = RulePart { desk: desk.clone(), tell: tell.clone(), buses: buses.clone(), whole };
    let body = match chosen {
        EventsPart::Targets => html! { <Targets ..told /> },
        _ => html! { <Definition ..told /> },
    };
    html! {
        <>
            <div class="fn-top">
                { head }
                <Tabs class="small fn-tabs" label={said::PARTS_OF_RULE} prefix="rule" {tabs} chosen={chosen.id()} {choose} />
            </div>
            { for asked }
            { shown }
            <div class="fn-body" id="rule-panel" role="tabpanel" aria-labelledby={format!("rule-{}", chosen.id())}>{ body }</div>
        </>
    }
}

fn head(props: &Props, rule: &Listed, doom: &Callback<bool>) -> Html {
    let Props { desk, tell, rules, bus, part, .. } = props;
    let go = {
        let (route, bus, part) = (desk.route.clone(), bus.to_string(), *part);
        picked(move |name| {
            route.at(Place::EventBridge(EventsPlace::rule(bus.clone(), name, part))).go();
        })
    };
    let others = rules.iter().filter(|one| one.event_bus_name == **bus);
    let may = desk.cloud.may_change();
    let back = desk.route.at(props.rules()).href();
    html! {
        <div class="toolbar fn-head">
            <h2 class="vh">{ &rule.name }</h2>
            <a class="btn ghost icon" href={back} aria-label={said::ALL_RULES} title={said::ALL_RULES}><Icon name="chevl" /></a>
            <label><span class="vh">{ said::RULE }</span>
                <select class="select" id="rule-select" onchange={go}>
                    { for others.map(|one| html! { <option key={one.name.clone()} value={one.name.clone()} selected={one.name == rule.name}>{ &one.name }</option> }) }
                </select></label>
            <span id="rule-state">{ actions::state(rule) }</span>
            <button class="btn small push" id="toggle-rule" disabled={!may} onclick={actions::toggle(desk, tell, rule)}>{ if rule.enabled { said::DISABLE } else { said::ENABLE } }</button>
            <button class="btn ghost icon" id="delete-rule" aria-label={said::DELETE_RULE} title={said::DELETE_RULE} disabled={!may} onclick={doom.reform(|_: MouseEvent| true)}><Icon name="trash" /></button>
        </div>
    }
}

fn ask(props: &Props, rule: &Listed, doom: &Callback<bool>) -> Html {
    let (props, rule, doom) = (props.clone(), rule.clone(), doom.clone());
    let close = doom.reform(|()| false);
    actions::question(&rule.clone(), close, move || {
        doom.emit(false);
        let (props, rule) = (props.clone(), rule.clone());
        spawn_local(async move {
            if actions::delete(&props.desk, &props.tell, &rule).await {
                props.desk.route.at(props.rules()).go();
            }
        });
    })
}
