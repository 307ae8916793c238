//! A request or an answer as it went over the wire.

use yew::prelude::*;

use crate::state::calls::Raw;
use crate::state::sizes;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub raw: Raw,
    pub first: AttrValue,
}

/// First line, headers, body.
#[component]
pub fn Http(props: &Props) -> Html {
    let raw = &props.raw;
    let rest = raw.clipped()
        .then(|| html! { <p class="small dim2 hood-words">{ words::body_clipped(&sizes::bytes(raw.body_bytes)) }</p> });
    html! {
        <>
            <pre class="code plain wrapped"><b>{ &props.first }</b>{ "\n" }
                { for raw.headers.iter().map(|(name, value)| html! { <><span class="fn">{ name }</span>{ ": " }{ value }{ "\n" }</> }) }
                { "\n" }{ &raw.body }
            </pre>
            { rest }
        </>
    }
}
