//! The whole console: the strip above, and what the address names.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::use_told;
use crate::parts::states::machine::MachinePage;
use crate::parts::states::machines::Machines;
use crate::parts::states::new_machine::NewMachine;
use crate::parts::states::run_page::RunPage;
use crate::route::Place;
use crate::route::states::{StatesPlace, View};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: StatesPlace,
}

/// The Step Functions tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let Props { desk, at } = props;
    let (strip, tell) = use_told(desk);
    let (styles, styled) = use_styles("styles/step-functions.css");
    let shown = match (&at.machine, &at.execution) {
        (None, _) if at.view == View::New => {
            html! { <NewMachine desk={desk.clone()} tell={tell.clone()} /> }
        }
        (None, _) => html! { <Machines desk={desk.clone()} tell={tell.clone()} /> },
        (Some(machine), Some(execution)) => html! {
            <RunPage key={format!("{machine}/{execution}")} desk={desk.clone()} at={at.clone()} machine={machine.clone()} execution={execution.clone()} tell={tell.clone()} />
        },
        (Some(machine), None) => html! {
            <MachinePage key={machine.clone()} desk={desk.clone()} at={at.clone()} machine={machine.clone()} tell={tell.clone()} />
        },
    };
    html! {
        <div class="sf-page">
            { styles }
            { strip }
            if styled { { shown } } else { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
        </div>
    }
}

/// The address of a place in the console.
pub fn href(desk: &Desk, at: StatesPlace) -> String {
    desk.route.at(Place::States(at)).href()
}

/// Goes to a place in the console.
pub fn go(desk: &Desk, at: StatesPlace) {
    desk.route.at(Place::States(at)).go();
}
