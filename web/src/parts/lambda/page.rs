//! One function: its head, the parts of its page, and the part that is chosen.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::code::Code;
use crate::parts::lambda::configuration::Configuration;
use crate::parts::lambda::console::LIVE_MS;
use crate::parts::lambda::load::LoadPage;
use crate::parts::lambda::monitor::Monitor;
use crate::parts::lambda::triggers::Triggers;
use crate::parts::lambda::versions::Versions;
use crate::parts::tabs::{Tab, Tabs};
use crate::route::{FunctionPart, Place};
use crate::state::lambda::Whole;
use crate::state::time;
use crate::words::{self, lambda as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub names: Vec<AttrValue>,
    pub name: AttrValue,
    pub part: FunctionPart,
}

/// The page.
#[component]
pub fn Page(props: &Props) -> Html {
    let Props { desk, tell, names, name, part } = props;
    let params = json!({ "FunctionName": &**name });
    let whole = use_live(desk, ("lambda", "function"), params, LIVE_MS);
    let doomed = use_state_eq(|| false);
    let whole = match whole {
        Load::Coming => {
            return html! { <p class="dim table-words" aria-busy="true">{ said::LOADING_ONE }</p> };
        }
        Load::Refused(why) => {
            return html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> };
        }
        Load::Here(whole) => serde_json::from_value::<Option<Whole>>(whole).ok().flatten(),
    };
    let Some(whole) = whole.filter(|_| names.contains(name)) else {
        let back = desk.route.at(Place::lambda()).href();
        return html! { <div class="void-middle grow"><p class="dim2">{ said::NOT_HERE }</p><a class="btn" href={back}>{ said::ALL_FUNCTIONS }</a></div> };
    };
    let choose = {
        let (route, name) = (desk.route.clone(), name.to_string());
        Callback::from(move |id: AttrValue| {
            route.at(Place::function(name.clone(), FunctionPart::named(&id))).go();
        })
    };
    let tabs = FunctionPart::ALL.map(|part| Tab::new(part.id(), said::section(part))).to_vec();
    let body = match part {
        FunctionPart::Code => {
            html! { <Code desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} /> }
        }
        FunctionPart::Monitor => {
            html! { <Monitor desk={desk.clone()} whole={whole.clone()} /> }
        }
        FunctionPart::Load => html! { <LoadPage desk={desk.clone()} whole={whole.clone()} /> },
        FunctionPart::Configuration => html! {
            <Configuration desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
        },
        FunctionPart::Triggers => html! {
            <Triggers desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
        },
        FunctionPart::Versions => html! {
            <Versions desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
        },
    };
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: bool| doomed.set(to))
    };
    html! {
        <>
            <div class="fn-top">
                { head(props, &whole, &doom) }
                <Tabs class="small fn-tabs" label={said::PARTS} prefix="function" {tabs} chosen={part.id()} {choose} />
            </div>
            if *doomed { { ask(props, &doom) } }
            <div class="fn-body" id="function-panel" role="tabpanel" aria-labelledby={format!("function-{}", part.id())}>{ body }</div>
        </>
    }
}

fn head(props: &Props, whole: &Whole, doom: &Callback<bool>) -> Html {
    let Props { desk, names, name, part, .. } = props;
    let go = {
        let (route, part) = (desk.route.clone(), *part);
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                route.at(Place::function(select.value(), part)).go();
            }
        })
    };
    let configuration = &whole.configuration;
    let changed = time::parse(&configuration.last_modified.replace("+0000", "Z"));
    let changed = changed.map(|ms| time::moment(ms, desk.cloud.clock.now())).unwrap_or_default();
    let now = desk.cloud.clock.now();
    let (class, icon, words) = if whole.is_pending(now) {
        ("now", "star", said::PENDING.to_owned())
    } else if whole.is_updating(now) {
        ("now", "star", said::UPDATING.to_owned())
    } else {
        ("good", "check", said::active(&changed))
    };
    let back = desk.route.at(Place::lambda()).href();
    html! {
        <div class="toolbar fn-head">
            <h2 class="vh">{ &**name }</h2>
            <a class="btn ghost icon" href={back} aria-label={said::ALL_FUNCTIONS} title={said::ALL_FUNCTIONS}><Icon name="chevl" /></a>
            <label><span class="vh">{ said::FUNCTION }</span>
                <select class="select" id="function-select" onchange={go}>
                    { for names.iter().map(|one| html! { <option value={one} selected={one == name}>{ one }</option> }) }
                </select></label>
            <span class={classes!("pill", class)} id="function-state" role="status"><Icon name={icon} />{ words }</span>
            <span class="small dim2 fn-summary">{ said::summary(&configuration.runtime, configuration.memory_size, configuration.timeout) }</span>
            <button class="btn ghost icon push" id="delete-function" aria-label={said::DELETE} title={said::DELETE} disabled={!desk.cloud.may_change()}
                onclick={doom.reform(|_: MouseEvent| true)}><Icon name="trash" /></button>
        </div>
    }
}

fn ask(props: &Props, doom: &Callback<bool>) -> Html {
    let question = said::delete_ask(&props.name);
    let on_yes = {
        let (desk, tell, name) = (props.desk.clone(), props.tell.clone(), props.name.to_string());
        let doom = doom.clone();
        Callback::from(move |()| {
            doom.emit(false);
            let (desk, tell, name) = (desk.clone(), tell.clone(), name.clone());
            spawn_local(async move {
                let said = (said::deleting(&name), said::deleted(&name));
                let input = json!({ "FunctionName": name });
                let call = ("lambda", "DeleteFunction");
                if act(&desk, &tell, said, call, input).await.is_some() {
                    desk.route.at(Place::lambda()).go();
                }
            });
        })
    };
    html! {
        <Confirm class="ask-delete" label={question.clone()} yes={said::DELETE} no={words::KEEP} {on_yes} on_no={doom.reform(|()| false)}>
            <p><b>{ question }</b>{ " " }{ said::DELETE_MORE }</p>
        </Confirm>
    }
}
