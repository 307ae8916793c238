//! One group: the filter, the time, whether new events are followed, how long it is kept; and its events.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::logs::console::Group;
use crate::parts::logs::events::Events;
use crate::route::Place;
use crate::words::{self, logs as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub group: Group,
    pub stream: Option<AttrValue>,
    pub toggle: Callback<()>,
    pub listed: bool,
}

/// The page of a group.
#[component]
pub fn GroupPage(props: &Props) -> Html {
    let pattern = use_state_eq(String::new);
    let time = use_state_eq(|| 0_usize);
    let follow = use_state_eq(|| true);
    let doomed = use_state_eq(|| false);
    let field = use_node_ref();
    let search = {
        let (field, props, time) = (field.clone(), props.clone(), *time);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text =
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            spawn_local(ask(props.clone(), text, time));
        })
    };
    let set_pattern = {
        let (pattern, field) = (pattern.setter(), field.clone());
        Callback::from(move |text: String| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value(&text);
            }
            pattern.set(text);
        })
    };
    let oninput = {
        let pattern = pattern.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                pattern.set(field.value());
            }
        })
    };
    let set_time = {
        let time = time.setter();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            if let Some(at) = select.and_then(|select| select.value().parse().ok()) {
                time.set(at);
            }
        })
    };
    let set_follow = {
        let follow = follow.clone();
        Callback::from(move |to: bool| follow.set(to))
    };
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: bool| doomed.set(to))
    };
    let since = said::TIMES.get(*time).and_then(|(_, since)| *since);
    html! {
        <section class="log-page" aria-labelledby="log-group-h">
            <h2 class="vh" id="log-group-h">{ &props.group.name }</h2>
            <form class="toolbar log-bar" onsubmit={search}>
                <button type="button" class="btn small only-compact" aria-expanded={props.listed.to_string()} aria-controls="log-groups" onclick={props.toggle.reform(|_: MouseEvent| ())}><Icon name="log" />{ said::GROUPS }</button>
                <label class="grow find"><Icon name="search" class="sm" /><span class="vh">{ said::FILTER }</span>
                    <input ref={field} id="log-filter" class="input mono" {oninput} autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={said::FILTER_SAMPLE} /></label>
                <button class="btn" type="submit">{ said::SEARCH }</button>
                <label><span class="vh">{ said::SINCE }</span>
                    <select class="select" id="log-time" onchange={set_time}>
                        { for said::TIMES.iter().enumerate().map(|(at, (words, _))| html! { <option value={at.to_string()} selected={at == *time}>{ *words }</option> }) }
                    </select></label>
                <button type="button" class="btn" id="log-follow" aria-pressed={follow.to_string()} onclick={let (set, to) = (set_follow.clone(), !*follow); Callback::from(move |_: MouseEvent| set.emit(to))}><Icon name="follow" />{ said::FOLLOW }</button>
            </form>
            if *doomed { { ask_delete(props, &doom) } }
            <Events desk={props.desk.clone()} group={props.group.name.clone()} stream={props.stream.clone()} pattern={(*pattern).clone()} {set_pattern}
                {since} follow={*follow} />
            <div class="toolbar log-foot">
                { retention(props) }
                <span class="small dim2">{ said::kept_bytes(props.group.bytes) }</span>
                <button class="btn small ghost push" id="delete-group" disabled={!props.desk.cloud.may_change()} onclick={doom.reform(|_: MouseEvent| true)}><Icon name="trash" />{ said::DELETE_GROUP }</button>
            </div>
        </section>
    }
}

/// Asks AWS what the page has filtered already: the call stands in the list, and shows its twin.
async fn ask(props: Props, pattern: String, time: usize) {
    let mut input = json!({ "logGroupName": props.group.name });
    if let Some(input) = input.as_object_mut() {
        if !pattern.is_empty() {
            input.insert("filterPattern".into(), pattern.into());
        }
        if let Some(stream) = &props.stream {
            input.insert("logStreamNames".into(), json!([&**stream]));
        }
        if let Some((_, Some(since))) = said::TIMES.get(time) {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
            let from = (props.desk.cloud.clock.now() - since).max(0.0) as i64;
            input.insert("startTime".into(), from.into());
        }
    }
    let said = (said::SEARCH.to_owned(), said::SEARCHED.to_owned());
    act(&props.desk, &props.tell, said, ("logs", "FilterLogEvents"), input).await;
}

/// For how long events are kept.
fn retention(props: &Props) -> Html {
    let now = props.group.retention_days;
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let (props, days) = (props.clone(), select.value().parse::<u32>().ok());
            let name = props.group.name.clone();
            let (operation, input) = match days {
                Some(days) => {
                    ("PutRetentionPolicy", json!({ "logGroupName": name, "retentionInDays": days }))
                }
                None => ("DeleteRetentionPolicy", json!({ "logGroupName": name })),
            };
            spawn_local(async move {
                let said = (said::SET_RETENTION.to_owned(), said::RETENTION_SET.to_owned());
                act(&props.desk, &props.tell, said, ("logs", operation), input).await;
            });
        })
    };
    let other = now.filter(|days| !said::DAYS.contains(days));
    html! {
        <label class="row small">{ said::RETENTION }
            <select class="select s" id="log-retention" {onchange} disabled={!props.desk.cloud.may_change()}>
                <option value="" selected={now.is_none()}>{ said::FOR_EVER }</option>
                { for said::DAYS.into_iter().chain(other).map(|days| html! { <option value={days.to_string()} selected={now == Some(days)}>{ said::days(days) }</option> }) }
            </select></label>
    }
}

fn ask_delete(props: &Props, doom: &Callback<bool>) -> Html {
    let question = said::delete_ask(&props.group.name);
    let on_yes = {
        let (props, doom) = (props.clone(), doom.clone());
        Callback::from(move |()| {
            doom.emit(false);
            let props = props.clone();
            spawn_local(async move {
                let name = props.group.name.clone();
                let said = (said::DELETE_GROUP.to_owned(), said::deleted(&name));
                let input = json!({ "logGroupName": name });
                let call = ("logs", "DeleteLogGroup");
                if act(&props.desk, &props.tell, said, call, input).await.is_some() {
                    let place = Place::Logs { group: None, stream: None };
                    props.desk.route.at(place).go();
                }
            });
        })
    };
    html! {
        <Confirm class="ask-delete" label={question.clone()} yes={said::DELETE_GROUP} no={words::KEEP} {on_yes} on_no={doom.reform(|()| false)}>
            <p><b>{ question }</b>{ " " }{ said::DELETE_MORE }</p>
        </Confirm>
    }
}
