//! One queue: its head, the parts of its page, and the part that is chosen.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::sqs::configuration::Configuration;
use crate::parts::sqs::console::LIVE_MS;
use crate::parts::sqs::dead_letters::DeadLetters;
use crate::parts::sqs::messages::Messages;
use crate::parts::sqs::triggers::Triggers;
use crate::parts::tabs::{Tab, Tabs};
use crate::route::{Place, QueuePart};
use crate::state::sqs::{Listed, Whole};
use crate::words::{self, sqs as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub queues: Vec<Listed>,
    pub name: AttrValue,
    pub part: QueuePart,
}

/// What the parts of the page are told.
#[derive(Properties, PartialEq, Clone)]
pub struct Part {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
    /// All queues of the Region.
    pub queues: Vec<Listed>,
}

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq)]
enum Doom {
    Purge,
    Delete,
}

/// The page.
#[component]
pub fn Page(props: &Props) -> Html {
    let Props { desk, tell, queues, name, part } = props;
    let whole = use_live(desk, ("sqs", "queue"), json!({ "QueueName": &**name }), LIVE_MS);
    let doomed = use_state_eq(|| None::<Doom>);
    use_focus_kept(*doomed, "purge-queue");
    let whole = match whole {
        Load::Coming => {
            return html! { <p class="dim table-words" aria-busy="true">{ said::LOADING_ONE }</p> };
        }
        Load::Refused(why) => {
            return html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> };
        }
        Load::Here(whole) => serde_json::from_value::<Option<Whole>>(whole).ok().flatten(),
    };
    let Some(whole) = whole.filter(|_| queues.iter().any(|one| one.name == **name)) else {
        let back = desk.route.at(Place::sqs()).href();
        return html! { <div class="void-middle grow"><p class="dim2">{ said::NOT_HERE }</p><a class="btn" href={back}>{ said::ALL_QUEUES }</a></div> };
    };
    let choose = {
        let (route, name) = (desk.route.clone(), name.to_string());
        Callback::from(move |id: AttrValue| {
            route.at(Place::queue(name.clone(), QueuePart::named(&id))).go();
        })
    };
    let tabs = QueuePart::ALL.map(|part| Tab::new(part.id(), said::section(part))).to_vec();
    let (desk, tell, queues) = (desk.clone(), tell.clone(), queues.clone());
    let told = Part { desk, tell, whole, queues };
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: Option<Doom>| doomed.set(to))
    };
    let head = head(props, &told.whole, &doom);
    let asked = doomed.map(|what| ask(&told, what, &doom));
    let body = match part {
        QueuePart::Messages => html! { <Messages ..told /> },
        QueuePart::Configuration => html! { <Configuration ..told /> },
        QueuePart::DeadLetters => html! { <DeadLetters ..told /> },
        QueuePart::Triggers => html! { <Triggers ..told /> },
    };
    html! {
        <>
            <div class="fn-top">
                { head }
                <Tabs class="small fn-tabs" label={said::PARTS} prefix="queue" {tabs} chosen={part.id()} {choose} />
            </div>
            { for asked }
            <div class="fn-body" id="queue-panel" role="tabpanel" aria-labelledby={format!("queue-{}", part.id())}>{ body }</div>
        </>
    }
}

fn head(props: &Props, whole: &Whole, doom: &Callback<Option<Doom>>) -> Html {
    let Props { desk, queues, name, part, .. } = props;
    let go = {
        let (route, part) = (desk.route.clone(), *part);
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                route.at(Place::queue(select.value(), part)).go();
            }
        })
    };
    let queue = &whole.queue;
    let back = desk.route.at(Place::sqs()).href();
    let may = desk.cloud.may_change();
    html! {
        <div class="toolbar fn-head">
            <h2 class="vh">{ &**name }</h2>
            <a class="btn ghost icon" href={back} aria-label={said::ALL_QUEUES} title={said::ALL_QUEUES}><Icon name="chevl" /></a>
            <label><span class="vh">{ said::QUEUE }</span>
                <select class="select" id="queue-select" onchange={go}>
                    { for queues.iter().map(|one| html! { <option key={one.name.clone()} value={one.name.clone()} selected={one.name == **name}>{ &one.name }</option> }) }
                </select></label>
            <span class="pill"><Icon name="queue" />{ said::kind(queue.fifo) }</span>
            <span class="small dim2" id="queue-counts">{ said::counts(queue.ready, queue.in_flight, queue.delayed) }</span>
            <button class={classes!("btn", "small", "push", desk.hot("sqs.purge"))} data-hotspot="sqs.purge" id="purge-queue" disabled={!may}
                onclick={doom.reform(|_: MouseEvent| Some(Doom::Purge))}>{ said::PURGE }</button>
            <button class="btn ghost icon" id="delete-queue" aria-label={said::DELETE_QUEUE} title={said::DELETE_QUEUE} disabled={!may}
                onclick={doom.reform(|_: MouseEvent| Some(Doom::Delete))}><Icon name="trash" /></button>
        </div>
    }
}

fn ask(part: &Part, what: Doom, doom: &Callback<Option<Doom>>) -> Html {
    let queue = &part.whole.queue;
    let (question, more, yes) = match what {
        Doom::Purge => {
            let count = queue.ready + queue.in_flight + queue.delayed;
            (said::purge_ask(&queue.name, count), said::PURGE_MORE, said::PURGE)
        }
        Doom::Delete => (said::delete_ask(&queue.name), said::DELETE_MORE, said::DELETE_QUEUE),
    };
    let on_yes = {
        let (part, doom) = (part.clone(), doom.clone());
        Callback::from(move |()| {
            doom.emit(None);
            spawn_local(end(part.clone(), what));
        })
    };
    html! {
        <Confirm class="ask-delete" label={question.clone()} {yes} no={words::KEEP} {on_yes} on_no={doom.reform(|()| None)}>
            <p><b>{ question }</b>{ " " }{ more }</p>
        </Confirm>
    }
}

async fn end(part: Part, what: Doom) {
    let Part { desk, tell, whole, .. } = &part;
    let input = json!({ "QueueUrl": whole.queue.url });
    match what {
        Doom::Purge => {
            let said = (said::PURGE.to_owned(), said::PURGED.to_owned());
            act(desk, tell, said, ("sqs", "PurgeQueue"), input).await;
        }
        Doom::Delete => {
            let name = &whole.queue.name;
            let said = (said::deleting(name), said::deleted(name));
            if act(desk, tell, said, ("sqs", "DeleteQueue"), input).await.is_some() {
                desk.route.at(Place::sqs()).go();
            }
        }
    }
}
