//! What AWS (or this browser) would not do: its own words, our hint beside them, and the way to the call.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::state::cloud::Refusal;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// What was asked, in words: `Create bucket photos`.
    pub what: AttrValue,
    pub why: Refusal,
    pub close: Callback<()>,
}

/// The message, spoken at once.
#[component]
pub fn Refused(props: &Props) -> Html {
    let words = match &props.why {
        Refusal::Host(words) => html! { <span>{ words }</span> },
        Refusal::Fault(fault) => {
            let see = fault.seq.map(|seq| {
                let onclick = props.desk.show_call.reform(move |_| seq);
                html! { <button class="lnk2" {onclick}>{ words::SEE_THE_CALL }</button> }
            });
            html! {
                <>
                    <code>{ &fault.code }</code>{ ": " }{ &fault.message }{ " " }
                    if let Some(hint) = &fault.hint { <span class="dim2">{ hint }{ " " }</span> }
                    { see }
                </>
            }
        }
    };
    html! {
        <div class="note bad refused" role="alert">
            <Icon name="x" />
            <p class="grow"><b>{ words::not_done(&props.what) }</b>{ " " }{ words }</p>
            <button class="btn ghost icon small" aria-label={words::CLOSE_MESSAGE} onclick={props.close.reform(|_| ())}><Icon name="x" /></button>
        </div>
    }
}
