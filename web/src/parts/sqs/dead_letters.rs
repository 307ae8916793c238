//! Where the queue's dead letters go, and what it is as a dead-letter queue itself.

use serde_json::{Map, Value, json};
use yew::prelude::*;

use crate::parts::lambda::field::Field;
use crate::parts::sqs::configuration::set;
use crate::parts::sqs::fields::{choice, text};
use crate::parts::sqs::page::Part;
use crate::parts::sqs::redrive::Redrive;
use crate::route::{Place, QueuePart};
use crate::state::lambda::short_arn;
use crate::state::sqs::redrive_policy;
use crate::words::sqs as said;

/// The cards.
#[component]
pub fn DeadLetters(props: &Part) -> Html {
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::DEAD_LETTER_QUEUE}>
            <div class="cards">
                <Goes ..props.clone() />
                { sources(props) }
                <Allow ..props.clone() />
                <Redrive ..props.clone() />
            </div>
        </div>
    }
}

/// Which queue gets this one's dead letters.
#[component]
fn Goes(props: &Part) -> Html {
    let (dead, receives) = (use_node_ref(), use_node_ref());
    let now = props.whole.redrive();
    let onsubmit = {
        let (props, dead, receives) = (props.clone(), dead.clone(), receives.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let policy = redrive_policy(&text(&dead), &text(&receives));
            let attributes = Map::from_iter([("RedrivePolicy".to_owned(), Value::from(policy))]);
            set(&props, said::DEAD_LETTER_QUEUE, attributes);
        })
    };
    let own = &props.whole.queue;
    let fit = props.queues.iter().filter(|one| one.fifo == own.fifo && one.name != own.name);
    let chosen = now.as_ref().map(|(arn, _)| arn.clone()).unwrap_or_default();
    let is_chosen = |arn: &str| arn == chosen;
    let gone = !chosen.is_empty() && props.queues.iter().all(|one| one.arn != chosen);
    let count = now.as_ref().map_or(said::MAX_RECEIVES_USUAL.to_owned(), |(_, it)| it.to_string());
    html! {
        <section class="card setting" aria-labelledby="goes-h" id="setting-dead-letters">
            <div class="row"><h3 id="goes-h" class="grow">{ said::DEAD_LETTER_QUEUE }</h3>
                <span class={classes!("pill", now.is_some().then_some("good"))}>{ if now.is_some() { said::IS_SET } else { said::NOT_SET } }</span></div>
            <p class="small dim2">{ said::DLQ_MORE }</p>
            <form class="stack" {onsubmit}>
                <label class="fld">{ said::QUEUE }
                    <select ref={dead} class="select" id="set-dead">
                        <option value="" selected={chosen.is_empty()}>{ said::NO_DLQ }</option>
                        { for fit.map(|one| html! { <option key={one.arn.clone()} value={one.arn.clone()} selected={is_chosen(&one.arn)}>{ &one.name }</option> }) }
                        if gone { <option value={chosen.clone()} selected={true}>{ said::deleted_queue(short_arn(&chosen)) }</option> }
                    </select></label>
                <Field node={receives} id="set-receives" label={said::MAX_RECEIVES} kind="number" min="1" max="1000" value={count} />
                <div class="row"><button class="btn small" id="save-dead" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button></div>
            </form>
        </section>
    }
}

/// Whose dead letters come here.
fn sources(props: &Part) -> Html {
    let sources = &props.whole.sources;
    let to = |name: &String| {
        props.desk.route.at(Place::queue(name.clone(), QueuePart::DeadLetters)).href()
    };
    html! {
        <section class="card setting" aria-labelledby="sources-h" id="setting-sources">
            <div class="row"><h3 id="sources-h" class="grow">{ said::SOURCES }</h3><span class="pill">{ sources.len() }</span></div>
            if sources.is_empty() {
                <p class="small dim2">{ said::NO_SOURCES }</p>
            } else {
                <ul class="stack">{ for sources.iter().map(|name| html! { <li key={name.clone()}><a href={to(name)}>{ name }</a></li> }) }</ul>
            }
        </section>
    }
}

/// Which queues may send their dead letters here.
#[component]
fn Allow(props: &Part) -> Html {
    let field = use_node_ref();
    let now = props.whole.redrive_permission();
    let onsubmit = {
        let (props, field, now) = (props.clone(), field.clone(), now.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wish = text(&field);
            if wish != now {
                let policy = json!({ "redrivePermission": wish }).to_string();
                let attributes = [("RedriveAllowPolicy".to_owned(), Value::from(policy))];
                set(&props, said::ALLOW, Map::from_iter(attributes));
            }
        })
    };
    let mut options = said::PERMISSIONS.to_vec();
    if now == "byQueue" {
        options.push(("byQueue", said::BY_QUEUE));
    }
    html! {
        <section class="card setting" aria-labelledby="allow-h" id="setting-allow">
            <h3 id="allow-h">{ said::ALLOW }</h3>
            <p class="small dim2">{ said::ALLOW_MORE }</p>
            <form class="stack" {onsubmit}>
                { choice(("set-allow", said::PERMISSION), &field, &options, &now) }
                <div class="row"><button class="btn small" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button></div>
            </form>
        </section>
    }
}
