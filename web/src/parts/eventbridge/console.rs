//! The whole console: the strip of what was done, and below it the list of buses, one of them, or a rule.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::{Tell, use_told};
use crate::parts::eventbridge::bus::BusPage;
use crate::parts::eventbridge::buses::Buses;
use crate::parts::eventbridge::rule::RulePage;
use crate::parts::lambda::console as lambda;
use crate::route::eventbridge::EventsPlace;
use crate::state::eventbridge::{Bus, Listed};
use crate::words::{self, eventbridge as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: EventsPlace,
}

/// What all pages of the console are told.
#[derive(Clone, Properties, PartialEq)]
pub struct Shared {
    pub desk: Desk,
    pub tell: Tell,
    /// The buses of the Region.
    pub buses: Rc<Vec<Bus>>,
    /// The rules of all of them.
    pub rules: Rc<Vec<Listed>>,
}

/// How often what goes on is looked at, in milliseconds.
pub const LIVE_MS: u32 = 1_000;

/// The EventBridge tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let desk = &props.desk;
    let buses = use_live(desk, ("events", "buses"), json!({}), LIVE_MS);
    let rules = use_live(desk, ("events", "rules"), json!({}), LIVE_MS);
    let (shown, tell) = use_told(desk);
    // Settings, lists and forms look as those of functions do.
    let (shared, has_shared) = use_styles(lambda::STYLES);
    let (own, has_own) = use_styles("styles/eventbridge.css");
    let body = match (buses, rules) {
        (Load::Refused(why), _) | (_, Load::Refused(why)) => {
            html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> }
        }
        (Load::Here(buses), Load::Here(rules)) => {
            let desk = desk.clone();
            let told =
                Shared { desk, tell, buses: Rc::new(list(buses)), rules: Rc::new(list(rules)) };
            page(told, &props.at)
        }
        _ => html! { <p class="dim table-words" aria-busy="true">{ said::LOADING }</p> },
    };
    html! {
        <div class="fn-page">
            { shared }{ own }
            if has_shared && has_own { { shown }{ body } } else { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
        </div>
    }
}

fn page(told: Shared, at: &EventsPlace) -> Html {
    let Shared { desk, tell, buses, rules } = told.clone();
    let region = desk.region.clone();
    match (&at.bus, &at.rule) {
        (None, _) => html! { <Buses ..told /> },
        (Some(bus), None) => {
            html! { <BusPage key={format!("{region}/{bus}")} {desk} {tell} {buses} {rules} name={bus.clone()} part={at.part} /> }
        }
        (Some(bus), Some(rule)) => {
            html! { <RulePage key={format!("{region}/{bus}/{rule}")} {desk} {tell} {buses} {rules} bus={bus.clone()} name={rule.clone()} part={at.part} /> }
        }
    }
}

/// What a picture holds.
pub fn list<T: DeserializeOwned>(shown: Value) -> Vec<T> {
    serde_json::from_value(shown).unwrap_or_default()
}
