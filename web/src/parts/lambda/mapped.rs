//! Queues whose messages start the function: the boxes in the picture, and the form for one more.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::console::LIVE_MS;
use crate::parts::lambda::field::Field;
use crate::route::{Place, QueuePart};
use crate::state::lambda::{Whole, short_arn};
use crate::state::sqs::{Listed, Mapping};
use crate::words::{self, lambda as said, sqs};

/// The mappings that are for a function.
#[hook]
pub fn use_mappings(desk: &Desk, function: &str) -> Vec<Mapping> {
    let params = json!({ "FunctionName": function });
    match use_live(desk, ("lambda", "mappings"), params, LIVE_MS) {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The box of one.
pub fn queue(desk: &Desk, tell: &Tell, one: &Mapping) -> Html {
    let name = short_arn(&one.event_source_arn).to_owned();
    let href = desk.route.at(Place::queue(name.clone(), QueuePart::Triggers)).href();
    let label = said::remove_trigger(&name);
    let remove = {
        let (desk, tell, uuid, name) = (desk.clone(), tell.clone(), one.uuid.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let said = (said::remove_trigger(&name), said::mapping_removed(&name));
            let input = json!({ "UUID": uuid });
            make(&desk, &tell, said, "DeleteEventSourceMapping", input);
        })
    };
    html! {
        <div class="end-of" key={one.uuid.clone()}>
            <span class="label"><Icon name="queue" class="sm c-sqs" />{ said::TRIGGER }
                <button class="btn ghost icon small push" aria-label={label.clone()} title={label} disabled={!desk.cloud.may_change()} onclick={remove}><Icon name="x" /></button></span>
            <a {href}><b>{ name }</b></a>
            <span class="small">{ said::mapped(&one.state, &sqs::batches(one.batch_size, one.maximum_batching_window_in_seconds)) }</span>
        </div>
    }
}

fn make(desk: &Desk, tell: &Tell, said: (String, String), operation: &'static str, input: Value) {
    let (desk, tell) = (desk.clone(), tell.clone());
    spawn_local(async move {
        act(&desk, &tell, said, ("lambda", operation), input).await;
    });
}

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
    pub close: Callback<()>,
}

/// The form that maps a queue to the function.
#[component]
pub fn NewMapping(props: &Props) -> Html {
    let [queue, batch, window] = [use_node_ref(), use_node_ref(), use_node_ref()];
    let desk = &props.desk;
    let queues: Vec<Listed> = match use_live(desk, ("sqs", "queues"), json!({}), None::<u32>) {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => Vec::new(),
    };
    let onsubmit = {
        let (props, queue) = (props.clone(), queue.clone());
        let fields = [batch.clone(), window.clone()];
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let number = |field: &NodeRef| {
                let text = field.cast::<HtmlInputElement>().map(|field| field.value());
                text.and_then(|text| text.parse::<u32>().ok()).unwrap_or_default()
            };
            let arn = queue.cast::<HtmlSelectElement>().map(|field| field.value());
            let arn = arn.unwrap_or_default();
            let [batch, window] = fields.each_ref().map(number);
            let input = json!({
                "EventSourceArn": arn,
                "FunctionName": props.whole.configuration.function_name,
                "BatchSize": batch,
                "MaximumBatchingWindowInSeconds": window,
            });
            let name = short_arn(&arn);
            let said = (said::adding_trigger(name), said::mapping_added(name));
            make(&props.desk, &props.tell, said, "CreateEventSourceMapping", input);
            props.close.emit(());
        })
    };
    let cancel = html! {
        <button class="btn small" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
    };
    if queues.is_empty() {
        let to_sqs = desk.route.at(Place::sqs()).href();
        return html! {
            <div class="row"><p class="dim2 grow">{ said::NO_QUEUES }</p><a class="btn small" href={to_sqs}><Icon name="queue" class="c-sqs" />{ sqs::SQS }</a>{ cancel }</div>
        };
    }
    html! {
        <form class="stack" {onsubmit}>
            <p class="small dim2">{ sqs::TRIGGERS_MORE }</p>
            <div class="load-fields">
                <label class="fld">{ sqs::QUEUE }
                    <select ref={queue} class="select" id="trigger-queue">{ for queues.iter().enumerate().map(|(at, one)| html! { <option key={one.arn.clone()} value={one.arn.clone()} selected={at == 0}>{ &one.name }</option> }) }</select></label>
                <Field node={batch} id="trigger-batch" label={sqs::BATCH} kind="number" min="1" max="10000" value={sqs::BATCH_USUAL} />
                <Field node={window} id="trigger-window" label={sqs::WINDOW} kind="number" min="0" max="300" value="0" />
            </div>
            <div class="row"><button class="btn primary" id="make-mapping" type="submit" disabled={!desk.cloud.may_change()}>{ said::ADD_TRIGGER }</button>{ cancel }</div>
        </form>
    }
}
