//! The whole console: the strip of what was done, and below it the list of functions or one of them.

use serde_json::json;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::use_told;
use crate::parts::lambda::list::List;
use crate::parts::lambda::page::Page;
use crate::route::FunctionPart;
use crate::state::lambda::Listed;
use crate::words::{self, lambda as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub function: Option<AttrValue>,
    pub part: FunctionPart,
}

/// Of the Logs tab, too.
pub const STYLES: &str = "styles/lambda.css";

/// How often what runs is looked at, in milliseconds.
pub const LIVE_MS: u32 = 1_000;

/// The Lambda tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let desk = &props.desk;
    let functions = use_live(desk, ("lambda", "functions"), json!({}), LIVE_MS);
    let (shown, tell) = use_told(desk);
    let (styles, styled) = use_styles(STYLES);
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
