//! One call: the same in boto3 and CLI, what went over the wire, and why it failed if it did.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::s3::Load;
use crate::parts::copy::Copy;
use crate::parts::hood::error::ErrorBox;
use crate::parts::hood::http::Http;
use crate::parts::tabs::{Tab, Tabs};
use crate::state::calls::{Call, CallDetail};
use crate::state::cloud;
use crate::twin::{Body, Twin};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub call: Option<Call>,
}

/// The middle of the drawer.
#[component]
pub fn Detail(props: &Props) -> Html {
    let detail = use_state_eq(|| (0_u64, Load::<CallDetail>::Coming));
    let tab = use_state_eq(|| None::<AttrValue>);
    let seq = props.call.as_ref().map(|call| (call.seq, call.status));
    {
        let setter = detail.setter();
        use_effect_with(seq, move |seq| {
            if let Some((seq, _)) = *seq {
                spawn_local(async move {
                    setter.set((
                        seq,
                        match cloud::call_detail(seq).await {
                            Ok(detail) => Load::Here(detail),
                            Err(why) => Load::Refused(why),
                        },
                    ));
                });
            }
        });
    }
    let Some(call) = &props.call else {
        return html! { <div class="detail" id="call-detail"><p class="dim2 hood-words">{ words::CHOOSE_CALL }</p></div> };
    };
    let failed = call.failed();
    let mut tabs = vec![
        Tab::new("boto3", words::BOTO3),
        Tab::new("cli", words::CLI),
        Tab::new("request", words::REQUEST),
        Tab::new("response", words::RESPONSE),
    ];
    if failed {
        tabs.insert(0, Tab::new("error", words::ERROR));
    }
    let first = if failed { "error" } else { "request" };
    let chosen = (*tab)
        .clone()
        .filter(|tab| tabs.iter().any(|one| one.id == *tab))
        .unwrap_or_else(|| first.into());
    let body = match &detail.1 {
        Load::Here(detail) if detail.call.seq == call.seq || detail.call.seq == 0 => {
            body(&chosen, call, detail)
        }
        Load::Refused(why) => html! { <p class="bad-words hood-words">{ words_of(why) }</p> },
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

fn body(chosen: &str, call: &Call, detail: &CallDetail) -> Html {
    match chosen {
        "error" => html! { <ErrorBox call={call.clone()} /> },
        "request" => {
            html! { <Http raw={detail.request.clone()} first={format!("{} {} HTTP/1.1", detail.request.method, detail.request.target)} /> }
        }
        "response" => {
            html! { <Http raw={detail.response.clone()} first={words::status_line(call.status)} /> }
        }
        way => {
            let twin = Twin {
                service: call.service.clone(),
                operation: call.operation.clone(),
                input: detail.input.clone(),
                body: body_of(call, detail),
            };
            let text = if way == "cli" { twin.cli() } else { twin.boto3() };
            html! { <div class="twin"><pre class="code plain wrapped">{ text.clone() }</pre><Copy {text} /></div> }
        }
    }
}

/// The streaming member is not among the input's members: a file stands for it.
fn body_of(call: &Call, detail: &CallDetail) -> Body {
    let key = detail.input.get("Key").and_then(serde_json::Value::as_str).unwrap_or("body");
    let file = crate::parts::s3::transfer::file_name(key);
    match call.operation.as_str() {
        "PutObject" | "UploadPart" => Body::FromFile(file),
        "GetObject" => Body::ToFile(file),
        _ => Body::None,
    }
}
