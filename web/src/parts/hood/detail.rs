//! One call: the same in boto3 and CLI, what went over the wire, what it changed, and why it failed if it did.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::parts::hood::changed::Changed;
use crate::parts::hood::code::Code;
use crate::parts::hood::error::ErrorBox;
use crate::parts::hood::http::Http;
use crate::parts::tabs::{Tab, Tabs};
use crate::state::calls::{Call, CallDetail};
use crate::state::cloud;
use crate::state::travel::Twin;
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub call: Rc<Call>,
}

/// What was fetched of a call.
type Whole = Rc<(CallDetail, Option<Twin>)>;

/// The middle of the drawer.
#[component]
pub fn Detail(props: &Props) -> Html {
    let tab = use_state_eq(|| None::<AttrValue>);
    let call = &props.call;
    let whole = use_whole(call);
    let mut tabs = vec![
        Tab::new("boto3", words::BOTO3),
        Tab::new("cli", words::CLI),
        Tab::new("http", words::hood::HTTP),
        Tab::new("changed", words::hood::CHANGED),
    ];
    if call.failed() {
        tabs.insert(0, Tab::new("error", words::ERROR));
    }
    let first = match (call.failed(), call.changed) {
        (true, _) => "error",
        (_, true) => "changed",
        _ => "boto3",
    };
    let chosen = (*tab)
        .clone()
        .filter(|tab| tabs.iter().any(|one| one.id == *tab))
        .unwrap_or_else(|| first.into());
    let body = match (&*chosen, &whole) {
        ("error", _) => html! { <ErrorBox call={(**call).clone()} /> },
        ("changed", _) => html! { <Changed key={call.seq} call={(**call).clone()} /> },
        (way, Load::Here(whole)) => body(props, way, call, whole),
        (_, Load::Refused(why)) => {
            html! { <p class="bad-words hood-words">{ words_of(why) }</p> }
        }
        _ => html! { <p class="dim2 hood-words" aria-busy="true">{ words::LOADING_CALL }</p> },
    };
    let choose = Callback::from(move |id| tab.set(Some(id)));
    html! {
        <div class="detail" id="call-detail">
            <Tabs label={words::call_ways(&call.name())} prefix="call" {tabs} chosen={chosen.clone()} {choose} class="small" />
            <div class="scroll grow" id="call-panel" role="tabpanel" aria-labelledby={format!("call-{chosen}")} tabindex="0">{ body }</div>
        </div>
    }
}

/// The call in full; fetched again when it has been answered.
#[hook]
fn use_whole(call: &Call) -> Load<Whole> {
    let load = use_state_eq(|| (0_u64, Load::<Whole>::Coming));
    let setter = load.setter();
    use_effect_with((call.seq, call.status), move |(seq, _)| {
        let seq = *seq;
        spawn_local(async move {
            let (detail, twin) = (cloud::call_detail(seq).await, cloud::twin(seq).await);
            let whole = match detail {
                Ok(detail) => Load::Here(Rc::new((detail, twin.ok().flatten()))),
                Err(why) => Load::Refused(why),
            };
            setter.set((seq, whole));
        });
    });
    let (seq, load) = &*load;
    if call.seq == *seq { load.clone() } else { Load::Coming }
}

fn body(props: &Props, way: &str, call: &Call, whole: &Whole) -> Html {
    let (detail, twin) = &**whole;
    if way == "http" {
        let first = format!("{} {} HTTP/1.1", detail.request.method, detail.request.target);
        return html! {
            <>
                <h4 class="label hood-words">{ words::hood::REQUEST }</h4>
                <Http raw={detail.request.clone()} {first} />
                <h4 class="label hood-words">{ words::hood::ANSWER }</h4>
                <Http raw={detail.response.clone()} first={words::status_line(call.status)} />
            </>
        };
    }
    match twin {
        Some(twin) => {
            html! { <Code desk={props.desk.clone()} twin={twin.clone()} cli={way == "cli"} /> }
        }
        None => html! { <p class="dim2 hood-words">{ words::hood::NO_TWIN }</p> },
    }
}
