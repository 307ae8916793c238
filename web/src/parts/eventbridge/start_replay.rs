//! Starts a replay of an archive.

use js_sys::Date;
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::parts::console::act::act;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::replays::Props;
use crate::parts::icon::Icon;
use crate::parts::sqs::fields::text;
use crate::state::eventbridge::Archive;
use crate::words::eventbridge as said;

/// The form.
#[component]
pub fn StartReplay(props: &Props) -> Html {
    let [name, archive, from, to, only] =
        [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let onsubmit = {
        let (props, fields) = (
            props.clone(),
            [name.clone(), archive.clone(), from.clone(), to.clone(), only.clone()],
        );
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, archive, from, to, only] = fields.each_ref().map(text);
            let Some(archive) = props.archives.iter().find(|one| one.name == archive) else {
                return;
            };
            let input = input(&props, archive, (name.clone(), only), (&from, &to));
            let (desk, tell) = (props.desk.clone(), tell.clone());
            spawn_local(async move {
                let said = (said::starting_replay(&name), said::started_replay(&name));
                act(&desk, &tell, said, ("events", "StartReplay"), input).await;
            });
        })
    };
    let rules = props.rules.iter().filter(|rule| rule.event_bus_name == props.bus.name);
    html! {
        <form class="new-trigger" {onsubmit} aria-labelledby="new-replay-h">
            <h3 id="new-replay-h">{ said::START_REPLAY }</h3>
            <div class="two">
                <label class="fld">{ said::REPLAY_NAME }<input ref={name} id="replay-name" class="input mono" placeholder={said::SAMPLE_REPLAY} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <label class="fld">{ said::ARCHIVE }
                    <select ref={archive} class="select" id="replay-archive">{ for props.archives.iter().enumerate().map(|(at, one)| html! { <option key={one.name.clone()} value={one.name.clone()} selected={at == 0}>{ &one.name }</option> }) }</select></label>
                <label class="fld">{ said::FROM }<input ref={from} id="replay-from" class="input" type="datetime-local" step="1" aria-describedby="span-more" /></label>
                <label class="fld">{ said::TO }<input ref={to} id="replay-to" class="input" type="datetime-local" step="1" aria-describedby="span-more" /></label>
                <label class="fld">{ said::WHICH_RULES }
                    <select ref={only} class="select" id="replay-rules"><option value="" selected={true}>{ said::ALL_RULES_OF_IT }</option>
                        { for rules.map(|rule| html! { <option key={rule.arn.clone()} value={rule.arn.clone()}>{ &rule.name }</option> }) }</select></label>
            </div>
            <p class="small dim" id="span-more">{ said::SPAN_MORE }</p>
            { beside }
            <div class="row"><button class="btn" id="start-replay" type="submit" disabled={!props.desk.cloud.may_change()}><Icon name="run" />{ said::START_REPLAY }</button></div>
        </form>
    }
}

/// What was left empty is from the beginning of the archive, and until now.
fn input(
    props: &Props,
    archive: &Archive,
    (name, only): (String, String),
    (from, to): (&str, &str),
) -> Value {
    let mut destination = json!({ "Arn": props.bus.arn });
    if let (Some(members), false) = (destination.as_object_mut(), only.is_empty()) {
        members.insert("FilterArns".to_owned(), json!([only]));
    }
    json!({
        "ReplayName": name,
        "EventSourceArn": archive.arn,
        "EventStartTime": moment(from, archive.created),
        "EventEndTime": moment(to, props.desk.cloud.clock.now()),
        "Destination": destination,
    })
}

/// A time in UTC as AWS's clients send it: what was picked, or this one.
fn moment(picked: &str, usual: f64) -> String {
    if picked.is_empty() {
        return Date::new(&usual.into()).to_iso_string().into();
    }
    // The browser leaves out seconds that are zero.
    let seconds = if picked.matches(':').count() < 2 { ":00" } else { "" };
    format!("{picked}{seconds}Z")
}
