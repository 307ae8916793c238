//! A bucket's website, as its endpoint answers it, in a frame apart (web/js/website.js).

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_quietly, use_view};
use crate::js;
use crate::state::site::{self, Visit};
use crate::state::sizes;
use crate::words::s3 as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// The card, where the bucket has a website.
#[component]
pub fn Website(props: &Props) -> Html {
    let bucket = json!({ "Bucket": &*props.bucket });
    let configured = use_quietly(&props.desk, "GetBucketWebsite", bucket.clone());
    let view = use_view(&props.desk, "bucket", bucket);
    let (Load::Here(_), Load::Here(view)) = (configured, view) else { return html! {} };
    let region = view.get("Region").and_then(serde_json::Value::as_str).unwrap_or_default();
    let endpoint = site::endpoint(&props.bucket, region);
    html! {
        <section class="card setting wide" id="site" aria-labelledby="site-h">
            <h3 id="site-h">{ said::SITE }</h3>
            <p class="small dim2">{ said::SITE_MORE }</p>
            <Browse {endpoint} may={props.desk.cloud.may_change()} />
            <p class="small dim">{ said::SITE_WALLS }</p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct BrowseProps {
    endpoint: String,
    may: bool,
}

/// What is asked for: an address, whether its scripts run, and a number that makes each wish new.
#[derive(Clone, PartialEq)]
struct Wish {
    url: String,
    scripts: bool,
    number: u32,
}

/// The address, the frame, and what was answered.
#[component]
fn Browse(props: &BrowseProps) -> Html {
    let place = use_node_ref();
    let path = use_state_eq(|| "/".to_owned());
    let scripts = use_state_eq(|| false);
    let wish = use_state_eq(|| None::<Wish>);
    let told = use_state_eq(|| None::<Result<Visit, String>>);
    let open = {
        let (wish, scripts) = (wish.clone(), *scripts);
        let number = wish.as_ref().map_or(0, |wish| wish.number) + 1;
        Callback::from(move |url| wish.set(Some(Wish { url, scripts, number })))
    };
    let follow = {
        let (open, path, told) = (open.clone(), path.setter(), told.setter());
        let endpoint = props.endpoint.clone();
        Callback::from(move |url: String| match site::path_at(&endpoint, &url) {
            Some(at) => {
                path.set(at.to_owned());
                open.emit(url);
            }
            None => told.set(Some(Ok(Visit { away: Some(url), ..Visit::default() }))),
        })
    };
    use_visit((*wish).clone(), place.clone(), follow, told.setter());
    let go = {
        let (open, path, endpoint) = (open, path.clone(), props.endpoint.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            open.emit(site::address(&endpoint, &path));
        })
    };
    let typed = {
        let path = path.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                path.set(field.value());
            }
        })
    };
    let toggle = {
        let scripts = scripts.clone();
        Callback::from(move |_: Event| scripts.set(!*scripts))
    };
    html! {
        <>
            <form class="row site-bar" onsubmit={go}>
                <span class="mono small site-host">{ &props.endpoint }</span>
                <label class="vh" for="site-path">{ said::SITE_PATH }</label>
                <input id="site-path" class="input mono grow" value={(*path).clone()} oninput={typed} spellcheck="false" autocomplete="off" autocapitalize="off" />
                <button class="btn small primary" id="site-open" disabled={!props.may}>{ said::SITE_OPEN }</button>
            </form>
            <label class="row small"><input type="checkbox" id="site-scripts" checked={*scripts} onchange={toggle} />{ said::SITE_SCRIPTS }</label>
            <div aria-live="polite">if let Some(told) = &*told { { outcome(told) } }</div>
            <div class="site-frame" ref={place} />
        </>
    }
}

/// Shows each wish as it comes.
#[hook]
fn use_visit(
    wish: Option<Wish>,
    place: NodeRef,
    follow: Callback<String>,
    told: UseStateSetter<Option<Result<Visit, String>>>,
) {
    // The frame that is shown calls the latest: it is held as long as it may be called.
    let held = use_mut_ref(|| None::<Closure<dyn Fn(String)>>);
    let latest = use_mut_ref(|| follow.clone());
    *latest.borrow_mut() = follow;
    use_effect_with(wish, move |wish| {
        let (Some(wish), Some(place)) = (wish.clone(), place.cast::<Element>()) else { return };
        let closure: Closure<dyn Fn(String)> = Closure::new(move |url| {
            let follow = latest.borrow().clone();
            follow.emit(url);
        });
        let options = json!({ "scripts": wish.scripts, "title": said::SITE_FRAME }).to_string();
        let options = js_sys::JSON::parse(&options).unwrap_or(JsValue::NULL);
        let function = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
        *held.borrow_mut() = Some(closure);
        spawn_local(async move {
            let shown = js::show_website(&place, &wish.url, &options, &function);
            told.set(Some(match JsFuture::from(shown).await {
                Ok(visit) => read(&visit).ok_or_else(String::new),
                Err(why) => Err(js_sys::Error::from(why).message().into()),
            }));
        });
    });
}

fn read(visit: &JsValue) -> Option<Visit> {
    let text: String = js_sys::JSON::stringify(visit).ok()?.into();
    serde_json::from_str(&text).ok()
}

fn outcome(told: &Result<Visit, String>) -> Html {
    let visit = match told {
        Ok(visit) => visit,
        Err(why) => return html! { <p class="note bad" role="alert">{ why }</p> },
    };
    let words: Rc<[String]> = if let Some(away) = &visit.away {
        [said::site_away(away), said::SITE_NOT_OPENED.to_owned()].into()
    } else if visit.no_frame {
        [said::SITE_NO_FRAME.to_owned()].into()
    } else if !visit.is_shown() {
        [said::site_saved(&visit.media_type, &sizes::bytes(visit.bytes))].into()
    } else {
        [].into()
    };
    html! {
        <>
            if visit.status > 0 {
                <p class="row"><span class={classes!("pill", if visit.status < 400 { "good" } else { "bad" })}>{ visit.status }</span>
                    <span class="mono small site-url">{ &visit.url }</span></p>
            }
            { for words.iter().map(|words| html! { <p class="small note">{ words }</p> }) }
        </>
    }
}
