//! The whole console: the strip of what was done, and below it the list of functions or one of them.

use serde_json::json;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::{Deed, Desk};
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::lambda::list::List;
use crate::parts::lambda::page::Page;
use crate::parts::s3::console::Tell;
use crate::parts::s3::mirror::Mirror;
use crate::parts::s3::refused::Refused;
use crate::route::FunctionPart;
use crate::state::cloud::Refusal;
use crate::state::lambda::Listed;
use crate::words::{self, lambda as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub function: Option<AttrValue>,
    pub part: FunctionPart,
}

/// How often what runs is looked at, in milliseconds.
pub const LIVE_MS: u32 = 1_000;

/// The Lambda tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let desk = &props.desk;
    let functions = use_live(desk, ("lambda", "functions"), json!({}), LIVE_MS);
    let (shown, tell) = use_told(desk);
    let (styles, styled) = use_styles();
    let functions: Load<Vec<Listed>> = match functions {
        Load::Coming => Load::Coming,
        Load::Refused(why) => Load::Refused(why),
        Load::Here(list) => Load::Here(serde_json::from_value(list).unwrap_or_default()),
    };
    let body = match (&props.function, functions) {
        (_, Load::Coming) => {
            html! { <p class="dim table-words" aria-busy="true">{ said::LOADING }</p> }
        }
        (_, Load::Refused(why)) => {
            html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> }
        }
        (None, Load::Here(functions)) => {
            html! { <List desk={desk.clone()} tell={tell} {functions} /> }
        }
        (Some(function), Load::Here(functions)) => {
            let names: Vec<AttrValue> =
                functions.into_iter().map(|one| AttrValue::from(one.name)).collect();
            html! { <Page key={format!("{}/{function}", desk.region)} desk={desk.clone()} tell={tell} {names} name={function} part={props.part} /> }
        }
    };
    html! {
        <div class="fn-page">
            { styles }
            if styled { { shown }{ body } } else { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
        </div>
    }
}

/// The styles of the Lambda console and of the Logs tab, and whether they are here: they come with the part, not with the page.
#[hook]
pub fn use_styles() -> (Html, bool) {
    let styled = use_state_eq(|| false);
    let here = {
        let styled = styled.setter();
        // Without them (no network, say) all of it works the same.
        Callback::from(move |_: Event| styled.set(true))
    };
    (
        html! { <link rel="stylesheet" href="styles/lambda.css" onload={here.clone()} onerror={here} /> },
        *styled,
    )
}

/// The strip that shows what was done or refused last, and the way to tell it.
#[hook]
pub fn use_told(desk: &Desk) -> (Html, Tell) {
    let deed = use_state_eq(|| None::<Deed>);
    let refusal = use_state_eq(|| None::<(String, Refusal)>);
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
    let close = {
        let refusal = refusal.setter();
        Callback::from(move |()| refusal.set(None))
    };
    let shown = html! {
        <>
            { for deed.iter().map(|deed| html! { <Mirror desk={desk.clone()} deed={deed.clone()} /> }) }
            { for refusal.iter().map(|(what, why)| html! {
                <Refused desk={desk.clone()} what={what.clone()} why={why.clone()} close={close.clone()} />
            }) }
        </>
    };
    (shown, tell)
}
