//! The whole console: the strip above, and what the address names.

use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::s3::console::Tell;
use crate::parts::s3::mirror::Mirror;
use crate::parts::s3::refused::Refused;
use crate::parts::states::machine::MachinePage;
use crate::parts::states::machines::Machines;
use crate::parts::states::new_machine::NewMachine;
use crate::parts::states::run_page::RunPage;
use crate::route::Place;
use crate::route::states::{StatesPlace, View};
use crate::state::cloud::Refusal;
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
    let deed = use_state_eq(|| None::<Deed>);
    let refusal = use_state_eq(|| None::<(String, Refusal)>);
    let styled = use_state_eq(|| false);
    let tell = Tell {
        did: {
            let (deed, refusal) = (deed.setter(), refusal.setter());
            Callback::from(move |done| {
                deed.set(Some(done));
                refusal.set(None);
            })
        },
        refused: {
            let refusal = refusal.setter();
            Callback::from(move |why| refusal.set(Some(why)))
        },
    };
    // Without its styles it is better drawn plainly than not at all.
    let show = {
        let styled = styled.setter();
        Callback::from(move |_: Event| styled.set(true))
    };
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
            <link rel="stylesheet" href="styles/step-functions.css" onload={show.clone()} onerror={show} />
            { for deed.iter().map(|deed| html! { <Mirror desk={desk.clone()} deed={deed.clone()} /> }) }
            { for refusal.iter().map(|(what, why)| html! {
                <Refused desk={desk.clone()} what={what.clone()} why={why.clone()} close={let refusal = refusal.setter(); Callback::from(move |()| refusal.set(None))} />
            }) }
            if *styled { { shown } } else { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
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
