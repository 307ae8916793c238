//! A link to an object that opens for a while to whoever holds it; and what it answers, tried here or in a tab of its own.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::js;
use crate::parts::copy::Copy;
use crate::state::cloud::{self, LinkAnswer, Refusal};
use crate::state::sizes;
use crate::words::s3 as said;

/// So much of an answer is shown.
const SHOWN_BYTES_MAX: usize = 2_000;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
}

/// How long, the link, and the button that opens it.
#[component]
pub fn Link(props: &Props) -> Html {
    let expires = use_state_eq(|| said::LINK_TIMES[1].0);
    let link = use_state_eq(|| None::<Result<String, Refusal>>);
    let opened = use_state_eq(|| None::<Result<LinkAnswer, Refusal>>);
    let pick = {
        let expires = expires.setter();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>();
            if let Some(seconds) = chosen.and_then(|select| select.value().parse().ok()) {
                expires.set(seconds);
            }
        })
    };
    let make = {
        let (link, opened, expires) = (link.setter(), opened.setter(), *expires);
        let (bucket, object) = (props.bucket.clone(), props.object.clone());
        let region = props.desk.region.clone();
        Callback::from(move |_: MouseEvent| {
            let (link, bucket, object, region) =
                (link.clone(), bucket.clone(), object.clone(), region.clone());
            opened.set(None);
            spawn_local(async move {
                link.set(Some(cloud::presign(&bucket, &object, &region, expires).await));
            });
        })
    };
    let try_it = |url: String| {
        let opened = opened.setter();
        Callback::from(move |_: MouseEvent| {
            let (opened, url) = (opened.clone(), url.clone());
            spawn_local(async move { opened.set(Some(cloud::open_link(&url).await)) });
        })
    };
    html! {
        <div class="sect link">
            <p class="small dim2">{ said::LINK_MORE }</p>
            <div class="row">
                <label class="fld grow">{ said::LINK_FOR }
                    <select class="select" id="link-for" onchange={pick}>
                        { for said::LINK_TIMES.into_iter().map(|(seconds, words)| html! {
                            <option value={seconds.to_string()} selected={*expires == seconds}>{ words }</option> }) }
                    </select></label>
                <button class="btn primary" id="make-link" disabled={!props.desk.cloud.may_change()} onclick={make}>{ said::MAKE_LINK }</button>
            </div>
            { for link.iter().map(|link| match link {
                Err(why) => html! { <p class="note bad" role="alert">{ words_of(why) }</p> },
                Ok(url) => html! {
                    <>
                        <label class="fld" for="link-made">{ said::LINK }</label>
                        <textarea id="link-made" class="input mono doc-field" rows="6" readonly={true} value={url.clone()} />
                        <div class="row"><Copy text={url.clone()} />
                            <button class="btn small" id="try-link" onclick={try_it(url.clone())}>{ said::TRY_LINK }</button>
                            { for js::link_address(url).map(|href| html! {
                                <a class="btn small" id="open-link" {href} target="_blank" rel="noopener">{ said::OPEN_LINK }</a>
                            }) }</div>
                        <p class="small dim">{ if js::link_address(url).is_some() { said::OPEN_LINK_MORE } else { said::NO_LINK_HERE } }</p>
                    </>
                },
            }) }
            <div aria-live="polite">{ for opened.iter().map(told) }</div>
        </div>
    }
}

fn told(opened: &Result<LinkAnswer, Refusal>) -> Html {
    match opened {
        Err(why) => html! { <p class="note bad" role="alert">{ words_of(why) }</p> },
        Ok(LinkAnswer { status, body }) => {
            let text = std::str::from_utf8(body).ok().filter(|text| text.len() <= SHOWN_BYTES_MAX);
            let good = *status < 300;
            html! {
                <>
                    <p class="row"><span class={classes!("pill", if good { "good" } else { "bad" })}>{ status }</span>
                        <span class="small">{ if good { said::LINK_OPENS } else { said::LINK_REFUSED } }</span></p>
                    if let Some(text) = text { <pre class="doc mono" tabindex="0">{ text.to_owned() }</pre> }
                    else { <p class="small dim">{ sizes::bytes(body.len() as u64) }</p> }
                </>
            }
        }
    }
}
