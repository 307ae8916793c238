//! The whole console: the strip of what was done, and below it the list of queues or one of them.

use serde_json::json;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::use_told;
use crate::parts::lambda::console as lambda;
use crate::parts::sqs::list::List;
use crate::parts::sqs::page::Page;
use crate::route::QueuePart;
use crate::state::sqs::Listed;
use crate::words::{self, sqs as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub queue: Option<AttrValue>,
    pub part: QueuePart,
}

/// How often what goes on is looked at, in milliseconds.
pub const LIVE_MS: u32 = 1_000;

/// The SQS tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let desk = &props.desk;
    let queues = use_live(desk, ("sqs", "queues"), json!({}), LIVE_MS);
    let (shown, tell) = use_told(desk);
    // Settings, lists and triggers look as those of functions do.
    let (shared, has_shared) = use_styles(lambda::STYLES);
    let (own, has_own) = use_styles("styles/sqs.css");
    let queues: Load<Vec<Listed>> = match queues {
        Load::Coming => Load::Coming,
        Load::Refused(why) => Load::Refused(why),
        Load::Here(list) => Load::Here(serde_json::from_value(list).unwrap_or_default()),
    };
    let body = match (&props.queue, queues) {
        (_, Load::Coming) => {
            html! { <p class="dim table-words" aria-busy="true">{ said::LOADING }</p> }
        }
        (_, Load::Refused(why)) => {
            html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> }
        }
        (None, Load::Here(queues)) => {
            html! { <List desk={desk.clone()} tell={tell} {queues} /> }
        }
        (Some(queue), Load::Here(queues)) => {
            html! { <Page key={format!("{}/{queue}", desk.region)} desk={desk.clone()} tell={tell} {queues} name={queue} part={props.part} /> }
        }
    };
    html! {
        <div class="fn-page">
            { shared }{ own }
            if has_shared && has_own { { shown }{ body } } else { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
        </div>
    }
}
