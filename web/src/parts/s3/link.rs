//! A link to an object that opens, or puts it, for a while to whoever holds it; and what it answers, tried here or in a
//! tab of its own.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::js;
use crate::parts::copy::Copy;
use crate::parts::s3::fields::{picked, typed};
use crate::state::cloud::{self, LinkAnswer, LinkWish, Refusal};
use crate::state::sizes;
use crate::words::{self, s3 as said};

/// So much of an answer is shown.
const SHOWN_BYTES_MAX: usize = 2_000;
const PUT: &str = "PUT";

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    /// The object; without one its key is asked for.
    #[prop_or_default]
    pub object: Option<AttrValue>,
}

/// What is wished of a link, and the link that was made.
#[derive(Clone, PartialEq)]
struct Draft {
    /// `GET` or `PUT`.
    method: String,
    key: String,
    expires: String,
    /// As it was made, or changed by hand.
    link: String,
    /// What a link that was made is for.
    made_for: String,
    text: String,
}

type Opened = Option<Result<LinkAnswer, Refusal>>;

/// How long and what for, the link, and the button that opens it.
#[component]
pub fn Link(props: &Props) -> Html {
    let draft = use_state_eq(|| Draft {
        method: if props.object.is_some() { "GET".into() } else { PUT.into() },
        key: props.object.as_ref().map(ToString::to_string).unwrap_or_default(),
        expires: said::LINK_TIMES[2].0.to_string(),
        link: String::new(),
        made_for: String::new(),
        text: String::new(),
    });
    let refused = use_state_eq(|| None::<Refusal>);
    let opened = use_state_eq(|| None::<Result<LinkAnswer, Refusal>>);
    let make = make(props, &draft, (&refused, &opened));
    html! {
        <div class="sect link">
            <p class="small dim2">{ said::LINK_MORE }</p>
            <form class="question" onsubmit={make}>
                { wishes(props, &draft) }
                <button class={classes!("btn", "primary", props.desk.hot("s3.link"))} data-hotspot="s3.link" id="make-link"
                    disabled={!props.desk.cloud.may_change() || draft.key.is_empty()}>{ said::MAKE_LINK }</button>
            </form>
            if let Some(why) = &*refused { <p class="note bad" role="alert">{ words_of(why) }</p> }
            if !draft.made_for.is_empty() { { made(props, &draft, &opened) } }
            <div id="link-opened" aria-live="polite">if let Some(opened) = &*opened { { told(opened, draft.made_for == PUT) } }</div>
        </div>
    }
}

fn make(
    props: &Props,
    draft: &UseStateHandle<Draft>,
    (refused, opened): (&UseStateHandle<Option<Refusal>>, &UseStateHandle<Opened>),
) -> Callback<SubmitEvent> {
    let (props, draft) = (props.clone(), draft.clone());
    let (refused, opened) = (refused.setter(), opened.setter());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let (draft, refused, region) = (draft.clone(), refused.clone(), props.desk.region.clone());
        let method = if draft.method == PUT { PUT } else { "GET" };
        let wish = LinkWish {
            method,
            bucket: props.bucket.to_string(),
            key: draft.key.clone(),
            expires_s: draft.expires.parse().unwrap_or(said::LINK_TIMES[2].0),
        };
        opened.set(None);
        spawn_local(async move {
            match cloud::presign(wish, &region).await {
                Ok(link) => {
                    draft.set(Draft { link, made_for: method.into(), ..(*draft).clone() });
                    refused.set(None);
                }
                Err(why) => refused.set(Some(why)),
            }
        });
    })
}

fn wishes(props: &Props, draft: &UseStateHandle<Draft>) -> Html {
    let purposes = [("GET", said::LINK_TO_OPEN), (PUT, said::LINK_TO_PUT)];
    html! {
        <>
            if props.object.is_none() {
                <label class="fld">{ words::KEY }
                    <input class="input mono" id="link-key" value={draft.key.clone()} oninput={typed(draft, |draft, to| draft.key = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            }
            <label class="fld">{ said::LINK_PURPOSE }
                <select class="select" id="link-purpose" onchange={picked(draft, |draft, to| draft.method = to)}>
                    { for purposes.into_iter().map(|(value, words)| html! { <option {value} selected={draft.method == value}>{ words }</option> }) }
                </select></label>
            <label class="fld">{ said::LINK_FOR }
                <select class="select" id="link-for" onchange={picked(draft, |draft, to| draft.expires = to)}>
                    { for said::LINK_TIMES.into_iter().map(|(seconds, words)| html! {
                        <option value={seconds.to_string()} selected={draft.expires == seconds.to_string()}>{ words }</option> }) }
                </select></label>
        </>
    }
}

/// The link that was made. It can be changed, to see that nobody but its maker can.
fn made(props: &Props, draft: &UseStateHandle<Draft>, opened: &UseStateHandle<Opened>) -> Html {
    let puts = draft.made_for == PUT;
    let href = js::link_address(&draft.link).filter(|_| !puts);
    let try_it = {
        let (opened, draft) = (opened.setter(), draft.clone());
        Callback::from(move |_: MouseEvent| {
            let (opened, draft) = (opened.clone(), draft.clone());
            spawn_local(async move {
                let bytes = puts.then(|| draft.text.as_bytes());
                opened.set(Some(cloud::open_link(&draft.link, bytes).await));
            });
        })
    };
    let more = match (&href, puts) {
        (_, true) => said::PUT_LINK_MORE,
        (Some(_), _) => said::OPEN_LINK_MORE,
        (None, _) => said::NO_LINK_HERE,
    };
    html! {
        <>
            <label class="fld" for="link-made">{ said::LINK }</label>
            <textarea id="link-made" class="input mono doc-field" rows="6" value={draft.link.clone()} oninput={typed(draft, |draft, to| draft.link = to)} spellcheck="false" autocomplete="off" autocapitalize="off" />
            if puts {
                <label class="fld">{ said::PUT_LINK_TEXT }
                    <textarea id="link-text" class="input mono doc-field" rows="2" value={draft.text.clone()} oninput={typed(draft, |draft, to| draft.text = to)} spellcheck="false" /></label>
            }
            <div class="row"><Copy text={draft.link.clone()} />
                <button class={classes!("btn", "small", props.desk.hot("s3.try-link"))} data-hotspot="s3.try-link" id="try-link" onclick={try_it}>{ if puts { said::PUT_BY_LINK } else { said::TRY_LINK } }</button>
                if let Some(href) = href {
                    <a class="btn small" id="open-link" {href} target="_blank" rel="noopener">{ said::OPEN_LINK }</a>
                }</div>
            <p class="small dim">{ more }</p>
        </>
    }
}

fn told(opened: &Result<LinkAnswer, Refusal>, puts: bool) -> Html {
    match opened {
        Err(why) => html! { <p class="note bad" role="alert">{ words_of(why) }</p> },
        Ok(LinkAnswer { status, body }) => {
            let text = std::str::from_utf8(body).ok().filter(|text| text.len() <= SHOWN_BYTES_MAX);
            let good = *status < 300;
            let words = match (good, puts) {
                (true, true) => said::LINK_PUTS,
                (true, false) => said::LINK_OPENS,
                (false, _) => said::LINK_REFUSED,
            };
            html! {
                <>
                    <p class="row"><span class={classes!("pill", if good { "good" } else { "bad" })}>{ status }</span>
                        <span class="small">{ words }</span></p>
                    if let Some(text) = text.filter(|text| !text.is_empty()) { <pre class="doc mono" tabindex="0" role="region" aria-label={said::THE_ANSWER}>{ text.to_owned() }</pre> }
                    else { <p class="small dim">{ sizes::bytes(body.len() as u64) }</p> }
                </>
            }
        }
    }
}
