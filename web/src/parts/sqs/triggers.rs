//! Lambda triggers: the functions that this queue's messages start, by event source mappings.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act::act;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::console::LIVE_MS;
use crate::parts::sqs::fields::text;
use crate::parts::sqs::page::Part;
use crate::route::{FunctionPart, Place};
use crate::state::lambda::{self, short_arn};
use crate::state::sqs::{Mapping, said as of_said};
use crate::words::sqs as said;

/// The table, and the form for one more.
#[component]
pub fn Triggers(props: &Part) -> Html {
    let [function, batch, window] = [use_node_ref(), use_node_ref(), use_node_ref()];
    let desk = &props.desk;
    let params = json!({ "EventSourceArn": props.whole.queue.arn });
    let mappings: Vec<Mapping> = read(use_live(desk, ("lambda", "mappings"), params, LIVE_MS));
    let functions: Vec<lambda::Listed> =
        read(use_live(desk, ("lambda", "functions"), json!({}), None::<u32>));
    let onsubmit = {
        let (props, function) = (props.clone(), function.clone());
        let fields = [batch.clone(), window.clone()];
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [batch, window] = fields.each_ref().map(text);
            let names = ["BatchSize", "MaximumBatchingWindowInSeconds"];
            let mut input = of_said([(names[0], batch), (names[1], window)], &names);
            input.insert("EventSourceArn".into(), json!(props.whole.queue.arn));
            input.insert("FunctionName".into(), json!(text(&function)));
            let said = (said::ADD_TRIGGER.to_owned(), said::ADDED_TRIGGER.to_owned());
            make(&props, said, "CreateEventSourceMapping", input.into());
        })
    };
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::TRIGGERS}>
            <section class="fn-policy" aria-labelledby="triggers-h">
                <h2 id="triggers-h">{ said::TRIGGERS }</h2>
                <p class="small dim2">{ said::TRIGGERS_MORE }</p>
                if mappings.is_empty() {
                    <p class="small" id="no-triggers">{ said::NO_TRIGGERS }</p>
                } else {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="triggers-h"><table id="trigger-table">
                        <thead><tr><th scope="col">{ said::FUNCTION }</th><th scope="col">{ said::STATE }</th><th scope="col">{ said::BATCH }</th><th scope="col"><span class="vh">{ crate::words::s3::ACTIONS }</span></th></tr></thead>
                        <tbody>{ for mappings.iter().map(|one| row(props, one)) }</tbody>
                    </table></div>
                }
            </section>
            if functions.is_empty() {
                <div class="new-trigger row"><p class="dim2 grow">{ said::NO_FUNCTIONS }</p><a class="btn small" href={desk.route.at(Place::lambda()).href()}><Icon name="lambda" class="c-lambda" />{ crate::words::lambda::LAMBDA }</a></div>
            } else {
                <form class="new-trigger" {onsubmit}>
                    <h3>{ said::ADD_TRIGGER }</h3>
                    <div class="load-fields">
                        <label class="fld">{ said::FUNCTION }
                            <select ref={function} class="select" id="trigger-function">{ for functions.iter().enumerate().map(|(at, one)| html! { <option key={one.name.clone()} value={one.name.clone()} selected={at == 0}>{ &one.name }</option> }) }</select></label>
                        <Field node={batch} id="trigger-batch" label={said::BATCH} kind="number" min="1" max="10000" value={said::BATCH_USUAL} />
                        <Field node={window} id="trigger-window" label={said::WINDOW} kind="number" min="0" max="300" value="0" />
                    </div>
                    <div class="row"><button class={classes!("btn", "primary", desk.hot("sqs.add-trigger"))} data-hotspot="sqs.add-trigger" id="make-trigger" type="submit" disabled={!desk.cloud.may_change()}>{ said::ADD_TRIGGER }</button></div>
                </form>
            }
        </div>
    }
}

/// What is here, or nothing yet.
fn read<T: serde::de::DeserializeOwned>(load: Load<Value>) -> Vec<T> {
    match load {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn row(props: &Part, one: &Mapping) -> Html {
    let name = lambda::function_of(&one.function_arn).to_owned();
    let on = matches!(one.state.as_str(), "Enabled" | "Enabling" | "Creating" | "Updating");
    let (class, icon) = match one.state.as_str() {
        "Enabled" => ("good", "check"),
        "Disabled" => ("", "pause"),
        _ => ("now", "star"),
    };
    let href = props.desk.route.at(Place::function(name.clone(), FunctionPart::Triggers)).href();
    let may = props.desk.cloud.may_change();
    let toggle = {
        let (props, uuid, name) = (props.clone(), one.uuid.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "UUID": uuid, "Enabled": !on });
            let said = (said::toggle_trigger(!on, &name), said::TRIGGER_CHANGED.to_owned());
            make(&props, said, "UpdateEventSourceMapping", input);
        })
    };
    let delete = {
        let (props, uuid, name) = (props.clone(), one.uuid.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let said = (said::delete_trigger(&name), said::TRIGGER_DELETED.to_owned());
            make(&props, said, "DeleteEventSourceMapping", json!({ "UUID": uuid }));
        })
    };
    let label = said::delete_trigger(&name);
    html! {
        <tr key={one.uuid.clone()}>
            <td><a {href} title={one.function_arn.clone()}>{ short_arn(&one.function_arn).to_owned() }</a></td>
            <td><span class={classes!("pill", class)}><Icon name={icon} />{ &one.state }</span></td>
            <td>{ said::batches(one.batch_size, one.maximum_batching_window_in_seconds) }</td>
            <td class="num nowrap">
                <button class="btn small" aria-label={said::toggle_trigger(!on, &name)} disabled={!may} onclick={toggle}>{ if on { said::DISABLE } else { said::ENABLE } }</button>
                <button class="btn small ghost icon" aria-label={label.clone()} title={label} disabled={!may} onclick={delete}><Icon name="trash" /></button>
            </td>
        </tr>
    }
}

fn make(props: &Part, said: (String, String), operation: &'static str, input: Value) {
    let props = props.clone();
    spawn_local(async move {
        act(&props.desk, &props.tell, said, ("lambda", operation), input).await;
    });
}
