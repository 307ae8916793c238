//! What the queue is and what is set on it, in cards: each is one call.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::parts::console::act::act;
use crate::parts::lambda::pairs::Pairs;
use crate::parts::sqs::page::Part;
use crate::parts::sqs::policy::Policy;
use crate::parts::sqs::settings::{self, Settings, use_settings};
use crate::state::time;
use crate::words::sqs as said;

/// The cards.
#[component]
pub fn Configuration(props: &Part) -> Html {
    let tags = {
        let props = props.clone();
        Callback::from(move |tags: Map<String, Value>| retag(&props, tags))
    };
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::CONFIGURATION}>
            <div class="cards">
                { details(props) }
                <General ..props.clone() />
                <Policy ..props.clone() />
                <Pairs id="tags" title={said::TAGS} about={said::TAGS_MORE} pairs={props.whole.tags.clone()} save={tags} may={props.desk.cloud.may_change()} />
            </div>
        </div>
    }
}

/// Sets attributes, and says what that was.
pub fn set(props: &Part, what: &'static str, attributes: Map<String, Value>) {
    let input = json!({ "QueueUrl": props.whole.queue.url, "Attributes": attributes });
    save(props, what, "SetQueueAttributes", input);
}

fn save(props: &Part, what: &'static str, operation: &'static str, input: Value) {
    let props = props.clone();
    spawn_local(async move {
        let said = (said::changing(what), said::changed(what));
        act(&props.desk, &props.tell, said, ("sqs", operation), input).await;
    });
}

/// Tags are added and taken away by calls of their own.
fn retag(props: &Part, tags: Map<String, Value>) {
    let url = &props.whole.queue.url;
    let gone: Vec<&String> =
        props.whole.tags.keys().filter(|key| !tags.contains_key(*key)).collect();
    if !gone.is_empty() {
        let input = json!({ "QueueUrl": url, "TagKeys": gone });
        save(props, said::TAGS, "UntagQueue", input);
    }
    if !tags.is_empty() {
        save(props, said::TAGS, "TagQueue", json!({ "QueueUrl": url, "Tags": tags }));
    }
}

/// What cannot be changed.
fn details(props: &Part) -> Html {
    let (queue, now) = (&props.whole.queue, props.desk.cloud.clock.now());
    let seconds = props.whole.attribute("LastModifiedTimestamp").parse::<f64>();
    let changed = seconds.map(|s| time::moment(s * 1_000.0, now)).unwrap_or_default();
    let kms = props.whole.attribute("KmsMasterKeyId");
    html! {
        <section class="card setting" aria-labelledby="details-h" id="setting-details">
            <h3 id="details-h">{ said::DETAILS }</h3>
            <dl class="kv sq-kv">
                <dt>{ said::TYPE }</dt><dd>{ said::kind(queue.fifo) }</dd>
                <dt>{ said::URL }</dt><dd class="mono">{ &queue.url }</dd>
                <dt>{ said::ARN }</dt><dd class="mono">{ &queue.arn }</dd>
                <dt>{ said::CREATED }</dt><dd>{ time::moment(queue.created, now) }</dd>
                <dt>{ said::UPDATED }</dt><dd>{ changed }</dd>
                if !kms.is_empty() { <dt>{ said::KMS }</dt><dd class="mono">{ kms.to_owned() }</dd> }
                <dt>{ said::AVAILABLE }</dt><dd>{ queue.ready }</dd>
                <dt>{ said::IN_FLIGHT }</dt><dd>{ queue.in_flight }</dd>
                <dt>{ said::DELAYED }</dt><dd>{ queue.delayed }</dd>
            </dl>
        </section>
    }
}

/// What can.
#[component]
fn General(props: &Part) -> Html {
    let fields = use_settings();
    let attributes: BTreeMap<String, String> = props.whole.attributes.clone();
    let onsubmit = {
        let (props, fields) = (props.clone(), fields.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let changed = settings::changed(&fields, &props.whole.attributes);
            if !changed.is_empty() {
                set(&props, said::CONFIGURATION, changed);
            }
        })
    };
    html! {
        <section class="card setting" aria-labelledby="edit-h" id="setting-edit">
            <h3 id="edit-h">{ said::CONFIGURATION }</h3>
            <p class="small dim2">{ said::CONFIGURATION_MORE }</p>
            <form class="stack" {onsubmit}>
                <Settings values={attributes} {fields} />
                <div class="row"><button class="btn small" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button></div>
            </form>
        </section>
    }
}
